//! The truth of one comparison.

use std::borrow::Cow;
use std::cmp::Ordering;

use serde_json::Value;

use super::{CallerPart, FieldPath, Operand, Operator, Subject};
use crate::{moment, number, pointer};

/// What a leaf is compared with, once the subject is known.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Comparand<'a> {
    Value(Cow<'a, Value>),
    /// Unix milliseconds; text fields are read as instants to meet it.
    Instant(i64),
    Missing,
}

/// True when some value the path finds satisfies the comparison; when it finds none, the truth of a missing value.
pub(super) fn holds(field: &FieldPath, op: Operator, operand: &Operand, subject: &Subject<'_>) -> bool {
    let comparand = comparand(operand, subject);
    match field {
        FieldPath::Document(path) => {
            let Some(tokens) = pointer::tokens(path) else { return op.of_missing() };
            any(Some(subject.document), tokens, &mut |found| test(found, op, &comparand, false))
                .unwrap_or_else(|| op.of_missing())
        }
        FieldPath::Column(name) => test((subject.column)(name).as_ref(), op, &comparand, true),
    }
}

/// Asks `test` about each place the tokens lead to; `None` when a `*` had nothing to stand for.
fn any<'v, 't, T>(
    value: Option<&'v Value>,
    mut tokens: T,
    test: &mut dyn FnMut(Option<&'v Value>) -> bool,
) -> Option<bool>
where
    T: Iterator<Item = Cow<'t, str>> + Clone,
{
    let mut value = value;
    while let Some(token) = tokens.next() {
        if token == "*" && !value.is_some_and(Value::is_object) {
            let Some(Value::Array(items)) = value else { return None };
            let mut asked = None;
            for item in items {
                match any(Some(item), tokens.clone(), test) {
                    Some(true) => return Some(true),
                    Some(false) => asked = Some(false),
                    None => {}
                }
            }
            return asked;
        }
        value = value.and_then(|value| pointer::child(value, &token));
    }
    Some(test(value))
}

/// The values a path finds, for explanations.
pub(super) fn found(field: &FieldPath, subject: &Subject<'_>) -> Vec<Value> {
    match field {
        FieldPath::Document(path) => {
            pointer::resolve(subject.document, path).into_iter().map(|(_, value)| value.clone()).collect()
        }
        FieldPath::Column(name) => (subject.column)(name).into_iter().collect(),
    }
}

pub(super) fn comparand<'a>(operand: &'a Operand, subject: &Subject<'a>) -> Comparand<'a> {
    let owned = |value: Value| Comparand::Value(Cow::Owned(value));
    match operand {
        Operand::Literal(Value::Null) => Comparand::Missing,
        Operand::Literal(value) => Comparand::Value(Cow::Borrowed(value)),
        Operand::Now { offset_ms } => Comparand::Instant(subject.now_ms.saturating_add(*offset_ms)),
        Operand::Caller(part) => match (subject.caller, part) {
            (None, _) => Comparand::Missing,
            (Some(caller), CallerPart::Id) => owned(caller.id.as_str().into()),
            (Some(caller), CallerPart::Department) => {
                caller.department.as_deref().map_or(Comparand::Missing, |key| owned(key.into()))
            }
            (Some(caller), CallerPart::DepartmentsBelow) => owned(caller.departments_below.clone().into()),
        },
        Operand::Field(FieldPath::Document(path)) => pointer::get(subject.document, path)
            .filter(|value| !is_missing(value))
            .map_or(Comparand::Missing, |value| Comparand::Value(Cow::Borrowed(value))),
        Operand::Field(FieldPath::Column(name)) => {
            (subject.column)(name).filter(|value| !is_missing(value)).map_or(Comparand::Missing, owned)
        }
    }
}

/// Absent, `null` and `""` are one thing.
pub(super) fn is_missing(value: &Value) -> bool {
    value.is_null() || value.as_str() == Some("")
}

fn test(value: Option<&Value>, op: Operator, comparand: &Comparand<'_>, column: bool) -> bool {
    let Some(value) = value.filter(|value| !is_missing(value)) else { return op.of_missing() };
    if op == Operator::Empty {
        return value.as_array().is_some_and(Vec::is_empty)
            || value.as_object().is_some_and(serde_json::Map::is_empty);
    }
    let other = match comparand {
        Comparand::Missing => return op.of_missing(),
        Comparand::Instant(ms) => return against_instant(value, op, *ms),
        Comparand::Value(other) => other.as_ref(),
    };
    let order = || order(value, other, column);
    let members = || value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
    let listed = |wanted: &Value| members().iter().any(|member| number::same(member, wanted));
    match op {
        Operator::Eq => equal(value, other, column),
        Operator::Ne => !equal(value, other, column),
        Operator::Lt => order() == Some(Ordering::Less),
        Operator::Lte => order().is_some_and(Ordering::is_le),
        Operator::Gt => order() == Some(Ordering::Greater),
        Operator::Gte => order().is_some_and(Ordering::is_ge),
        Operator::In => list(other).iter().any(|one| equal(value, one, column)),
        Operator::NotIn => !list(other).iter().any(|one| equal(value, one, column)),
        Operator::Contains => match (value, other) {
            (Value::String(text), Value::String(part)) => text.contains(part.as_str()),
            (Value::Array(_), _) => listed(other),
            _ => false,
        },
        Operator::StartsWith => {
            matches!((value, other), (Value::String(text), Value::String(part)) if text.starts_with(part.as_str()))
        }
        Operator::Between => match list(other) {
            [low, high] => {
                self::order(value, low, column).is_some_and(Ordering::is_ge)
                    && self::order(value, high, column).is_some_and(Ordering::is_le)
            }
            _ => false,
        },
        Operator::AnyOf => list(other).iter().any(listed),
        Operator::AllOf => list(other).iter().all(listed),
        Operator::NoneOf => !list(other).iter().any(listed),
        Operator::Empty => false,
    }
}

/// A list, or a single value as a list of one.
fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice)
}

fn equal(value: &Value, other: &Value, column: bool) -> bool {
    number::same(value, other) || (column && order(value, other, column) == Some(Ordering::Equal))
}

/// Numbers by value, text by code point; a column's unix milliseconds meet a written instant. Nothing else has an order.
fn order(value: &Value, other: &Value, column: bool) -> Option<Ordering> {
    match (value, other) {
        (Value::Number(a), Value::Number(b)) => number::compare(a, b),
        (Value::String(a), Value::String(b)) => Some(a.as_str().cmp(b.as_str())),
        (Value::Number(ms), Value::String(text)) if column => Some(ms.as_i64()?.cmp(&moment::parse(text)?)),
        _ => None,
    }
}

fn against_instant(value: &Value, op: Operator, ms: i64) -> bool {
    let at = match value {
        Value::Number(number) => number::compare(number, &ms.into()),
        Value::String(text) => moment::parse(text).map(|at| at.cmp(&ms)),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    };
    match op {
        Operator::Eq | Operator::In | Operator::AnyOf | Operator::AllOf => at == Some(Ordering::Equal),
        Operator::Ne | Operator::NotIn | Operator::NoneOf => at != Some(Ordering::Equal),
        Operator::Lt => at == Some(Ordering::Less),
        Operator::Lte => at.is_some_and(Ordering::is_le),
        Operator::Gt => at == Some(Ordering::Greater),
        Operator::Gte => at.is_some_and(Ordering::is_ge),
        Operator::Contains | Operator::StartsWith | Operator::Between | Operator::Empty => false,
    }
}
