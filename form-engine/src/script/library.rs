//! The functions scripts may call; nothing else exists.
//!
//! Every one is total and bounded by its arguments; those that make text or lists check the size
//! first. Dates are texts (RFC 3339) in and out, in UTC.

mod date;
mod list;
mod text;

use rhai::{Dynamic, Engine, EvalAltResult, FLOAT};
use serde_json::Value;

use super::scope::{Active, Tables};
use super::value::from_json;

/// Every name a script may call.
pub(super) const NAMES: [&str; 54] = [
    "In",
    "lookup",
    "len",
    "upper",
    "lower",
    "trim",
    "contains",
    "starts_with",
    "ends_with",
    "index_of",
    "sub",
    "left",
    "right",
    "replace",
    "split",
    "join",
    "text",
    "number",
    "is_empty",
    "abs",
    "round",
    "floor",
    "ceil",
    "sqrt",
    "min",
    "max",
    "clamp",
    "sum",
    "count",
    "avg",
    "at",
    "first",
    "last",
    "year",
    "month",
    "day",
    "hour",
    "minute",
    "weekday",
    "date",
    "timestamp",
    "instant",
    "add_days",
    "add_months",
    "add_years",
    "add_hours",
    "add_minutes",
    "days_between",
    "hours_between",
    "minutes_between",
    "months_between",
    "years_between",
    "any_of",
    "all_of",
];

/// What a function answers when its arguments make no sense.
type Fails<T> = Result<T, Box<EvalAltResult>>;

pub(super) fn register(engine: &mut Engine) {
    engine.register_fn("In", |active: &mut Active, state: &str| active.0.contains(state));
    engine.register_fn("lookup", look_up);
    // Properties of what is missing are missing, however deep.
    engine.register_indexer_get(|_: &mut (), _: &str| Dynamic::UNIT);
    engine.register_indexer_get(|_: &mut (), _: i64| Dynamic::UNIT);
    numbers(engine);
    text::register(engine);
    list::register(engine);
    date::register(engine);
}

fn numbers(engine: &mut Engine) {
    engine.register_fn("abs", |x: FLOAT| x.abs());
    engine.register_fn("round", |x: FLOAT| x.round());
    engine.register_fn("round", |x: FLOAT, digits: FLOAT| {
        let scale = 10_f64.powi(digits.clamp(-15.0, 15.0) as i32);
        let scaled = x * scale;
        if scaled.is_finite() { scaled.round() / scale } else { x }
    });
    engine.register_fn("floor", |x: FLOAT| x.floor());
    engine.register_fn("ceil", |x: FLOAT| x.ceil());
    engine.register_fn("sqrt", |x: FLOAT| x.sqrt());
    engine.register_fn("min", |a: FLOAT, b: FLOAT| a.min(b));
    engine.register_fn("max", |a: FLOAT, b: FLOAT| a.max(b));
    engine.register_fn("clamp", |x: FLOAT, low: FLOAT, high: FLOAT| x.max(low).min(high));
    engine.register_fn("number", |x: FLOAT| x);
    engine.register_fn("number", |text: &str| -> Fails<FLOAT> {
        let number = text.trim().parse::<FLOAT>().ok().filter(|number| number.is_finite());
        number.ok_or_else(|| format!("`{}` is not a number", text::shortened(text)).into())
    });
}

/// The table's entry for `key`, else its entry `*`, else nothing.
fn look_up(tables: &mut Tables, table: &str, key: Dynamic) -> Fails<Dynamic> {
    let Some(Value::Object(entries)) = tables.0.get(table) else {
        return Err(format!("unknown table `{table}`").into());
    };
    let key = if key.is_unit() { None } else { Some(text::shown(&key)?) };
    let entry = key.and_then(|key| entries.get(&key)).or_else(|| entries.get("*"));
    Ok(entry.map_or(Dynamic::UNIT, from_json))
}
