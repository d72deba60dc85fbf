//! Measures: what each row contributes, and how contributions become one number.
//!
//! NPS, CSAT and shares are averages of a contribution: −100, 0 or 100 for NPS, 0 or 1 else.

use crate::dataset::{Member, MemberType};
use crate::query::{Aggregate, AggregateKind, Formula, MemberId};

use super::predicate;
use super::writer::Writer;

/// Numbers beyond are no measurement; leaving them out keeps sums within what PostgreSQL accepts.
const LARGEST_NUMBER: &str = "1e150";
const LARGEST_WEIGHT: &str = "1e100";
/// Cumulated weights within this of a position have reached it, whatever the order of summation.
const NEAR: &str = "1e-9";

/// How much a row counts, NULL when it does not.
pub(crate) fn weight(member: MemberId) -> String {
    format!("CASE WHEN c{member} > 0 AND c{member} <= {LARGEST_WEIGHT} THEN c{member} END")
}

/// What a row contributes, NULL when nothing.
pub(crate) fn input(
    aggregate: &Aggregate,
    members: &[Member],
    weight_member: Option<MemberId>,
    writer: &mut Writer,
) -> String {
    let number = |member: MemberId| {
        format!("CASE WHEN c{member} BETWEEN -{LARGEST_NUMBER} AND {LARGEST_NUMBER} THEN c{member} END")
    };
    let ordered = |member: MemberId| match members[member].kind {
        MemberType::Date | MemberType::DateTime => format!("n{member}"),
        MemberType::Text
        | MemberType::Integer
        | MemberType::Number
        | MemberType::Boolean
        | MemberType::TextList => format!("c{member}"),
    };
    let contribution = match &aggregate.kind {
        AggregateKind::Rows => "1".to_owned(),
        AggregateKind::Filled(member) => format!("CASE WHEN {} THEN 1 END", filled(*member, members)),
        AggregateKind::Distinct(member) | AggregateKind::Min(member) | AggregateKind::Max(member) => {
            ordered(*member)
        }
        AggregateKind::Sum(member) | AggregateKind::Avg(member) | AggregateKind::Percentile(member, _) => {
            number(*member)
        }
        AggregateKind::Share { share, of } => {
            let of = predicate::write(of, writer);
            let share = predicate::write(share, writer);
            format!("CASE WHEN {of} THEN CASE WHEN {share} THEN 1.0 ELSE 0.0 END END")
        }
        AggregateKind::Nps(member) => {
            format!(
                "CASE WHEN c{member} >= 9 THEN 100.0 WHEN c{member} <= 6 THEN -100.0 WHEN c{member} IS NOT NULL THEN 0.0 END"
            )
        }
        AggregateKind::Csat(member) => {
            format!("CASE WHEN c{member} >= 4 THEN 1.0 WHEN c{member} IS NOT NULL THEN 0.0 END")
        }
    };
    let mut conditions = Vec::new();
    if let Some(only) = &aggregate.only {
        conditions.push(predicate::write(only, writer));
    }
    if let Some(member) = weight_member.filter(|_| is_weighted(&aggregate.kind)) {
        conditions.push(format!("c{member} > 0 AND c{member} <= {LARGEST_WEIGHT}"));
    }
    if conditions.is_empty() {
        return contribution;
    }
    format!("CASE WHEN {} THEN {contribution} END", conditions.join(" AND "))
}

/// A value of the member's type; of a list, at least one option.
fn filled(member: MemberId, members: &[Member]) -> String {
    match members[member].kind {
        MemberType::TextList => format!("(c{member} IS NOT NULL AND p{member})"),
        MemberType::Text
        | MemberType::Integer
        | MemberType::Number
        | MemberType::Boolean
        | MemberType::Date
        | MemberType::DateTime => format!("c{member} IS NOT NULL"),
    }
}

/// Extremes and different values are the same whatever a row weighs.
fn is_weighted(kind: &AggregateKind) -> bool {
    match kind {
        AggregateKind::Distinct(_) | AggregateKind::Min(_) | AggregateKind::Max(_) => false,
        AggregateKind::Rows
        | AggregateKind::Filled(_)
        | AggregateKind::Sum(_)
        | AggregateKind::Avg(_)
        | AggregateKind::Percentile(..)
        | AggregateKind::Share { .. }
        | AggregateKind::Nps(_)
        | AggregateKind::Csat(_) => true,
    }
}

/// For each percentile: `k0`, how much lies up to a row's value, and `s0`, how much there is.
pub(crate) fn positions(aggregates: &[&Aggregate], weighted: bool, partition: &[String]) -> Vec<String> {
    let over = |more: &[&str], order: &str| {
        let parts: Vec<&str> = partition.iter().map(String::as_str).chain(more.iter().copied()).collect();
        let parts =
            if parts.is_empty() { String::new() } else { format!("PARTITION BY {}", parts.join(", ")) };
        format!("OVER ({parts}{order})")
    };
    let mut windows = Vec::new();
    for (index, aggregate) in aggregates.iter().enumerate() {
        if !matches!(aggregate.kind, AggregateKind::Percentile(..)) {
            continue;
        }
        let (missing, order) = (format!("(x{index} IS NULL)"), format!(" ORDER BY x{index}"));
        let running = over(&[&missing], &order);
        let whole = over(&[], "");
        if weighted {
            windows.push(format!("SUM(weight) {running} AS k{index}"));
            windows.push(format!("SUM(CASE WHEN x{index} IS NOT NULL THEN weight END) {whole} AS s{index}"));
        } else {
            windows.push(format!("ROW_NUMBER() {running} AS k{index}"));
            windows.push(format!("COUNT(x{index}) {whole} AS s{index}"));
        }
    }
    windows
}

/// The measure whose first aggregate has the number `first`, over all rows or one period.
pub(crate) fn write(
    formula: &Formula,
    first: usize,
    weighted: bool,
    period: Option<bool>,
    writer: &mut Writer,
) -> String {
    match formula {
        Formula::Single(aggregate) => one(aggregate, first, weighted, period, writer),
        Formula::Ratio(upper, lower) => {
            let upper = one(upper, first, weighted, period, writer);
            let lower = one(lower, first + 1, weighted, period, writer);
            format!("({} / NULLIF({}, 0))", writer.real(&upper), writer.real(&lower))
        }
    }
}

fn one(
    aggregate: &Aggregate,
    index: usize,
    weighted: bool,
    period: Option<bool>,
    writer: &mut Writer,
) -> String {
    let x = match period {
        None => format!("x{index}"),
        Some(true) => format!("CASE WHEN is_current THEN x{index} END"),
        Some(false) => format!("CASE WHEN NOT is_current THEN x{index} END"),
    };
    let weight = format!("CASE WHEN ({x}) IS NOT NULL THEN weight END");
    match &aggregate.kind {
        AggregateKind::Rows | AggregateKind::Filled(_) if weighted => {
            format!("COALESCE(SUM({weight}), 0.0)")
        }
        AggregateKind::Rows | AggregateKind::Filled(_) => format!("COUNT({x})"),
        AggregateKind::Distinct(_) => format!("COUNT(DISTINCT {x})"),
        AggregateKind::Sum(_) if weighted => format!("SUM(({x}) * weight)"),
        AggregateKind::Sum(_) => format!("SUM({x})"),
        AggregateKind::Min(_) => format!("MIN({x})"),
        AggregateKind::Max(_) => format!("MAX({x})"),
        AggregateKind::Avg(_)
        | AggregateKind::Share { .. }
        | AggregateKind::Nps(_)
        | AggregateKind::Csat(_) => {
            if weighted {
                format!("(SUM(({x}) * weight) / NULLIF(SUM({weight}), 0.0))")
            } else {
                format!("({} / NULLIF(COUNT({x}), 0))", writer.real(&format!("SUM({x})")))
            }
        }
        AggregateKind::Percentile(_, p) => percentile(&x, index, *p, writer),
    }
}

/// Linear between the two values around position `1 + (total − 1)·p`, counted from the smallest
/// (SQL's `percentile_cont`); a value takes up as many positions as it weighs.
fn percentile(x: &str, index: usize, p: f64, writer: &mut Writer) -> String {
    let p = writer.bind(super::Parameter::Real(p));
    let total = writer.real(&format!("s{index}"));
    let position = format!("(1.0 + ({total} - 1.0) * {p})");
    let whole = writer.whole(&position);
    let low = writer.smaller(&writer.larger(&writer.real(&whole), "1.0"), &total);
    let high = writer.smaller(&format!("({low} + 1.0)"), &total);
    let at = |place: &str| format!("MIN(CASE WHEN k{index} >= {place} - {NEAR} THEN {x} END)");
    let (low, high) = (at(&low), at(&high));
    let part = format!("MAX(CASE WHEN ({x}) IS NOT NULL THEN {position} - {whole} END)");
    format!("({low} + ({high} - {low}) * {part})")
}
