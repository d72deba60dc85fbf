//! Dimension: one grouping column, as its author wrote it.

use form_engine::{Problem, Text};
use serde_json::Value;

use super::object::Object;

/// A dimension and its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dimension {
    /// By what rows are grouped.
    pub kind: DimensionKind,
    /// The column's name, when the author gave one.
    pub name: Option<String>,
    /// For people, when the author gave one.
    pub title: Option<Text>,
    /// Pointer of this dimension in the query.
    pub path: String,
}

/// A value, or the time bucket an instant falls in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DimensionKind {
    /// `{"field": "/region"}`
    Field(String),
    /// `{"time": "created_at", "granularity": "month"}`
    Time {
        /// A member of type date or datetime.
        field: String,
        /// How long a bucket is.
        granularity: Granularity,
        /// On which day a week starts.
        week_start: WeekStart,
    },
}

/// Lengths of time buckets, all of the local calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Granularity {
    /// A local hour; the hour a change of clocks repeats is two buckets.
    Hour,
    /// A local day, of 23 to 25 hours.
    Day,
    /// Seven local days.
    Week,
    /// A calendar month.
    Month,
    /// Three calendar months, from January, April, July, October.
    Quarter,
    /// A calendar year.
    Year,
}

/// The first day of a week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum WeekStart {
    /// ISO 8601, and the rule unless told otherwise.
    #[default]
    Monday,
    /// As in North America.
    Sunday,
    /// As in much of the Middle East.
    Saturday,
}

const GRANULARITIES: &[(&str, Granularity)] = &[
    ("hour", Granularity::Hour),
    ("day", Granularity::Day),
    ("week", Granularity::Week),
    ("month", Granularity::Month),
    ("quarter", Granularity::Quarter),
    ("year", Granularity::Year),
];
const WEEK_STARTS: &[(&str, WeekStart)] =
    &[("monday", WeekStart::Monday), ("sunday", WeekStart::Sunday), ("saturday", WeekStart::Saturday)];

impl Dimension {
    pub(crate) fn read(value: &Value, path: &str, problems: &mut Vec<Problem>) -> Option<Self> {
        let known = &["field", "time", "granularity", "week_start", "as", "title"];
        let mut object = Object::open(value, path, known, problems)?;
        let name = object.text("as");
        let title = object.title("title");
        let kind = if object.get("time").is_some() {
            read_time(&mut object)
        } else {
            for option in ["granularity", "week_start"] {
                if object.get(option).is_some() {
                    let message = format!("`{option}` has no meaning without `time`");
                    object.problem(option, "report.unknown_member", message);
                }
            }
            object.required_text("field").map(DimensionKind::Field)
        };
        Some(Self { kind: kind?, name, title, path: path.to_owned() })
    }

    /// The member by which rows are grouped.
    pub fn field(&self) -> &str {
        match &self.kind {
            DimensionKind::Field(field) | DimensionKind::Time { field, .. } => field,
        }
    }
}

fn read_time(object: &mut Object<'_>) -> Option<DimensionKind> {
    if object.get("field").is_some() {
        object.problem("field", "report.unknown_member", "expected either `time` or `field`, found both");
    }
    if object.get("granularity").is_none() {
        object.problem("granularity", "report.required", "`granularity` is missing");
    }
    let field = object.text("time");
    let granularity = object.word("granularity", GRANULARITIES);
    let week_start = object.word("week_start", WEEK_STARTS).unwrap_or_default();
    Some(DimensionKind::Time { field: field?, granularity: granularity?, week_start })
}
