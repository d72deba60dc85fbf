//! What a new version of a form does to the answers that are already there.
//!
//! Answers stay pinned to the version they were given under and are read with it, so nothing is ever lost. What can
//! change is whether the same answers could be given again, and whether a column of a report goes on. Told before
//! publishing, as data and in plain words.

mod field;
mod rules;
mod words;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::field::Field;
use crate::form::Form;
use crate::{Text, pointer};

/// How far a change reaches; the later, the worse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Answers already there are untouched, and could be given again.
    Safe,
    /// They stay readable under their version; who is asked, or how, is different now.
    Readable,
    /// The column of a report means something else from here on.
    NotComparable,
    /// Some of them could not be given any more.
    Refuses,
}

/// What changed about a place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum What {
    /// A question came.
    Added {
        /// An answer is needed.
        required: bool,
    },
    /// A question went.
    Removed,
    /// A question is kept under another path, as the author said.
    Renamed {
        /// The new path.
        to: String,
    },
    /// It is worded differently.
    Title {
        /// Before.
        from: Text,
        /// Now.
        to: Text,
    },
    /// It is asked by another control, which changes no answer.
    Control {
        /// Before.
        from: String,
        /// Now.
        to: String,
    },
    /// It is another kind of question.
    Kind {
        /// Before.
        from: String,
        /// Now.
        to: String,
    },
    /// The points of its scale are others.
    Scale {
        /// Lowest and highest before; `None`: no scale.
        from: Option<(i64, i64)>,
        /// Lowest and highest now.
        to: Option<(i64, i64)>,
    },
    /// It takes values of other JSON types.
    Types {
        /// Before; none means any.
        from: Vec<String>,
        /// Now.
        to: Vec<String>,
    },
    /// A limit moved.
    Limit {
        /// Which: `minimum`, `max_length` …
        limit: String,
        /// Before.
        from: Value,
        /// Now.
        to: Value,
        /// True when less is taken now.
        narrower: bool,
    },
    /// An option came.
    OptionAdded {
        /// Its value.
        option: Value,
        /// Its label.
        label: Text,
    },
    /// An option went.
    OptionRemoved {
        /// Its value.
        option: Value,
        /// Its label.
        label: Text,
    },
    /// An option is called something else.
    OptionRenamed {
        /// Its value.
        option: Value,
        /// Before.
        from: Text,
        /// Now.
        to: Text,
    },
    /// An answer is needed now.
    RequiredNow,
    /// No answer is needed any more.
    OptionalNow,
    /// It shows under other conditions, or other options are offered.
    Shows {
        /// An answer is needed while it shows.
        required: bool,
    },
    /// A rule requires it under other conditions.
    RequiredWhen,
    /// It is computed in another way.
    Computed,
    /// The schema says something else about several fields at once.
    Schema {
        /// The keyword, `oneOf` …
        keyword: String,
    },
}

/// One change.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// The question, a pattern; in the new form, unless it is gone. For the schema's own rules, a pointer into the schema.
    pub path: String,
    /// How far it reaches.
    pub severity: Severity,
    /// What changed.
    #[serde(flatten)]
    pub what: What,
    /// The same for people, in Chinese and English.
    pub words: Text,
}

/// Whether a column of a report goes on through the change.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Column {
    /// In the new form; in the old one, if it ended.
    pub path: String,
    /// In the old form, where that differs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub was: Option<String>,
    /// How it goes on.
    pub goes_on: GoesOn,
}

/// How a column goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GoesOn {
    /// Values before and after mean the same.
    Comparable,
    /// Values before and after must not be put into one figure.
    NotComparable,
    /// There were none before.
    Began,
    /// There are no more.
    Ended,
}

/// What a new version does.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Changes {
    /// Each change, the old form's fields first, in their order.
    pub changes: Vec<Change>,
    /// Every field of both forms.
    pub columns: Vec<Column>,
}

impl Changes {
    /// The worst of them; safe when nothing changed.
    pub fn severity(&self) -> Severity {
        self.changes.iter().map(|change| change.severity).max().unwrap_or(Severity::Safe)
    }
}

/// What `new` does to answers given to `old`. `renamed` are fields whose path changed but not their meaning, old and new.
///
/// ```
/// # use form_engine::{FormDefinition, Severity, change, compile};
/// # use serde_json::json;
/// let form = |schema| compile(&FormDefinition::from_schema(schema)).unwrap();
/// let old = form(json!({"type": "object", "properties": {"age": {"type": "integer"}}}));
/// let new = form(json!({"type": "object", "properties": {"age": {"type": "integer", "minimum": 18}}}));
/// let changes = change(&old, &new, &[]);
/// assert_eq!(changes.severity(), Severity::Refuses);
/// assert_eq!(changes.changes[0].words.get("en"), "“Age” now takes nothing below 18: some earlier answers could not be given again");
/// ```
pub fn change(old: &Form, new: &Form, renamed: &[(String, String)]) -> Changes {
    let renamed_to = |path: &str| renamed.iter().find(|(from, _)| from == path).map(|(_, to)| to.as_str());
    let mut teller = Teller { changes: Vec::new() };
    let mut columns = Vec::new();
    for field in old.fields() {
        let path = renamed_to(&field.path).unwrap_or(&field.path);
        let Some(now) = exact(new, path) else {
            // What a schema does not know it may refuse.
            let within =
                |one: &str, other: &str| pointer::is_within(one, other) || pointer::is_within(other, one);
            // Something of another shape stands there now.
            let reshaped = new.fields().iter().any(|field| within(&field.path, path));
            let refuses = reshaped || is_closed(new);
            let severity = if refuses { Severity::Refuses } else { Severity::Readable };
            teller.tell(&field.path, &field.title, severity, What::Removed);
            columns.push(Column { path: field.path.clone(), was: None, goes_on: GoesOn::Ended });
            continue;
        };
        let first = teller.changes.len();
        if now.path != field.path {
            let lost = now.required || is_closed(new);
            let severity = if lost { Severity::Refuses } else { Severity::Readable };
            teller.tell(&field.path, &field.title, severity, What::Renamed { to: now.path.clone() });
        }
        field::compare(field, now, &mut teller);
        rules::compare(old, new, field, now, &renamed_to, &mut teller);
        let differs =
            |change: &Change| change.severity == Severity::NotComparable || change.what.breaks_column();
        let goes_on = if teller.changes[first..].iter().any(differs) {
            GoesOn::NotComparable
        } else {
            GoesOn::Comparable
        };
        let was = (now.path != field.path).then(|| field.path.clone());
        columns.push(Column { path: now.path.clone(), was, goes_on });
    }
    for field in new.fields() {
        let came_from = renamed.iter().any(|(from, to)| *to == field.path && exact(old, from).is_some());
        if came_from || exact(old, &field.path).is_some_and(|_| renamed_to(&field.path).is_none()) {
            continue;
        }
        let severity = if field.required { Severity::Refuses } else { Severity::Safe };
        teller.tell(&field.path, &field.title, severity, What::Added { required: field.required });
        rules::added(new, field, &mut teller);
        columns.push(Column { path: field.path.clone(), was: None, goes_on: GoesOn::Began });
    }
    lists(old, new, &mut teller);
    rules::schema(old, new, &mut teller);
    Changes { changes: teller.changes, columns }
}

impl What {
    fn breaks_column(&self) -> bool {
        matches!(self, Self::Kind { .. } | Self::Scale { .. } | Self::Computed)
            || matches!(self, Self::Types { from, to } if !from.iter().any(|name| to.contains(name)))
    }
}

/// Collects changes with their words.
struct Teller {
    changes: Vec<Change>,
}

impl Teller {
    fn tell(&mut self, path: &str, title: &Text, severity: Severity, what: What) {
        let words = words::of(title, severity, &what);
        self.changes.push(Change { path: path.to_owned(), severity, what, words });
    }
}

/// The field whose pattern is `path`, not one that merely matches it.
fn exact<'f>(form: &'f Form, path: &str) -> Option<&'f Field> {
    form.fields().iter().find(|field| field.path == path).map(AsRef::as_ref)
}

/// True when the schema anywhere refuses members it does not know.
fn is_closed(form: &Form) -> bool {
    fn closed(schema: &Value) -> bool {
        match schema {
            Value::Object(members) => members.iter().any(|(key, value)| {
                let refuses = matches!(
                    key.as_str(),
                    "additionalProperties" | "unevaluatedProperties" | "maxProperties" | "propertyNames"
                );
                refuses && value != &Value::Bool(true) || closed(value)
            }),
            Value::Array(items) => items.iter().any(closed),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
        }
    }
    closed(&form.definition().schema)
}

/// How many rows a list takes.
fn lists(old: &Form, new: &Form, teller: &mut Teller) {
    for list in old.lists() {
        let Some(now) = new.lists().iter().find(|now| now.path == list.path) else { continue };
        let title = Text::Plain(now.title.clone());
        let limits = [
            ("min_items", Value::from(list.min), Value::from(now.min), now.min > list.min),
            (
                "max_items",
                list.max.into(),
                now.max.into(),
                now.max.is_some_and(|max| list.max.is_none_or(|was| max < was)),
            ),
        ];
        for (limit, from, to, narrower) in limits.into_iter().filter(|(_, from, to, _)| from != to) {
            let severity = if narrower { Severity::Refuses } else { Severity::Safe };
            teller.tell(
                &list.path,
                &title,
                severity,
                What::Limit { limit: limit.to_owned(), from, to, narrower },
            );
        }
    }
}
