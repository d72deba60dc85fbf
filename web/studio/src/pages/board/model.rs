//! How a board is narrowed, and where a click on a mark leads. Pure.

use api_types::{FieldView, TileView};
use serde_json::{Map, Value, json};

/// What a person narrowed the board to.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Narrowing {
    /// The last so many days.
    pub days: Option<u32>,
    /// Field and the value it must have.
    pub values: Vec<(String, Value)>,
}

impl Narrowing {
    /// From the address: `days=30`, `in={"/region": "east"}`.
    #[must_use]
    pub fn of(days: Option<&str>, values: Option<&str>) -> Self {
        let values =
            values.and_then(|text| serde_json::from_str::<Map<String, Value>>(text).ok()).unwrap_or_default();
        Self {
            days: days.and_then(|days| days.parse().ok()).filter(|days| (1..=3660).contains(days)),
            values: values.into_iter().collect(),
        }
    }

    /// The address's parameters.
    #[must_use]
    pub fn query(&self) -> Vec<(&'static str, String)> {
        let days = self.days.map(|days| ("days", days.to_string()));
        let values: Map<String, Value> = self.values.iter().cloned().collect();
        let values = (!values.is_empty()).then(|| ("in", Value::Object(values).to_string()));
        days.into_iter().chain(values).collect()
    }

    /// The same with `field` at `value`, or free.
    #[must_use]
    pub fn with(&self, field: &str, value: Option<Value>) -> Self {
        let mut values: Vec<(String, Value)> =
            self.values.iter().filter(|(name, _)| name != field).cloned().collect();
        values.extend(value.map(|value| (field.to_owned(), value)));
        Self { days: self.days, values }
    }

    /// The conditions that apply to a dataset with `fields`; one that is no form has none of them.
    #[must_use]
    pub fn conditions(&self, fields: Option<&[FieldView]>) -> Vec<Value> {
        let Some(fields) = fields else { return Vec::new() };
        let days = self
            .days
            .map(|days| json!({"field": "created_at", "op": "gte", "value": {"now": format!("-{days}d")}}));
        let values =
            self.values.iter().filter(|(name, _)| fields.iter().any(|field| field.path == *name)).map(
                |(name, value)| {
                    let list = fields.iter().any(|field| field.path == *name && field.value_type == "list");
                    json!({"field": name, "op": if list { "contains" } else { "eq" }, "value": value})
                },
            );
        days.into_iter().chain(values).collect()
    }
}

/// The dataset a query asks.
#[must_use]
pub fn dataset(query: &Value) -> &str {
    query.get("dataset").and_then(Value::as_str).unwrap_or_default()
}

/// `query` with `conditions` besides its own filters.
#[must_use]
pub fn narrowed(query: &Value, conditions: &[Value]) -> Value {
    let mut query = query.clone();
    let all = joined(query.get("filters"), conditions);
    if let (Some(all), Some(object)) = (all, query.as_object_mut()) {
        object.insert("filters".into(), all);
    }
    query
}

fn joined(own: Option<&Value>, conditions: &[Value]) -> Option<Value> {
    let own = own.filter(|own| own.as_object().is_some_and(|object| !object.is_empty()));
    // A list of conditions takes more of them; it is not wrapped in another.
    let own = own.map_or_else(Vec::new, |own| {
        match (own.get("all").and_then(Value::as_array), own.as_object().map(Map::len)) {
            (Some(list), Some(1)) => list.clone(),
            (_, _) => vec![own.clone()],
        }
    });
    let mut all: Vec<Value> = own.into_iter().chain(conditions.iter().cloned()).collect();
    match all.len() {
        0 => None,
        1 => all.pop(),
        _ => Some(json!({ "all": all })),
    }
}

/// One dimension of a query: what it reads, and the length of its buckets when it is time.
#[derive(Debug, Clone, PartialEq)]
pub enum Dimension {
    /// Values of a field.
    Field(String),
    /// Buckets of time.
    Time {
        /// Which instant.
        field: String,
        /// `day`, `week`, `month`, `quarter`, `year` …
        granularity: String,
    },
}

/// The dimensions of a query in order.
#[must_use]
pub fn dimensions(query: &Value) -> Vec<Dimension> {
    let one = |dimension: &Value| {
        let text = |key: &str| dimension.get(key).and_then(Value::as_str).map(str::to_owned);
        text("time").map_or_else(
            || Dimension::Field(text("field").unwrap_or_default()),
            |field| Dimension::Time {
                field,
                granularity: text("granularity").unwrap_or_else(|| "day".to_owned()),
            },
        )
    };
    query
        .get("dimensions")
        .and_then(Value::as_array)
        .map(|all| all.iter().map(one).collect())
        .unwrap_or_default()
}

/// The instants at which a bucket begins and ends, from its first day and granularity; none when it is no bucket.
pub type Bounds<'a> = &'a dyn Fn(&str, &str) -> Option<(String, String)>;

/// Year, month 1–12, day 1–31.
pub type Day = (i32, u32, u32);

/// The condition that a mark's submissions meet: the query's filters and the mark's own values.
///
/// `bounds` gives the instants of a time bucket from its first day; none when the dataset is no form.
#[must_use]
pub fn behind(query: &Value, row: &[Value], list_fields: &[String], bounds: Bounds<'_>) -> Option<Value> {
    if dataset(query).starts_with('$') {
        return None;
    }
    let mut conditions = Vec::new();
    for (dimension, value) in dimensions(query).iter().zip(row) {
        match dimension {
            Dimension::Field(field) if value.is_null() => {
                conditions.push(json!({"field": field, "op": "empty"}))
            }
            Dimension::Field(field) if list_fields.contains(field) => {
                conditions.push(json!({"field": field, "op": "contains", "value": value}))
            }
            Dimension::Field(field) => conditions.push(json!({"field": field, "op": "eq", "value": value})),
            Dimension::Time { field, granularity } => {
                let (from, to) = bounds(value.as_str()?, granularity)?;
                conditions.push(json!({"field": field, "op": "gte", "value": from}));
                conditions.push(json!({"field": field, "op": "lt", "value": to}));
            }
        }
    }
    Some(joined(query.get("filters"), &conditions).unwrap_or_else(|| json!({})))
}

/// First and following first day of a bucket: year, month, day each.
#[must_use]
pub fn bucket(first: &str, granularity: &str) -> Option<(Day, Day)> {
    let part = |range: std::ops::Range<usize>| first.get(range)?.parse::<i64>().ok();
    let (year, month, day) = (part(0..4)?, part(5..7)?, part(8..10)?);
    let months = |count: i64| {
        let index = year * 12 + month - 1 + count;
        (index.div_euclid(12), index.rem_euclid(12) + 1, day)
    };
    let days =
        |count: i64| crate::format::civil_from_days(crate::format::days_from_civil(year, month, day) + count);
    let next = match granularity {
        "year" => months(12),
        "quarter" => months(3),
        "month" => months(1),
        "week" => days(7),
        "day" => days(1),
        _ => return None,
    };
    let whole = |(year, month, day): (i64, i64, i64)| {
        Some((i32::try_from(year).ok()?, u32::try_from(month).ok()?, u32::try_from(day).ok()?))
    };
    Some((whole((year, month, day))?, whole(next)?))
}

/// Tiles from top to bottom, left to right: the order on a phone and for the tab key.
#[must_use]
pub fn in_reading_order(tiles: &[TileView]) -> Vec<TileView> {
    let mut tiles = tiles.to_vec();
    tiles.sort_by_key(|tile| (tile.at[1], tile.at[0]));
    tiles
}
