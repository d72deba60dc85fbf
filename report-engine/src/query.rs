//! ResolvedQuery: a query whose names are members, whose types fit and whose limits are set.
//!
//! Only `resolve` makes one. Whoever runs it (SQL today, a column store later) reads it here and
//! cannot fail: what could be wrong has been refused.

use chrono_tz::Tz;
use form_engine::Text;

use crate::dataset::{Member, MemberType};
use crate::definition::{Granularity, WeekStart};
use crate::zone::Segment;

/// A checked query, ready to run.
#[derive(Debug, Clone, PartialEq)]
pub struct ResolvedQuery {
    pub(crate) dataset: String,
    /// Every member that is read, each once; all `MemberId`s point in here.
    pub(crate) members: Vec<Member>,
    /// Rows that do not meet all of these do not exist for this query; the row filter is among them.
    pub(crate) filters: Vec<Predicate>,
    pub(crate) dimensions: Vec<Grouping>,
    pub(crate) measures: Vec<Formula>,
    pub(crate) weight: Option<MemberId>,
    pub(crate) comparison: Option<Comparison>,
    pub(crate) order: Vec<Sort>,
    pub(crate) limit: u32,
    pub(crate) columns: Vec<Column>,
    pub(crate) zone: Tz,
}

impl ResolvedQuery {
    /// Name of the dataset asked.
    pub fn dataset(&self) -> &str {
        &self.dataset
    }

    /// The result's columns: dimensions, measures, then the measures of the period before.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// The most rows the result has.
    pub fn limit(&self) -> u32 {
        self.limit
    }
}

/// Index into the members of a resolved query.
pub(crate) type MemberId = usize;

/// A column of a result.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Unique in the result.
    pub name: String,
    /// Type of its values; never a list.
    pub kind: MemberType,
    /// Grouping or summarising.
    pub role: Role,
    /// For people: the author's, else that of the member.
    pub title: Option<Text>,
    /// The member whose values stand in the column unchanged, so that their labels apply.
    pub member: Option<String>,
    pub(crate) shape: Shape,
}

/// What a column does in a result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Groups rows.
    Dimension,
    /// Summarises rows.
    Measure,
}

/// How a raw value of a column becomes the value people see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// As it is.
    Text,
    /// A double that is whole.
    Integer,
    /// A double.
    Number,
    Boolean,
    /// Days since 1970-01-01.
    Day,
    /// Months since the year 0.
    Month,
    /// Milliseconds since 1970, shown in UTC.
    Instant,
    /// Milliseconds since 1970, shown with the local offset.
    LocalHour,
}

/// A grouping column.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Grouping {
    /// The member's value; a list groups by each of its options.
    Value(MemberId),
    /// The time bucket of the member's value.
    Bucket(Bucket),
}

/// Time buckets of one member.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Bucket {
    pub member: MemberId,
    pub granularity: Granularity,
    pub week_start: WeekStart,
    /// Offsets of the query's zone, ascending, never empty.
    pub segments: Vec<Segment>,
}

/// A measure: one aggregate, or one divided by another.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Formula {
    Single(Aggregate),
    Ratio(Aggregate, Aggregate),
}

impl Formula {
    pub(crate) fn aggregates(&self) -> Vec<&Aggregate> {
        match self {
            Self::Single(aggregate) => vec![aggregate],
            Self::Ratio(upper, lower) => vec![upper, lower],
        }
    }
}

/// An aggregate over the rows that meet `only`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Aggregate {
    pub kind: AggregateKind,
    pub only: Option<Predicate>,
}

/// What is aggregated. CES is an average, a median a percentile.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum AggregateKind {
    Rows,
    Filled(MemberId),
    Distinct(MemberId),
    Sum(MemberId),
    Avg(MemberId),
    Min(MemberId),
    Max(MemberId),
    Percentile(MemberId, f64),
    Share { share: Predicate, of: Predicate },
    Nps(MemberId),
    Csat(MemberId),
}

/// The period asked about and the one before it, both half open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Comparison {
    /// A date or an instant; the bounds are days or milliseconds accordingly.
    pub member: MemberId,
    pub previous_from: i64,
    pub from: i64,
    pub to: i64,
    /// How far apart the periods are, for time buckets.
    pub distance: Distance,
}

/// How a row of the period before is moved to stand beside its counterpart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Distance {
    /// Both periods are whole calendar months.
    Months {
        months: i64,
        /// The same distance for buckets shorter than a month.
        days: i64,
    },
    /// Both periods are whole local days.
    Days(i64),
    /// Anything else: milliseconds.
    Elapsed(i64),
}

/// One sort criterion over a result column; missing values last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sort {
    pub column: usize,
    pub descending: bool,
}

/// A page of a list: which rows, in which order.
#[derive(Debug, Clone, PartialEq)]
pub struct ResolvedPage {
    /// As in a resolved query.
    pub(crate) members: Vec<Member>,
    pub(crate) filters: Vec<Predicate>,
    /// The most important first; the row's id settles the rest.
    pub(crate) order: Vec<(MemberId, bool)>,
    pub(crate) limit: u32,
}

impl ResolvedPage {
    /// The most rows the page has.
    pub fn limit(&self) -> u32 {
        self.limit
    }
}

/// A condition with names resolved and values known. Two-valued: a test on a missing value is
/// false, so its negation is true.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Predicate {
    All(Vec<Predicate>),
    Any(Vec<Predicate>),
    Not(Box<Predicate>),
    /// Absent, null, an empty text, or a list or an object with nothing in it.
    Missing(MemberId),
    /// Both sides have a value of one type, and they compare so.
    Compare(Side, Comparator, Side),
    /// The left text holds the right one.
    Contains(Side, Side),
    /// The left text starts with the right one.
    StartsWith(Side, Side),
    /// The member's value is one of these.
    OneOf(MemberId, Vec<Scalar>),
    /// The member's list holds one of these.
    Has(MemberId, Vec<Scalar>),
}

impl Predicate {
    /// Members of which the instant is asked.
    pub(crate) fn instants(&self, found: &mut Vec<MemberId>) {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.instants(found)),
            Self::Not(part) => part.instants(found),
            Self::Missing(_) | Self::OneOf(..) | Self::Has(..) => {}
            Self::Compare(left, _, right) | Self::Contains(left, right) | Self::StartsWith(left, right) => {
                for side in [left, right] {
                    if let Side::InstantOf(member) = side {
                        found.push(*member);
                    }
                }
            }
        }
    }
}

/// One side of a test.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Side {
    Member(MemberId),
    /// The member's text read as an instant; missing when it is none.
    InstantOf(MemberId),
    Value(Scalar),
}

/// How two values compare; texts by code point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Comparator {
    Eq,
    Lt,
    Lte,
    Gt,
    Gte,
}

/// A known value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Scalar {
    Text(String),
    Number(f64),
    Boolean(bool),
    /// Milliseconds since 1970.
    Instant(i64),
}
