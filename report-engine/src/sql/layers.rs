//! The layers of a grouped query, from the table outwards.

use crate::dataset::MemberType;
use crate::definition::Granularity;
use crate::query::{
    AggregateKind, Bucket, Comparison, Distance, Grouping, MemberId, Predicate, ResolvedQuery,
};
use crate::zone::DAY_MS;

use super::measure;
use super::values::Values;
use super::writer::{Dialect, Writer};
use super::{Relation, member, predicate, time};

/// The grouped rows, with columns `o0`, `o1` … as the query's columns.
pub(crate) fn grouped(query: &ResolvedQuery, relation: &Relation, writer: &mut Writer) -> String {
    let rows = counted(query, relation, writer);
    let aggregates: Vec<_> = query.measures.iter().flat_map(|formula| formula.aggregates()).collect();
    let partition = partition(query);
    let positions = measure::positions(&aggregates, query.weight.is_some(), &partition);
    let rows = if positions.is_empty() {
        rows
    } else {
        format!("SELECT f.*, {} FROM ({rows}) f", positions.join(", "))
    };
    let groups: Vec<String> = (0..query.dimensions.len()).map(|index| format!("d{index}")).collect();
    let mut outputs = groups.clone();
    let weighted = query.weight.is_some();
    let periods: &[Option<bool>] =
        if query.comparison.is_some() { &[Some(true), Some(false)] } else { &[None] };
    for period in periods {
        let mut first = 0;
        for formula in &query.measures {
            outputs.push(measure::write(formula, first, weighted, *period, writer));
            first += formula.aggregates().len();
        }
    }
    let outputs: Vec<String> =
        outputs.iter().enumerate().map(|(index, output)| format!("{output} AS o{index}")).collect();
    let group_by = if groups.is_empty() { String::new() } else { format!(" GROUP BY {}", groups.join(", ")) };
    format!("SELECT {} FROM ({rows}) w{group_by}", outputs.join(", "))
}

/// What separates positions: the groups, and the period.
fn partition(query: &ResolvedQuery) -> Vec<String> {
    let mut partition: Vec<String> = (0..query.dimensions.len()).map(|index| format!("d{index}")).collect();
    if query.comparison.is_some() {
        partition.push("is_current".to_owned());
    }
    partition
}

/// Layer `f`: the rows that count, with groups `d0` …, inputs `x0` …, weight and period.
fn counted(query: &ResolvedQuery, relation: &Relation, writer: &mut Writer) -> String {
    let fence = writer.fence();
    let values = Values {
        members: &query.members,
        relation,
        timed: &timed(query),
        id: None,
        conditions: &prefilter(query),
        fence,
    };
    let values = values.write(writer);
    let mut outputs = Vec::new();
    let mut joins = String::new();
    for (index, dimension) in query.dimensions.iter().enumerate() {
        let group = match dimension {
            Grouping::Value(id) => group_value(query, *id, index, writer.dialect(), &mut joins),
            Grouping::Bucket(bucket) => group_bucket(query, bucket, writer.dialect()),
        };
        outputs.push(format!("{group} AS d{index}"));
    }
    let aggregates = query.measures.iter().flat_map(|formula| formula.aggregates());
    for (index, aggregate) in aggregates.enumerate() {
        let input = measure::input(aggregate, &query.members, query.weight, writer);
        outputs.push(format!("{input} AS x{index}"));
    }
    if let Some(weight) = query.weight {
        outputs.push(format!("{} AS weight", measure::weight(weight)));
    }
    let mut conditions: Vec<String> =
        query.filters.iter().map(|filter| predicate::write(filter, writer)).collect();
    if let Some(Comparison { member, previous_from, from, to, .. }) = &query.comparison {
        outputs.push(format!("(n{member} >= {from}) AS is_current"));
        conditions.push(format!("n{member} >= {previous_from} AND n{member} < {to}"));
    }
    if outputs.is_empty() {
        outputs.push("1 AS nothing".to_owned());
    }
    let condition =
        if conditions.is_empty() { String::new() } else { format!(" WHERE {}", conditions.join(" AND ")) };
    format!("SELECT {} FROM ({values}) v{joins}{condition}", outputs.join(", "))
}

/// The period as a condition on the table's own column, so that an index on it is used.
fn prefilter(query: &ResolvedQuery) -> Vec<String> {
    let Some(comparison) = &query.comparison else { return Vec::new() };
    let member = &query.members[comparison.member];
    if !member.is_stored_instant() {
        return Vec::new();
    }
    let column = member::raw(member, Dialect::Sqlite);
    vec![format!("{column} >= {}", comparison.previous_from), format!("{column} < {}", comparison.to)]
}

/// Texts that are compared with an instant.
fn timed(query: &ResolvedQuery) -> Vec<MemberId> {
    let mut predicates: Vec<&Predicate> = query.filters.iter().collect();
    for aggregate in query.measures.iter().flat_map(|formula| formula.aggregates()) {
        predicates.extend(&aggregate.only);
        if let AggregateKind::Share { share, of } = &aggregate.kind {
            predicates.extend([share, of]);
        }
    }
    instants(&predicates)
}

pub(crate) fn instants(predicates: &[&Predicate]) -> Vec<MemberId> {
    let mut found = Vec::new();
    predicates.iter().for_each(|predicate| predicate.instants(&mut found));
    found
}

fn group_value(
    query: &ResolvedQuery,
    id: MemberId,
    index: usize,
    dialect: Dialect,
    joins: &mut String,
) -> String {
    match query.members[id].kind {
        MemberType::TextList => {
            joins.push_str(&options(id, index, dialect));
            match dialect {
                Dialect::Sqlite => format!("e{index}.atom"),
                Dialect::Postgres => format!("e{index}.item"),
            }
        }
        MemberType::Date | MemberType::DateTime => format!("n{id}"),
        MemberType::Text | MemberType::Integer | MemberType::Number | MemberType::Boolean => {
            format!("c{id}")
        }
    }
}

/// Joins each option of a list once per row; a row without options stays, with NULL.
fn options(id: MemberId, index: usize, dialect: Dialect) -> String {
    match dialect {
        // A derived table cannot be lateral in SQLite, so repeated options are left out by position.
        Dialect::Sqlite => format!(
            " LEFT JOIN json_each(v.c{id}) AS e{index} ON e{index}.type = 'text' AND e{index}.atom <> '' \
             AND NOT EXISTS (SELECT 1 FROM json_each(v.c{id}) AS s{index} WHERE s{index}.type = 'text' \
             AND s{index}.atom = e{index}.atom AND s{index}.key < e{index}.key)"
        ),
        Dialect::Postgres => format!(
            " LEFT JOIN LATERAL (SELECT DISTINCT (one.item #>> '{{}}') COLLATE \"C\" AS item \
             FROM jsonb_array_elements(v.c{id}) AS one(item) \
             WHERE jsonb_typeof(one.item) = 'string' AND one.item <> '\"\"'::jsonb) e{index} ON TRUE"
        ),
    }
}

fn group_bucket(query: &ResolvedQuery, bucket: &Bucket, dialect: Dialect) -> String {
    let kind = query.members[bucket.member].kind;
    let value = format!("n{}", bucket.member);
    let comparison = query.comparison.as_ref().filter(|comparison| comparison.member == bucket.member);
    let Some(Comparison { from, distance, .. }) = comparison else {
        return time::bucket(bucket, kind, &value, dialect);
    };
    // Rows of the period before are moved to the bucket of their counterpart.
    let moved = |expression: &str, by: i64| {
        format!("({expression} + CASE WHEN {value} >= {from} THEN 0 ELSE {by} END)")
    };
    if bucket.granularity == Granularity::Hour {
        let by = match distance {
            Distance::Months { days, .. } | Distance::Days(days) => days * DAY_MS,
            Distance::Elapsed(by) => *by,
        };
        return time::bucket(bucket, kind, &moved(&value, by), dialect);
    }
    match distance {
        Distance::Months { months, .. } if time::counts_months(bucket.granularity) => {
            moved(&time::bucket(bucket, kind, &value, dialect), *months)
        }
        Distance::Months { days, .. } | Distance::Days(days) => {
            let day = time::day(bucket, kind, &value);
            time::bucket_of_day(bucket, &moved(&day, *days), dialect)
        }
        Distance::Elapsed(by) => time::bucket(bucket, kind, &moved(&value, *by), dialect),
    }
}
