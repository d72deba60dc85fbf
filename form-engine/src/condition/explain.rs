//! Why a condition held or did not: the values it read, part by part.

use serde::Serialize;
use serde_json::Value;

use super::leaf::{self, Comparand};
use super::{Condition, FieldPath, Operator, Subject};

/// A condition beside what it found, shaped like the condition.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Explanation {
    /// A comparison.
    Leaf {
        /// Whether it held.
        holds: bool,
        /// The path as written.
        field: String,
        /// The comparison.
        op: Operator,
        /// What the path found: several through `*`, none if missing.
        found: Vec<Value>,
        /// What it was compared with, instants as unix milliseconds; absent if that was missing.
        #[serde(skip_serializing_if = "Option::is_none")]
        value: Option<Value>,
    },
    /// All of the parts.
    All {
        /// Whether all held.
        holds: bool,
        /// Each part.
        parts: Vec<Explanation>,
    },
    /// Any of the parts.
    Any {
        /// Whether one held.
        holds: bool,
        /// Each part.
        parts: Vec<Explanation>,
    },
    /// The opposite of its part.
    Not {
        /// Whether the part did not hold.
        holds: bool,
        /// The part.
        part: Box<Explanation>,
    },
}

impl Explanation {
    /// The verdict, the same as [`Condition::evaluate`]'s.
    pub fn holds(&self) -> bool {
        match self {
            Self::Leaf { holds, .. }
            | Self::All { holds, .. }
            | Self::Any { holds, .. }
            | Self::Not { holds, .. } => *holds,
        }
    }
}

impl Condition {
    /// Evaluates every part, also those that could be skipped, and keeps what was read.
    pub fn explain(&self, subject: &Subject<'_>) -> Explanation {
        match self {
            Self::Leaf { field, op, value } => Explanation::Leaf {
                holds: leaf::holds(field, *op, value, subject),
                field: field.as_str().to_owned(),
                op: *op,
                found: found(field, subject),
                value: match leaf::comparand(value, subject) {
                    Comparand::Value(value) => Some(value.into_owned()),
                    Comparand::Instant(ms) => Some(ms.into()),
                    Comparand::Missing => None,
                },
            },
            Self::All(parts) => {
                let parts: Vec<_> = parts.iter().map(|part| part.explain(subject)).collect();
                Explanation::All { holds: parts.iter().all(Explanation::holds), parts }
            }
            Self::Any(parts) => {
                let parts: Vec<_> = parts.iter().map(|part| part.explain(subject)).collect();
                Explanation::Any { holds: parts.iter().any(Explanation::holds), parts }
            }
            Self::Not(part) => {
                let part = part.explain(subject);
                Explanation::Not { holds: !part.holds(), part: Box::new(part) }
            }
        }
    }
}

/// Enough of what was found to see why; a list of thousands tells no more than its first.
fn found(field: &FieldPath, subject: &Subject<'_>) -> Vec<Value> {
    const SHOWN: usize = 20;
    leaf::found(field, subject).into_iter().filter(|value| !leaf::is_missing(value)).take(SHOWN).collect()
}
