//! Condition: the one declarative rule language.
//!
//! It shows and hides fields, filters lists and datasets, and guards transitions. Here it is a
//! tree and its truth on one document; report-engine turns the same tree into SQL, so every leaf
//! is two-valued: there is no "unknown".

mod explain;
mod leaf;
mod parse;
mod read;

pub use explain::Explanation;

use serde::de::Error as _;
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

/// A rule about a document.
///
/// ```json
/// {"all": [{"field": "/score", "op": "lte", "value": 6}, {"not": {"field": "/about", "op": "empty"}}]}
/// ```
#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    /// One comparison. On a missing value it is false, but true for `empty`, `ne`, `not_in` and `none_of`.
    Leaf {
        /// What is looked at.
        field: FieldPath,
        /// How.
        op: Operator,
        /// What it is compared with; `Literal(null)` for [`Operator::Empty`].
        value: Operand,
    },
    /// True when every part is; true of no parts.
    All(Vec<Condition>),
    /// True when some part is; false of no parts.
    Any(Vec<Condition>),
    /// The opposite, also of a leaf on a missing value.
    Not(Box<Condition>),
}

/// Where a leaf looks.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum FieldPath {
    /// A JSON Pointer into the document, `/items/*/price` for any element.
    Document(String),
    /// A word of the system: `created_at`, `state`, `customer.tier`.
    Column(String),
}

impl FieldPath {
    /// A pointer (empty, or starting with `/`) or a column word.
    pub fn parse(text: &str) -> Self {
        if text.is_empty() || text.starts_with('/') {
            Self::Document(text.to_owned())
        } else {
            Self::Column(text.to_owned())
        }
    }

    /// As it was written.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Document(text) | Self::Column(text) => text,
        }
    }
}

/// How a leaf compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Operator {
    /// Equal by value: `1` is `1.0`.
    Eq,
    /// Not equal; true of a missing value.
    Ne,
    /// Less.
    Lt,
    /// Less or equal.
    Lte,
    /// Greater.
    Gt,
    /// Greater or equal.
    Gte,
    /// One of a list.
    In,
    /// None of a list; true of a missing value.
    NotIn,
    /// Text that holds the text, or a list that holds the value.
    Contains,
    /// Text that starts with the text.
    StartsWith,
    /// Between two bounds, both included.
    Between,
    /// Missing: absent, `null` or `""`; also a list or an object with nothing in it.
    Empty,
    /// A choice of several that shares one with the list.
    AnyOf,
    /// A choice of several that holds the whole list.
    AllOf,
    /// A choice of several that shares none with the list; true of a missing value.
    NoneOf,
}

impl Operator {
    /// The word in documents.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Eq => "eq",
            Self::Ne => "ne",
            Self::Lt => "lt",
            Self::Lte => "lte",
            Self::Gt => "gt",
            Self::Gte => "gte",
            Self::In => "in",
            Self::NotIn => "not_in",
            Self::Contains => "contains",
            Self::StartsWith => "starts_with",
            Self::Between => "between",
            Self::Empty => "empty",
            Self::AnyOf => "any_of",
            Self::AllOf => "all_of",
            Self::NoneOf => "none_of",
        }
    }

    /// What a leaf with this operator is when its field, or what it is compared with, is missing.
    pub fn of_missing(self) -> bool {
        matches!(self, Self::Empty | Self::Ne | Self::NotIn | Self::NoneOf)
    }
}

/// What a leaf compares with.
#[derive(Debug, Clone, PartialEq)]
pub enum Operand {
    /// A JSON value: a scalar, or a list for `in`, `between`, `any_of` and their like.
    Literal(Value),
    /// The instant of evaluation moved by `offset_ms`: `{"now": "-30d"}`.
    Now {
        /// Milliseconds, negative for the past.
        offset_ms: i64,
    },
    /// Something about who asks: `{"caller": "id"}`.
    Caller(CallerPart),
    /// Another field of the same document (no `*`): `{"field": "/budget"}`.
    Field(FieldPath),
}

/// What of the caller a leaf compares with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CallerPart {
    /// Their user id, a text.
    Id,
    /// Their department's key, a text.
    Department,
    /// The keys of their department and those below it, a list.
    DepartmentsBelow,
}

/// Who asks, as far as conditions may know.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CallerFacts {
    /// User id.
    pub id: String,
    /// Department key, if they are in one.
    pub department: Option<String>,
    /// Keys of their department and all below it.
    pub departments_below: Vec<String>,
}

/// What a condition is evaluated on.
#[derive(Clone, Copy)]
pub struct Subject<'a> {
    /// The submission.
    pub document: &'a Value,
    /// The value of a column word; instants as unix milliseconds or RFC 3339.
    pub column: &'a dyn Fn(&str) -> Option<Value>,
    /// The instant of evaluation, unix milliseconds.
    pub now_ms: i64,
    /// Who asks; without one, comparisons with the caller are comparisons with a missing value.
    pub caller: Option<&'a CallerFacts>,
}

impl<'a> Subject<'a> {
    /// A document alone: no columns, no caller, the epoch as now.
    pub fn of(document: &'a Value) -> Self {
        Self { document, column: &|_| None, now_ms: 0, caller: None }
    }
}

impl Condition {
    /// Whether it holds.
    pub fn evaluate(&self, subject: &Subject<'_>) -> bool {
        match self {
            Self::Leaf { field, op, value } => leaf::holds(field, *op, value, subject),
            Self::All(parts) => parts.iter().all(|part| part.evaluate(subject)),
            Self::Any(parts) => parts.iter().any(|part| part.evaluate(subject)),
            Self::Not(part) => !part.evaluate(subject),
        }
    }

    /// Every field it reads, in the order written, also those it compares with.
    pub fn fields(&self) -> Vec<&FieldPath> {
        let mut found = Vec::new();
        self.walk(&mut |condition| {
            if let Self::Leaf { field, value, .. } = condition {
                found.push(field);
                if let Operand::Field(other) = value {
                    found.push(other);
                }
            }
        });
        found
    }

    /// Visits this condition and everything below it, in document order.
    pub fn walk<'a>(&'a self, visit: &mut impl FnMut(&'a Self)) {
        visit(self);
        match self {
            Self::Leaf { .. } => {}
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.walk(visit)),
            Self::Not(part) => part.walk(visit),
        }
    }
}

impl Serialize for Condition {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        match self {
            Self::Leaf { field, op, value } => {
                map.serialize_entry("field", field.as_str())?;
                map.serialize_entry("op", op)?;
                if *op != Operator::Empty {
                    map.serialize_entry("value", value)?;
                }
            }
            Self::All(parts) => map.serialize_entry("all", parts)?,
            Self::Any(parts) => map.serialize_entry("any", parts)?,
            Self::Not(part) => map.serialize_entry("not", part)?,
        }
        map.end()
    }
}

impl Serialize for Operand {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (key, value) = match self {
            Self::Literal(value) => return value.serialize(serializer),
            Self::Now { offset_ms } => ("now", Value::from(format!("{offset_ms}ms"))),
            Self::Caller(part) => ("caller", serde_json::to_value(part).map_err(serde::ser::Error::custom)?),
            Self::Field(path) => ("field", Value::from(path.as_str())),
        };
        let mut map = serializer.serialize_map(Some(1))?;
        map.serialize_entry(key, &value)?;
        map.end()
    }
}

impl<'de> Deserialize<'de> for Condition {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        Self::parse(&value, "").map_err(|problems| {
            let first = problems.into_iter().next().map_or_else(String::new, |problem| problem.message);
            D::Error::custom(first)
        })
    }
}
