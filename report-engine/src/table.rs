//! Table: a result as people and programs get it.

use chrono::{DateTime, FixedOffset};
use form_engine::{moment, number};
use serde_json::Value;

use crate::query::{Column, ResolvedQuery, Shape};
use crate::zone;

/// Typed columns and their rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Dimensions, measures, then the measures of the period before.
    pub columns: Vec<Column>,
    /// One value per column; a missing one is null.
    pub rows: Vec<Vec<Value>>,
}

/// Turns raw rows, read as their statement's columns say, into a table.
///
/// A query without dimensions has exactly one row.
pub fn finish(query: &ResolvedQuery, rows: Vec<Vec<Value>>) -> Table {
    let rows = rows
        .into_iter()
        .map(|row| {
            row.into_iter()
                .zip(&query.columns)
                .map(|(raw, column)| value(raw, column.shape, query.zone))
                .collect()
        })
        .collect();
    Table { columns: query.columns.clone(), rows }
}

fn value(raw: Value, shape: Shape, zone: chrono_tz::Tz) -> Value {
    match shape {
        Shape::Text => raw,
        Shape::Boolean => match raw.as_i64() {
            Some(number) => Value::from(number != 0),
            None => raw,
        },
        Shape::Integer | Shape::Number => {
            raw.as_f64().and_then(|raw| plain(raw, shape)).unwrap_or(Value::Null)
        }
        Shape::Day => raw.as_i64().map_or(Value::Null, |day| moment::format_day(day).into()),
        Shape::Month => raw.as_i64().map_or(Value::Null, |month| {
            format!("{:04}-{:02}-01", month.div_euclid(12), month.rem_euclid(12) + 1).into()
        }),
        Shape::Instant => raw.as_i64().map_or(Value::Null, |instant| moment::format(instant).into()),
        Shape::LocalHour => {
            raw.as_i64().and_then(|instant| local(instant, zone)).map_or(Value::Null, Value::from)
        }
    }
}

/// Whole numbers of whole columns without fraction; what is no number (an overflow) is missing.
fn plain(raw: f64, shape: Shape) -> Option<Value> {
    if shape == Shape::Integer {
        return number::from_f64(raw).map(Value::Number);
    }
    serde_json::Number::from_f64(raw).map(Value::Number)
}

/// An instant with its local offset: `2026-11-01T01:00:00-04:00`.
fn local(instant_ms: i64, zone: chrono_tz::Tz) -> Option<String> {
    let seconds = i32::try_from(zone::offset_at(zone, instant_ms) / 1000).ok()?;
    let offset = FixedOffset::east_opt(seconds)?;
    let instant = DateTime::from_timestamp_millis(instant_ms)?.with_timezone(&offset);
    Some(instant.format("%Y-%m-%dT%H:%M:%S%:z").to_string())
}
