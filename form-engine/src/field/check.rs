//! What a field alone can tell about a value: the browser's check, and the server's first pass.
//!
//! It follows the keywords a leaf holds for sure; patterns and everything that spans fields are
//! the whole schema's to judge.

use std::cmp::Ordering;

use serde_json::{Number, Value};

use super::{Bound, Field, Types};
use crate::fault::Fault;
use crate::{contact, moment, number};

pub(super) fn faults(field: &Field, value: &Value) -> Vec<Fault> {
    if !takes(field.types, value) {
        return vec![Fault::Type(expected(field.types))];
    }
    let mut faults = Vec::new();
    match value {
        Value::Array(items) if !field.options.is_empty() => {
            faults.extend(items.iter().find_map(|item| not_offered(field, item)));
            faults.extend(repeated(field, items));
            faults.extend(field.min_items.filter(|min| (items.len() as u64) < *min).map(Fault::TooFewItems));
            faults.extend(field.max_items.filter(|max| (items.len() as u64) > *max).map(Fault::TooManyItems));
        }
        _ if !field.options.is_empty() => faults.extend(not_offered(field, value)),
        Value::Number(number) => faults.extend(out_of_bounds(field, number)),
        Value::String(text) => {
            let length = text.chars().count() as u64;
            faults.extend(field.min_length.filter(|min| length < *min).map(Fault::TooShort));
            faults.extend(field.max_length.filter(|max| length > *max).map(Fault::TooLong));
            faults.extend(
                field
                    .format
                    .as_deref()
                    .filter(|format| !is_format(format, text))
                    .map(|f| Fault::Format(f.to_owned())),
            );
        }
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => {}
    }
    faults
}

/// A point of a scale is a whole number within it.
pub(super) fn scale(value: &Value, (low, high): (i64, i64)) -> Option<Fault> {
    let number = value.as_number()?;
    let below = number::compare(number, &low.into())? == Ordering::Less;
    let above = number::compare(number, &high.into())? == Ordering::Greater;
    let whole = number.as_f64().is_some_and(|number| number.fract() == 0.0);
    match (below, above, whole) {
        (true, _, _) => Some(Fault::Below { limit: low.into(), inclusive: true }),
        (_, true, _) => Some(Fault::Above { limit: high.into(), inclusive: true }),
        (_, _, false) => Some(Fault::Type(vec!["integer"])),
        (false, false, true) => None,
    }
}

fn takes(types: Types, value: &Value) -> bool {
    types.any()
        || match value {
            Value::Null => types.null,
            Value::Bool(_) => types.boolean,
            Value::Number(number) => {
                types.number || (types.integer && number.as_f64().is_some_and(|n| n.fract() == 0.0))
            }
            Value::String(_) => types.string,
            Value::Array(_) => types.array,
            Value::Object(_) => types.object,
        }
}

fn expected(types: Types) -> Vec<&'static str> {
    let named = [
        (types.string, "string"),
        (types.integer && !types.number, "integer"),
        (types.number, "number"),
        (types.boolean, "boolean"),
        (types.array, "array"),
        (types.object, "object"),
    ];
    named.into_iter().filter(|(taken, _)| *taken).map(|(_, name)| name).collect()
}

fn not_offered(field: &Field, value: &Value) -> Option<Fault> {
    let offered = field.options.iter().any(|option| number::same(&option.value, value));
    (!offered).then(|| Fault::Choice(field.options.iter().map(|option| option.label.clone()).collect()))
}

/// More entries than options repeat one; fewer are few enough to compare.
fn repeated(field: &Field, items: &[Value]) -> Option<Fault> {
    let twice =
        |(index, item): (usize, &Value)| items[..index].iter().any(|earlier| number::same(earlier, item));
    (items.len() > field.options.len() || items.iter().enumerate().any(twice)).then_some(Fault::Repeated)
}

fn out_of_bounds(field: &Field, number: &Number) -> Option<Fault> {
    let beyond = |bound: &Bound, wrong: Ordering| {
        let order = number::compare(number, &bound.limit);
        order == Some(wrong) || (order == Some(Ordering::Equal) && !bound.inclusive)
    };
    if let Some(Bound { limit, inclusive }) = field.min.as_ref().filter(|bound| beyond(bound, Ordering::Less))
    {
        return Some(Fault::Below { limit: limit.clone(), inclusive: *inclusive });
    }
    let Bound { limit, inclusive } = field.max.as_ref().filter(|bound| beyond(bound, Ordering::Greater))?;
    Some(Fault::Above { limit: limit.clone(), inclusive: *inclusive })
}

/// The formats a browser can check too; the others are the server's.
fn is_format(format: &str, text: &str) -> bool {
    match format {
        "date" => moment::parse_day(text).is_some(),
        "date-time" => text.len() > 10 && moment::parse(text).is_some(),
        "email" => contact::mail(text).is_some(),
        _ => true,
    }
}
