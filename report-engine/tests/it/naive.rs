//! A second, slow and obvious answer to queries, made from the JSON of the query and the rows.
//!
//! Written from the README's definitions, without the engine: conditions are form-engine's, local
//! days are chrono's, a percentile sorts.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, NaiveDate, TimeZone, Timelike};
use chrono_tz::Tz;
use form_engine::{Condition, Subject, moment, pointer};
use serde_json::Value;

use crate::samples::Row;

/// A typed value of a member, as measures and dimensions see it.
#[derive(Debug, Clone, PartialEq)]
pub enum Typed {
    Text(String),
    Number(f64),
    Boolean(bool),
    Day(NaiveDate),
    Instant(i64),
    List(Vec<String>),
}

pub fn typed(row: &Row, name: &str) -> Option<Typed> {
    let found = || pointer::get(&row.data, name);
    let text = || found()?.as_str().filter(|text| !text.is_empty()).map(str::to_owned);
    match name {
        "created_at" => Some(Typed::Instant(row.created_at)),
        "state" => row.state.clone().filter(|text| !text.is_empty()).map(Typed::Text),
        "is_open" => Some(Typed::Boolean(row.is_open)),
        "/score" | "/amount" | "/weight" => found()?.as_f64().map(Typed::Number),
        "/agreed" => found()?.as_bool().map(Typed::Boolean),
        "/day" => text().filter(|text| text.len() == 10).and_then(|text| text.parse().ok()).map(Typed::Day),
        "/when" => text().and_then(|text| moment::parse(&text)).map(Typed::Instant),
        "/tags" => match found()? {
            Value::String(text) if !text.is_empty() => Some(Typed::List(vec![text.clone()])),
            Value::Array(items) => {
                let items = items.iter().filter_map(Value::as_str).filter(|item| !item.is_empty());
                Some(Typed::List(items.map(str::to_owned).collect()))
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_) => None,
        },
        _ => text().map(Typed::Text),
    }
}

pub fn holds(condition: &Value, row: &Row, now_ms: i64) -> bool {
    let condition = Condition::parse(condition, "").expect("a condition");
    let column = |name: &str| match name {
        "created_at" => Some(row.created_at.into()),
        "state" => row.state.clone().map(Value::from),
        "is_open" => Some(row.is_open.into()),
        _ => None,
    };
    condition.evaluate(&Subject { document: &row.data, column: &column, now_ms, caller: None })
}

/// The rows of the result, dimensions then measures, sorted by the dimensions.
pub fn answer(query: &Value, rows: &[Row], zone: Tz, now_ms: i64) -> Vec<Vec<Value>> {
    let kept: Vec<&Row> = rows
        .iter()
        .filter(|row| query.get("filters").is_none_or(|filters| holds(filters, row, now_ms)))
        .collect();
    let none = Vec::new();
    let dimensions = query.get("dimensions").and_then(Value::as_array).unwrap_or(&none);
    let measures = query["measures"].as_array().expect("measures");
    let mut groups: BTreeMap<Vec<Sortable>, Vec<&Row>> = BTreeMap::new();
    if dimensions.is_empty() {
        groups.insert(Vec::new(), Vec::new());
    }
    for row in kept {
        let mut keys: Vec<Vec<Sortable>> = vec![Vec::new()];
        for dimension in dimensions {
            let values = group_values(dimension, row, zone);
            keys = keys
                .into_iter()
                .flat_map(|key| {
                    values.iter().map(move |value| {
                        let mut key = key.clone();
                        key.push(value.clone());
                        key
                    })
                })
                .collect();
        }
        for key in keys {
            groups.entry(key).or_default().push(row);
        }
    }
    let weight = query.get("weight").and_then(Value::as_str);
    groups
        .into_iter()
        .map(|(key, rows)| {
            let key = key.into_iter().map(|value| value.0);
            key.chain(measures.iter().map(|measure| measured(measure, &rows, weight, now_ms))).collect()
        })
        .collect()
}

/// A value in the order results have: by type, missing last.
#[derive(Debug, Clone, PartialEq)]
struct Sortable(Value);

impl Eq for Sortable {}

impl PartialOrd for Sortable {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Sortable {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let (left, right) = (&self.0, &other.0);
        let missing = left.is_null().cmp(&right.is_null());
        missing
            .then_with(|| left.as_bool().cmp(&right.as_bool()))
            .then_with(|| left.as_f64().partial_cmp(&right.as_f64()).expect("no NaN in JSON"))
            .then_with(|| instant(left).cmp(&instant(right)))
            .then_with(|| left.as_str().cmp(&right.as_str()))
    }
}

/// Instants are ordered by time, whatever their offset and fraction.
fn instant(value: &Value) -> Option<i64> {
    value.as_str().filter(|text| text.contains('T')).and_then(moment::parse)
}

fn group_values(dimension: &Value, row: &Row, zone: Tz) -> Vec<Sortable> {
    if let Some(field) = dimension.get("time").and_then(Value::as_str) {
        let granularity = dimension["granularity"].as_str().expect("a word");
        let value = match typed(row, field) {
            Some(Typed::Day(day)) => first_day(day, granularity).to_string().into(),
            Some(Typed::Instant(ms)) => bucket(ms, granularity, zone),
            _ => Value::Null,
        };
        return vec![Sortable(value)];
    }
    match typed(row, dimension["field"].as_str().expect("a name")) {
        Some(Typed::List(options)) if !options.is_empty() => {
            let mut options = options;
            options.sort();
            options.dedup();
            options.into_iter().map(|option| Sortable(option.into())).collect()
        }
        Some(Typed::List(_)) | None => vec![Sortable(Value::Null)],
        Some(value) => vec![Sortable(plain(&value))],
    }
}

fn bucket(ms: i64, granularity: &str, zone: Tz) -> Value {
    let local = zone.from_utc_datetime(&DateTime::from_timestamp_millis(ms).expect("in range").naive_utc());
    if granularity == "hour" {
        let into = i64::from(local.minute() * 60 + local.second()) * 1000
            + i64::from(local.timestamp_subsec_millis());
        let start = DateTime::from_timestamp_millis(ms - into).expect("in range").with_timezone(&zone);
        return start.format("%Y-%m-%dT%H:%M:%S%:z").to_string().into();
    }
    first_day(local.date_naive(), granularity).to_string().into()
}

fn first_day(day: NaiveDate, granularity: &str) -> NaiveDate {
    let of = |month: u32| NaiveDate::from_ymd_opt(day.year(), month, 1).expect("a first of a month");
    match granularity {
        "week" => day - chrono::Days::new(day.weekday().num_days_from_monday().into()),
        "month" => of(day.month()),
        "quarter" => of((day.month() - 1) / 3 * 3 + 1),
        "year" => of(1),
        _ => day,
    }
}

fn plain(value: &Typed) -> Value {
    match value {
        Typed::Text(text) => text.as_str().into(),
        Typed::Number(number) => form_engine::number::from_f64(*number).map_or(Value::Null, Value::Number),
        Typed::Boolean(truth) => (*truth).into(),
        Typed::Day(day) => day.to_string().into(),
        Typed::Instant(ms) => moment::format(*ms).into(),
        Typed::List(_) => Value::Null,
    }
}

fn measured(measure: &Value, rows: &[&Row], weight: Option<&str>, now_ms: i64) -> Value {
    let only = measure.get("filters");
    let rows: Vec<&Row> =
        rows.iter().copied().filter(|row| only.is_none_or(|only| holds(only, row, now_ms))).collect();
    if let Some(parts) = measure.get("ratio").and_then(Value::as_array) {
        let part = |index: usize| measured(&parts[index], &rows, weight, now_ms).as_f64();
        return match (part(0), part(1)) {
            (Some(upper), Some(lower)) if lower != 0.0 => (upper / lower).into(),
            _ => Value::Null,
        };
    }
    let (word, argument) = measure
        .as_object()
        .expect("an object")
        .iter()
        .find(|(key, _)| !["as", "filters", "p", "of", "title"].contains(&key.as_str()))
        .expect("a measure");
    let weigh = |row: &Row| match weight.map(|name| typed(row, name)) {
        None => Some(1.0),
        Some(Some(Typed::Number(number))) if number > 0.0 => Some(number),
        Some(_) => None,
    };
    let field = argument.as_str().unwrap_or("");
    let numbers: Vec<(f64, f64)> = rows
        .iter()
        .filter_map(|row| match typed(row, field) {
            Some(Typed::Number(number)) => Some((number, weigh(row)?)),
            _ => None,
        })
        .collect();
    let mean =
        |of: &dyn Fn(f64) -> f64| average(numbers.iter().map(|(number, weight)| (of(*number), *weight)));
    match word.as_str() {
        "count" => {
            let filled = |row: &&&Row| match typed(row, field) {
                None => field == "*",
                Some(Typed::List(_)) => pointer::get(&row.data, field) != Some(&Value::Array(Vec::new())),
                Some(_) => true,
            };
            let total: f64 = rows.iter().filter(filled).filter_map(|row| weigh(row)).sum();
            if weight.is_none() { (total as i64).into() } else { total.into() }
        }
        "distinct" => {
            let mut values: Vec<String> = rows
                .iter()
                .filter_map(|row| typed(row, field))
                .map(|value| plain(&value).to_string())
                .collect();
            values.sort();
            values.dedup();
            values.len().into()
        }
        "sum" if numbers.is_empty() => Value::Null,
        "sum" => numbers.iter().map(|(number, weight)| number * weight).sum::<f64>().into(),
        "avg" | "ces" => mean(&|number| number),
        "nps" => mean(&|number| {
            if number >= 9.0 {
                100.0
            } else if number <= 6.0 {
                -100.0
            } else {
                0.0
            }
        }),
        "csat" => mean(&|number| if number >= 4.0 { 1.0 } else { 0.0 }),
        "min" | "max" => {
            let mut values: Vec<Sortable> = rows
                .iter()
                .filter_map(|row| typed(row, field))
                .map(|value| Sortable(plain(&value)))
                .collect();
            values.sort();
            let found = if word == "min" { values.first() } else { values.last() };
            found.map_or(Value::Null, |value| value.0.clone())
        }
        "median" => percentile(numbers, 0.5),
        "percentile" => percentile(numbers, measure["p"].as_f64().expect("a number")),
        "share" => {
            let base = |row: &&&Row| match measure.get("of") {
                Some(of) => holds(of, row, now_ms),
                None => answered(argument, row, now_ms),
            };
            let counted = rows
                .iter()
                .filter(base)
                .filter_map(|row| Some((if holds(argument, row, now_ms) { 1.0 } else { 0.0 }, weigh(row)?)));
            average(counted)
        }
        other => panic!("no measure `{other}`"),
    }
}

/// No member the condition names is missing.
fn answered(condition: &Value, row: &Row, now_ms: i64) -> bool {
    let condition = Condition::parse(condition, "").expect("a condition");
    condition
        .fields()
        .iter()
        .all(|field| !holds(&serde_json::json!({"field": field.as_str(), "op": "empty"}), row, now_ms))
}

fn average(values: impl Iterator<Item = (f64, f64)>) -> Value {
    let (sum, total) =
        values.fold((0.0, 0.0), |(sum, total), (value, weight)| (sum + value * weight, total + weight));
    if total > 0.0 { (sum / total).into() } else { Value::Null }
}

/// Linear between the values around position 1 + (total − 1)·p; a value stands at as many
/// positions as it weighs.
fn percentile(mut values: Vec<(f64, f64)>, p: f64) -> Value {
    if values.is_empty() {
        return Value::Null;
    }
    values.sort_by(|left, right| left.0.total_cmp(&right.0));
    let total: f64 = values.iter().map(|(_, weight)| weight).sum();
    let position = 1.0 + (total - 1.0) * p;
    let low = position.floor().max(1.0).min(total);
    let high = (low + 1.0).min(total);
    let at = |place: f64| {
        let mut reached = 0.0;
        let found = values.iter().find(|(_, weight)| {
            reached += weight;
            reached >= place - 1e-9
        });
        found.or(values.last()).map_or(0.0, |(value, _)| *value)
    };
    (at(low) + (at(high) - at(low)) * (position - position.floor())).into()
}
