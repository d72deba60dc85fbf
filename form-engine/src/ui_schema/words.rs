//! The translations that JSON Forms keeps apart from its ui schema: `prefix.label`, `prefix.description`, `prefix.value`.

use serde_json::{Map, Value, json};

use crate::field::Field;
use crate::pointer;

/// Adds to an item what the translations say about its field. `key` is the ui schema's own `i18n`.
pub(super) fn complete(words: &Value, field: &Field, key: Option<&str>, members: &mut Map<String, Value>) {
    if !words.is_object() {
        return;
    }
    let own: Vec<String> = pointer::tokens(&field.path)
        .into_iter()
        .flatten()
        .filter(|token| token != "*")
        .map(|token| token.into_owned())
        .collect();
    let prefix = key.map_or_else(|| own.join("."), str::to_owned);
    for (member, word) in [("title", "label"), ("help", "description")] {
        if let Some(text) = said(words, &format!("{prefix}.{word}")) {
            members.insert(member.to_owned(), text);
        }
    }
    let mut options = Map::new();
    for option in &field.options {
        let value = option.text();
        options.extend(said(words, &format!("{prefix}.{value}")).map(|text| (value, text)));
    }
    if !options.is_empty() {
        members.insert("options".to_owned(), options.into());
    }
}

/// A text in every language that has it; keys stand flat or nested.
pub(super) fn said(words: &Value, key: &str) -> Option<Value> {
    let texts: Map<String, Value> = words
        .as_object()?
        .iter()
        .filter_map(|(language, words)| {
            let nested = || key.split('.').try_fold(words, |value, token| value.get(token));
            let text = words.get(key).or_else(nested)?.as_str()?;
            Some((language.clone(), text.into()))
        })
        .collect();
    (!texts.is_empty()).then(|| json!(texts))
}
