//! JSON values compared by meaning: `1` and `1.0` are one number, text goes by code point.
//!
//! Integers and floats are compared exactly, never through a rounding conversion.

use std::cmp::Ordering;

use serde_json::{Number, Value};

/// The order of two numbers. `None` cannot come from JSON, which has no NaN.
pub fn compare(a: &Number, b: &Number) -> Option<Ordering> {
    match (whole(a), whole(b)) {
        (Some(a), Some(b)) => Some(a.cmp(&b)),
        (Some(a), None) => with_float(a, b.as_f64()?),
        (None, Some(b)) => with_float(b, a.as_f64()?).map(Ordering::reverse),
        (None, None) => a.as_f64()?.partial_cmp(&b.as_f64()?),
    }
}

/// Equality of JSON values in which numbers are equal when their values are (JSON Schema core §4.2.2).
pub fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => compare(a, b) == Some(Ordering::Equal),
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(key, a)| b.get(key).is_some_and(|b| same(a, b)))
        }
        (a, b) => a == b,
    }
}

/// A finite float as the plainest JSON number: `3.0` is written `3`.
pub fn from_f64(value: f64) -> Option<Number> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if value.fract() == 0.0 && value.abs() <= EXACT {
        #[expect(clippy::cast_possible_truncation, reason = "a whole number below 2^53 fits")]
        return Some(Number::from(value as i64));
    }
    Number::from_f64(value)
}

fn whole(number: &Number) -> Option<i128> {
    number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from))
}

fn with_float(a: i128, b: f64) -> Option<Ordering> {
    // Every integer of JSON lies within ±2^64.
    const LIMIT: f64 = 18_446_744_073_709_551_616.0;
    if b >= LIMIT {
        return Some(Ordering::Less);
    }
    if b < -LIMIT {
        return Some(Ordering::Greater);
    }
    #[expect(clippy::cast_possible_truncation, reason = "within ±2^64 the whole part fits")]
    let whole = b.trunc() as i128;
    let by_fraction = 0.0_f64.partial_cmp(&b.fract())?;
    Some(a.cmp(&whole).then(by_fraction))
}
