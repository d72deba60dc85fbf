//! Query: what is asked, as its author wrote it.
//!
//! Reads the JSON and reports every member that has the wrong shape. Knows nothing of a dataset:
//! whether a field exists and has a fitting type is decided by `resolve`.

mod dashboard;
mod dimension;
mod measure;
mod object;

use chrono_tz::Tz;
use form_engine::{Condition, Problem};
use serde_json::Value;

pub use dashboard::{Dashboard, DashboardFilter, Tile};
pub use dimension::{Dimension, DimensionKind, Granularity, WeekStart};
pub use measure::{Measure, MeasureKind};

use object::Object;
pub(crate) use object::shown;

/// The most rows a result can have, and how many it has at most when no limit is given.
pub const MAX_ROWS: u32 = 10_000;

/// A question to one dataset.
///
/// ```json
/// {"dataset": "nps", "measures": [{"nps": "/score"}, {"count": "*", "as": "answers"}],
///  "dimensions": [{"time": "created_at", "granularity": "month"}], "limit": 20}
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Query {
    /// Key of a form, or the name of a dataset that starts with `$`.
    pub dataset: String,
    /// Columns that summarise, in the author's order.
    pub measures: Vec<Measure>,
    /// Columns that group, in the author's order; they come before the measures.
    pub dimensions: Vec<Dimension>,
    /// Which rows count at all.
    pub filters: Option<Condition>,
    /// Member whose number says how much a row counts.
    pub weight: Option<String>,
    /// With what the measures are compared.
    pub compare: Option<Compare>,
    /// Sorting, the most important first.
    pub order: Vec<Order>,
    /// At most this many rows.
    pub limit: Option<u32>,
    /// Whose days the time buckets follow; absent: the team's.
    pub time_zone: Option<Tz>,
}

/// What stands beside each measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compare {
    /// The same measure over the period of equal length just before the one `filters` choose.
    PreviousPeriod,
}

/// One sort criterion; empty values come last in both directions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// Name of a column of the result.
    pub by: String,
    /// Largest first.
    pub descending: bool,
}

impl Query {
    /// Reads a query.
    ///
    /// # Errors
    ///
    /// Every problem found, with pointers into `value`; never an empty list.
    pub fn parse(value: &Value) -> Result<Self, Vec<Problem>> {
        let mut problems = Vec::new();
        let query = Self::read(value, &mut problems);
        match query {
            Some(query) if problems.is_empty() => Ok(query),
            Some(_) | None => Err(problems),
        }
    }

    /// `None` only after a problem was noted.
    fn read(value: &Value, problems: &mut Vec<Problem>) -> Option<Self> {
        const KNOWN: &[&str] = &[
            "dataset",
            "measures",
            "dimensions",
            "filters",
            "weight",
            "compare",
            "order",
            "limit",
            "time_zone",
        ];
        let mut object = Object::open(value, "", KNOWN, problems)?;
        let dataset = object.required_text("dataset");
        let measures = object.list("measures", Measure::read);
        let dimensions = object.list("dimensions", Dimension::read);
        let order = object.list("order", read_order);
        let weight = object.text("weight");
        let compare = object.word("compare", &[("previous_period", Compare::PreviousPeriod)]);
        let limit = read_limit(&mut object);
        let time_zone = read_time_zone(&mut object);
        let filters = object.condition("filters");
        if measures.is_empty() && dimensions.is_empty() && object.is_absent_or_empty("measures") {
            object.problem("measures", "report.nothing_asked", "expected at least one measure or dimension");
        }
        let dataset = dataset?;
        Some(Self { dataset, measures, dimensions, filters, weight, compare, order, limit, time_zone })
    }
}

fn read_order(value: &Value, path: &str, problems: &mut Vec<Problem>) -> Option<Order> {
    let mut object = Object::open(value, path, &["by", "dir"], problems)?;
    let by = object.required_text("by");
    let descending = object.word("dir", &[("asc", false), ("desc", true)]).unwrap_or(false);
    Some(Order { by: by?, descending })
}

fn read_limit(object: &mut Object<'_>) -> Option<u32> {
    let value = object.get("limit")?;
    let limit = value.as_u64().and_then(|limit| u32::try_from(limit).ok());
    match limit {
        Some(limit) if (1..=MAX_ROWS).contains(&limit) => Some(limit),
        Some(_) | None => {
            let message = format!("expected a whole number from 1 to {MAX_ROWS}, found `{value}`");
            object.problem("limit", "report.limit", message);
            None
        }
    }
}

fn read_time_zone(object: &mut Object<'_>) -> Option<Tz> {
    let name = object.text("time_zone")?;
    let zone = name.parse();
    if zone.is_err() {
        let message = format!("`{name}` is no time zone; expected an IANA name such as `Asia/Shanghai`");
        object.problem("time_zone", "report.time_zone", message);
    }
    zone.ok()
}
