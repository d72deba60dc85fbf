//! FormDefinition: a form as its author saved it.
//!
//! Read by hand from JSON so that every fault is found at once, with its pointer. Nothing is
//! checked here that needs the schema to be understood: that is [`compile`](crate::compile)'s.

mod default;
mod detail;
mod layout;
mod publish;
mod quiz;
mod reader;
mod rule;
mod thanks;

pub use default::Source;
pub use layout::{Layout, LayoutItem, LayoutPage, Mode};
pub use publish::{OnePer, Opening, OptionQuota, Publish, Share};
pub use quiz::{Points, QuizDefinition, QuizResult};
pub use rule::{Computed, Jump, Offer, Rule, Setting, Spot};
pub use thanks::Thanks;

#[cfg(feature = "schema")]
pub(crate) use reader::nul;
use serde_json::Value;

use crate::{Problem, Renaming, Text, pointer};
use reader::Reader;

/// What a form's submissions are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Record {
    /// An answer, kept and reported on.
    Submission,
    /// Work: it appears in the inbox.
    Ticket,
}

/// A form as saved: `formats.md` §4. Untrusted; [`compile`](crate::compile) makes a [`Form`](crate::Form) of it.
#[derive(Debug, Clone, PartialEq)]
pub struct FormDefinition {
    /// Unique among the forms of a team.
    pub key: String,
    /// For people; the schema's `title`, else the key, when absent.
    pub title: Text,
    /// A few words before the first question; the schema's `description` when absent.
    pub description: Option<Text>,
    /// What its submissions are.
    pub record: Record,
    /// The JSON Schema, verbatim.
    pub schema: Value,
    /// Where controls go; absent, one is derived.
    pub layout: Option<Layout>,
    /// Show, hide, require, set, jump, offer.
    pub rules: Vec<Rule>,
    /// What fields hold before anyone answers, in the author's order.
    pub defaults: Vec<(String, Source)>,
    /// Points and results, if it is a quiz.
    pub quiz: Option<QuizDefinition>,
    /// When and by whom it may be answered.
    pub publish: Publish,
    /// Colours and logo, verbatim: pages give them meaning.
    pub theme: Value,
    /// What fields were called before, oldest first.
    pub renamed: Vec<Renaming>,
    /// True when an outside schema was given alone: `format` follows its draft, and kinds add no checks.
    pub bare: bool,
}

const MEMBERS: [&str; 14] = [
    "format",
    "kind",
    "key",
    "record",
    "title",
    "description",
    "schema",
    "layout",
    "rules",
    "defaults",
    "quiz",
    "publish",
    "theme",
    "renamed",
];

impl FormDefinition {
    /// Reads a form definition.
    ///
    /// # Errors
    ///
    /// Every fault of its shape, in document order, with codes `form.…`; never an empty list.
    pub fn parse(document: &Value) -> Result<Self, Vec<Problem>> {
        let mut reader = Reader::default();
        let Value::Object(members) = document else {
            return Err(vec![Problem::new(
                "form.shape",
                "",
                format!("expected a form definition, found {}", reader::kind(document)),
            )]);
        };
        reader.no_nul(document);
        reader.only(members, &MEMBERS, "");
        reader.constant(members, "format", &Value::from(1));
        reader.constant(members, "kind", &Value::from("form"));
        let key = reader.key(members.get("key"), "/key");
        let record = reader.one_of(
            members.get("record"),
            "/record",
            &[("submission", Record::Submission), ("ticket", Record::Ticket)],
        );
        let schema = match members.get("schema") {
            Some(schema @ (Value::Object(_) | Value::Bool(_))) => schema.clone(),
            Some(other) => {
                let message = format!("expected a JSON Schema, found {}", reader::kind(other));
                reader.problem("form.shape", "/schema", message);
                Value::Null
            }
            None => {
                reader.problem("form.member_missing", "/schema", "a form needs a `schema`");
                Value::Null
            }
        };
        let title = members.get("title").and_then(|title| reader.text(title, "/title"));
        let description = members.get("description").and_then(|text| reader.text(text, "/description"));
        let layout = members.get("layout").and_then(|layout| layout::read(&mut reader, layout, "/layout"));
        let rules = rule::read_all(&mut reader, members.get("rules"), "/rules");
        let defaults = default::read_all(&mut reader, members.get("defaults"), "/defaults");
        let quiz = members.get("quiz").and_then(|quiz| quiz::read(&mut reader, quiz, "/quiz"));
        let publish = publish::read(&mut reader, members.get("publish"), "/publish");
        let renamed = renamed(&mut reader, members.get("renamed"));
        let problems = reader.problems;
        if !problems.is_empty() {
            return Err(problems);
        }
        Ok(Self {
            title: title.unwrap_or_else(|| title_of(&schema, &key)),
            description: description.or_else(|| description_of(&schema)),
            record: record.unwrap_or(Record::Submission),
            theme: members.get("theme").cloned().unwrap_or(Value::Null),
            bare: false,
            key,
            schema,
            layout,
            rules,
            defaults,
            quiz,
            publish,
            renamed,
        })
    }

    /// A form of an outside tool's JSON Schema and nothing else.
    pub fn from_schema(schema: Value) -> Self {
        Self {
            key: "form".to_owned(),
            title: title_of(&schema, "form"),
            description: description_of(&schema),
            record: Record::Submission,
            schema,
            layout: None,
            rules: Vec::new(),
            defaults: Vec::new(),
            quiz: None,
            publish: Publish::default(),
            renamed: Vec::new(),
            theme: Value::Null,
            bare: true,
        }
    }

    /// True when `document` says it is a form definition rather than a JSON Schema.
    pub fn is_definition(document: &Value) -> bool {
        document.get("kind").is_some_and(|kind| kind == "form")
            && (document.get("schema").is_some() || document.get("format").is_some())
    }
}

/// `[{"from": "/score", "to": "/rating"}]`
fn renamed(reader: &mut Reader, value: Option<&Value>) -> Vec<Renaming> {
    let mut renamed = Vec::new();
    for (index, one) in
        value.and_then(|value| reader.list(value, "/renamed")).into_iter().flatten().enumerate()
    {
        let at = pointer::join("/renamed", index);
        let Some(members) = reader.object(one, &at) else { continue };
        reader.only(members, &["from", "to"], &at);
        let mut path = |name: &str| {
            let at = pointer::join(&at, name);
            members.get(name).and_then(|path| reader.pointer(path, &at)).unwrap_or_default()
        };
        let (from, to) = (path("from"), path("to"));
        match Renaming::between(&from, &to) {
            Some(one) => renamed.push(one),
            None => {
                let message = format!("expected another key in the same group as `{from}`, found `{to}`");
                reader.problem("form.shape", at, message);
            }
        }
    }
    renamed
}

fn title_of(schema: &Value, key: &str) -> Text {
    let title = schema.get("title").and_then(Value::as_str).filter(|title| !title.is_empty());
    Text::Plain(title.unwrap_or(key).to_owned())
}

fn description_of(schema: &Value) -> Option<Text> {
    schema.get("description").and_then(Value::as_str).filter(|text| !text.is_empty()).map(Text::from)
}
