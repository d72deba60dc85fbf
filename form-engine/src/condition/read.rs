//! From JSON that our own server wrote to a [`Condition`], for a page in a browser.
//!
//! What an author writes goes through [`Condition::parse`], which explains itself; this reader only
//! tells whether it worked, and so weighs a tenth.

use serde_json::Value;

use super::{Condition, FieldPath, Operand, Operator};

const OPERATORS: [Operator; 15] = [
    Operator::Eq,
    Operator::Ne,
    Operator::Lt,
    Operator::Lte,
    Operator::Gt,
    Operator::Gte,
    Operator::In,
    Operator::NotIn,
    Operator::Contains,
    Operator::StartsWith,
    Operator::Between,
    Operator::Empty,
    Operator::AnyOf,
    Operator::AllOf,
    Operator::NoneOf,
];

impl Condition {
    /// Reads a checked condition about a document. `None` for `null`, and for conditions about the time or the
    /// caller, which a page does not know.
    pub fn read(value: &Value) -> Option<Self> {
        let parts = |value: &Value| value.as_array()?.iter().map(Self::read).collect::<Option<Vec<_>>>();
        if let Some(field) = value.get("field") {
            let word = value.get("op")?.as_str()?;
            let op = OPERATORS.into_iter().find(|op| op.as_str() == word)?;
            let operand = value.get("value").map_or(Some(Operand::Literal(Value::Null)), operand)?;
            return Some(Self::Leaf { field: FieldPath::parse(field.as_str()?), op, value: operand });
        }
        if let Some(all) = value.get("all") {
            return Some(Self::All(parts(all)?));
        }
        if let Some(any) = value.get("any") {
            return Some(Self::Any(parts(any)?));
        }
        Some(Self::Not(Box::new(Self::read(value.get("not")?)?)))
    }
}

fn operand(value: &Value) -> Option<Operand> {
    match value {
        Value::Object(members) => Some(Operand::Field(FieldPath::parse(members.get("field")?.as_str()?))),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
            Some(Operand::Literal(value.clone()))
        }
    }
}
