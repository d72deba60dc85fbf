//! What the thank-you page says, as its author wrote it.

use serde_json::{Map, Value};

use super::reader::Reader;
use crate::{Condition, Text, pointer};

/// One thank-you; the first whose condition holds is shown. Texts may hold `{{field}}`.
///
/// ```json
/// {"when": {"field": "/score", "op": "gte", "value": 9}, "title": "Thank you!", "text": "Tell a friend?",
///  "link": {"label": "Share", "url": "https://example.com/share"}}
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Thanks {
    /// About the submission; absent: always.
    pub when: Option<Condition>,
    /// Head; the page has a stock one.
    pub title: Option<Text>,
    /// Text; the page has a stock one.
    pub text: Option<Text>,
    /// A way on: its label and address.
    pub link: Option<(Text, String)>,
}

/// A text alone is a thank-you for everybody.
pub(super) fn read(reader: &mut Reader, value: Option<&Value>, path: &str) -> Vec<Thanks> {
    match value {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::Array(variants)) => variants
            .iter()
            .enumerate()
            .filter_map(|(index, variant)| read_variant(reader, variant, &pointer::join(path, index)))
            .collect(),
        Some(text) => {
            let text = reader.text(text, path);
            vec![Thanks { when: None, title: None, text, link: None }]
        }
    }
}

fn read_variant(reader: &mut Reader, value: &Value, path: &str) -> Option<Thanks> {
    let members = reader.object(value, path)?;
    reader.only(members, &["when", "title", "text", "link"], path);
    let at = |name: &str| pointer::join(path, name);
    let when = members.get("when").and_then(|when| match Condition::parse(when, &at("when")) {
        Ok(condition) => Some(condition),
        Err(problems) => {
            reader.problems.extend(problems);
            None
        }
    });
    let title = members.get("title").and_then(|title| reader.text(title, &at("title")));
    let text = members.get("text").and_then(|text| reader.text(text, &at("text")));
    let link = members.get("link").and_then(|link| {
        let link = reader.object(link, &at("link"))?;
        read_link(reader, link, &at("link"))
    });
    Some(Thanks { when, title, text, link })
}

fn read_link(reader: &mut Reader, link: &Map<String, Value>, path: &str) -> Option<(Text, String)> {
    reader.only(link, &["label", "url"], path);
    let label = link.get("label").and_then(|label| reader.text(label, &pointer::join(path, "label")));
    let at = pointer::join(path, "url");
    let url = link.get("url").and_then(|url| reader.string(url, &at));
    match (label, url) {
        (Some(label), Some(url))
            if ["https://", "http://", "/"].iter().any(|start| url.starts_with(start)) =>
        {
            Some((label, url.to_owned()))
        }
        (_, Some(url)) if !url.starts_with('/') && !url.starts_with("http") => {
            let message = format!("expected an address that starts with `https://` or `/`, found `{url}`");
            reader.problem("form.link", at, message);
            None
        }
        _ => {
            reader.problem("form.member_missing", path, "a link needs a `label` and a `url`");
            None
        }
    }
}
