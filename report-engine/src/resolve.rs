//! resolve: a query and a dataset become a `ResolvedQuery`, or every problem is named.
//!
//! Checks names and types, sets column names, turns conditions and time zones into plain values,
//! and makes the row filter and the hidden members part of the query, so that no way around them
//! exists. Knows no SQL.

mod condition;
mod measure;
mod names;
mod page;
mod period;

use std::collections::HashSet;

use chrono_tz::Tz;
use form_engine::{CallerFacts, Condition, Problem};

use crate::dataset::{Dataset, Member, MemberType};
use crate::definition::{Dimension, DimensionKind, Granularity, MAX_ROWS, Query};
use crate::query::{Bucket, Column, Grouping, MemberId, ResolvedQuery, Role, Shape, Sort};
use crate::zone;

pub use page::{PageRequest, resolve_page};

/// Who asks, and when.
#[derive(Debug, Clone)]
pub struct Situation {
    /// Now, milliseconds since 1970.
    pub now_ms: i64,
    /// The team's zone, for queries that name none.
    pub time_zone: Tz,
    /// Who asks; without one, comparisons with the caller are comparisons with a missing value.
    pub caller: Option<CallerFacts>,
    /// Rows the caller may see; `None`: all.
    pub row_filter: Option<Condition>,
    /// Members the caller may not see, by name; a query that names one is told it does not exist.
    pub hidden: HashSet<String>,
}

impl Situation {
    /// Everything may be seen.
    pub fn new(now_ms: i64, time_zone: Tz) -> Self {
        Self { now_ms, time_zone, caller: None, row_filter: None, hidden: HashSet::new() }
    }
}

/// Checks `query` against `dataset` and makes it ready to run.
///
/// # Errors
///
/// Every problem found, with pointers into the query; never an empty list.
pub fn resolve(
    query: &Query,
    dataset: &Dataset,
    situation: &Situation,
) -> Result<ResolvedQuery, Vec<Problem>> {
    let zone = query.time_zone.unwrap_or(situation.time_zone);
    let mut resolver = Resolver::new(dataset, situation);
    if query.dataset != dataset.name {
        let message = format!("expected the dataset `{}`, found `{}`", dataset.name, query.dataset);
        resolver.problem("report.dataset_unknown", "/dataset", message);
    }
    let (filters, comparison) = resolver.filters(query, zone);
    let dimensions: Vec<_> = query.dimensions.iter().map(|it| resolver.dimension(it, zone)).collect();
    let measures: Vec<_> = query.measures.iter().map(|it| resolver.measure(it)).collect();
    let weight = query.weight.as_deref().and_then(|name| resolver.numeric(name, "/weight", "weight"));
    let mut columns = names::columns(query, &mut resolver.problems);
    for (column, dimension) in columns.iter_mut().zip(&dimensions) {
        if let Some(grouping) = dimension {
            resolver.describe_dimension(column, grouping);
        }
    }
    // With a comparison the measures come twice, in the same order.
    for (column, formula) in columns.iter_mut().skip(query.dimensions.len()).zip(measures.iter().cycle()) {
        if let Some(formula) = formula {
            resolver.describe_measure(column, formula, weight.is_some());
        }
    }
    let order = resolver.order(query, &columns);
    if !resolver.problems.is_empty() {
        return Err(resolver.problems);
    }
    Ok(ResolvedQuery {
        dataset: dataset.name.clone(),
        members: resolver.members,
        filters,
        dimensions: dimensions.into_iter().flatten().collect(),
        measures: measures.into_iter().flatten().collect(),
        weight,
        comparison,
        order,
        limit: query.limit.unwrap_or(MAX_ROWS),
        columns,
        zone,
    })
}

/// What has been found so far.
struct Resolver<'a> {
    dataset: &'a Dataset,
    situation: &'a Situation,
    members: Vec<Member>,
    problems: Vec<Problem>,
}

impl<'a> Resolver<'a> {
    fn new(dataset: &'a Dataset, situation: &'a Situation) -> Self {
        Self { dataset, situation, members: Vec::new(), problems: Vec::new() }
    }

    fn problem(&mut self, code: &'static str, path: &str, message: impl Into<String>) {
        self.problems.push(Problem::new(code, path, message));
    }

    /// The member an author named at `path`.
    fn named(&mut self, name: &str, path: &str) -> Option<MemberId> {
        if self.situation.hidden.contains(name) || self.dataset.member(name).is_none() {
            let message = format!("`{name}` is not in the dataset `{}`", self.dataset.name);
            self.problem("report.field_unknown", path, message);
            return None;
        }
        self.any(name)
    }

    /// The member, hidden or not.
    fn any(&mut self, name: &str) -> Option<MemberId> {
        let member = self.dataset.member(name)?;
        Some(self.id(member.clone()))
    }

    fn id(&mut self, member: Member) -> MemberId {
        let known = self.members.iter().position(|known| *known == member);
        known.unwrap_or_else(|| {
            self.members.push(member);
            self.members.len() - 1
        })
    }

    /// The same place read as another type: documents of older versions may hold one.
    fn view(&mut self, id: MemberId, kind: MemberType) -> MemberId {
        let member = Member { kind, ..self.members[id].clone() };
        self.id(member)
    }

    fn kind(&self, id: MemberId) -> MemberType {
        self.members[id].kind
    }

    /// A member that holds numbers.
    fn numeric(&mut self, name: &str, path: &str, what: &str) -> Option<MemberId> {
        let id = self.named(name, path)?;
        let kind = self.kind(id);
        if kind.is_numeric() {
            return Some(id);
        }
        let message = format!("`{what}` needs a number, found `{name}` of type `{}`", type_word(kind));
        self.problem("report.field_type", path, message);
        None
    }

    fn dimension(&mut self, dimension: &Dimension, zone: Tz) -> Option<Grouping> {
        match &dimension.kind {
            DimensionKind::Field(name) => {
                self.named(name, &format!("{}/field", dimension.path)).map(Grouping::Value)
            }
            DimensionKind::Time { field, granularity, week_start } => {
                let path = format!("{}/time", dimension.path);
                let member = self.named(field, &path)?;
                let kind = self.kind(member);
                let wanted = match (kind, granularity) {
                    (MemberType::DateTime, _) => None,
                    (MemberType::Date, Granularity::Hour) => Some("an instant"),
                    (MemberType::Date, _) => None,
                    (
                        MemberType::Text
                        | MemberType::Integer
                        | MemberType::Number
                        | MemberType::Boolean
                        | MemberType::TextList,
                        _,
                    ) => Some("a date or an instant"),
                };
                if let Some(wanted) = wanted {
                    let message =
                        format!("`time` needs {wanted}, found `{field}` of type `{}`", type_word(kind));
                    self.problem("report.field_type", &path, message);
                    return None;
                }
                let segments = zone::segments(zone, None, None);
                Some(Grouping::Bucket(Bucket {
                    member,
                    granularity: *granularity,
                    week_start: *week_start,
                    segments,
                }))
            }
        }
    }

    fn describe_dimension(&self, column: &mut Column, grouping: &Grouping) {
        let id = match grouping {
            Grouping::Value(id) => *id,
            Grouping::Bucket(bucket) => bucket.member,
        };
        let member = &self.members[id];
        column.title.get_or_insert_with(|| member.title.clone());
        (column.kind, column.shape) = match grouping {
            Grouping::Value(_) => value_shape(member.kind),
            Grouping::Bucket(bucket) => match bucket.granularity {
                Granularity::Hour => (MemberType::DateTime, Shape::LocalHour),
                Granularity::Day | Granularity::Week => (MemberType::Date, Shape::Day),
                Granularity::Month | Granularity::Quarter | Granularity::Year => {
                    (MemberType::Date, Shape::Month)
                }
            },
        };
        if matches!(grouping, Grouping::Value(_)) {
            column.member = Some(member.name.clone());
        }
    }

    fn order(&mut self, query: &Query, columns: &[Column]) -> Vec<Sort> {
        let mut order = Vec::new();
        for (index, criterion) in query.order.iter().enumerate() {
            match columns.iter().position(|column| column.name == criterion.by) {
                Some(column) => order.push(Sort { column, descending: criterion.descending }),
                None => {
                    let names: Vec<String> =
                        columns.iter().map(|column| format!("`{}`", column.name)).collect();
                    let message =
                        format!("`{}` is no column; expected one of {}", criterion.by, names.join(", "));
                    self.problem("report.order_unknown", &format!("/order/{index}/by"), message);
                }
            }
        }
        order
    }
}

/// Type and shape of a column that shows a member's own values.
fn value_shape(kind: MemberType) -> (MemberType, Shape) {
    match kind {
        MemberType::Text | MemberType::TextList => (MemberType::Text, Shape::Text),
        MemberType::Integer => (kind, Shape::Integer),
        MemberType::Number => (kind, Shape::Number),
        MemberType::Boolean => (kind, Shape::Boolean),
        MemberType::Date => (kind, Shape::Day),
        MemberType::DateTime => (kind, Shape::Instant),
    }
}

/// The word for a type in messages, which tells lists from texts.
fn type_word(kind: MemberType) -> &'static str {
    match kind {
        MemberType::TextList => "list of texts",
        MemberType::Text
        | MemberType::Integer
        | MemberType::Number
        | MemberType::Boolean
        | MemberType::Date
        | MemberType::DateTime => kind.word(),
    }
}

/// Puts `role` columns in place before their types are known.
fn blank(name: String, role: Role) -> Column {
    Column { name, kind: MemberType::Number, role, title: None, member: None, shape: Shape::Number }
}
