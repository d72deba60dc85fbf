//! Filters, and the period they choose when it is to be compared with the one before.

use chrono::{DateTime, Datelike, Days, Months, NaiveDate};
use chrono_tz::Tz;
use form_engine::{Condition, Operand, Operator, moment};

use crate::dataset::MemberType;
use crate::definition::{DimensionKind, Query};
use crate::query::{Comparison, Distance, MemberId, Predicate};
use crate::zone;

use super::Resolver;

/// Bounds found so far, half open: days for a date, milliseconds for an instant.
#[derive(Default)]
struct Bounds {
    from: Option<i64>,
    to: Option<i64>,
}

impl Resolver<'_> {
    /// The row filter and the query's filters; with a comparison, the period is taken out of them.
    pub(super) fn filters(&mut self, query: &Query, zone: Tz) -> (Vec<Predicate>, Option<Comparison>) {
        let mut predicates = Vec::new();
        if let Some(condition) = self.situation.row_filter.clone() {
            predicates.push(self.condition(&condition, "/row_filter", true));
        }
        if query.compare.is_none() {
            if let Some(condition) = &query.filters {
                predicates.push(self.condition(condition, "/filters", false));
            }
            return (predicates, None);
        }
        let leaves = conjuncts(query.filters.as_ref());
        let Some(member) = self.compared_member(query, &leaves) else {
            let message = "the period to compare is not known; expected a filter with a lower bound on a date or instant";
            self.problem("report.compare_unbounded", "/compare", message);
            return (predicates, None);
        };
        let mut bounds = Bounds::default();
        for (condition, path) in leaves {
            if !self.take_bound(condition, member, &mut bounds) {
                predicates.push(self.condition(condition, &path, false));
            }
        }
        let comparison = self.comparison(member, &bounds, zone);
        (predicates, comparison)
    }

    /// The time dimension's member, else the first date or instant with a bound.
    fn compared_member(&mut self, query: &Query, leaves: &[(&Condition, String)]) -> Option<MemberId> {
        let of_dimension = query.dimensions.iter().find_map(|dimension| match &dimension.kind {
            DimensionKind::Time { field, .. } => Some(field.as_str()),
            DimensionKind::Field(_) => None,
        });
        let bounded = leaves.iter().filter_map(|(condition, _)| match condition {
            Condition::Leaf { field, op, .. } if is_bound(*op) => Some(field.as_str()),
            Condition::Leaf { .. } | Condition::All(_) | Condition::Any(_) | Condition::Not(_) => None,
        });
        let names: Vec<&str> =
            bounded.filter(|name| of_dimension.is_none_or(|wanted| wanted == *name)).collect();
        let usable = |name: &&str| {
            let member = self.dataset.member(name).filter(|_| !self.situation.hidden.contains(*name));
            member.is_some_and(|member| member.kind == MemberType::Date || member.is_stored_instant())
        };
        let name = names.into_iter().find(usable)?;
        self.any(name)
    }

    /// Takes a bound of the period out of the filters.
    fn take_bound(&self, condition: &Condition, member: MemberId, bounds: &mut Bounds) -> bool {
        let member = &self.members[member];
        let Condition::Leaf { field, op, value } = condition else { return false };
        if field.as_str() != member.name || !is_bound(*op) {
            return false;
        }
        let number = |value: &Operand| self.bound(value, member.kind);
        let (from, to) = match (op, value) {
            (Operator::Between, Operand::Literal(serde_json::Value::Array(pair))) => {
                let pair: Vec<Option<i64>> =
                    pair.iter().map(|value| number(&Operand::Literal(value.clone()))).collect();
                let [Some(from), Some(last)] = pair[..] else { return false };
                (Some(from), Some(last + 1))
            }
            (_, value) => {
                let Some(number) = number(value) else { return false };
                match op {
                    Operator::Gte => (Some(number), None),
                    Operator::Gt => (Some(number + 1), None),
                    Operator::Lt => (None, Some(number)),
                    Operator::Lte => (None, Some(number + 1)),
                    Operator::Eq
                    | Operator::Ne
                    | Operator::In
                    | Operator::NotIn
                    | Operator::Contains
                    | Operator::StartsWith
                    | Operator::Between
                    | Operator::Empty
                    | Operator::AnyOf
                    | Operator::AllOf
                    | Operator::NoneOf => return false,
                }
            }
        };
        bounds.from = bounds.from.max(from);
        bounds.to = match (bounds.to, to) {
            (Some(known), Some(to)) => Some(known.min(to)),
            (known, to) => known.or(to),
        };
        true
    }

    fn bound(&self, value: &Operand, kind: MemberType) -> Option<i64> {
        match value {
            Operand::Literal(serde_json::Value::String(text)) if kind == MemberType::Date => {
                moment::parse_day(text)
            }
            Operand::Literal(serde_json::Value::String(text)) => moment::parse(text),
            Operand::Literal(serde_json::Value::Number(number)) if kind != MemberType::Date => {
                number.as_i64()
            }
            Operand::Literal(_) | Operand::Caller(_) | Operand::Field(_) => None,
            Operand::Now { offset_ms } => {
                let ms = self.situation.now_ms.saturating_add(*offset_ms);
                // Dates are compared as if they began at midnight UTC, as form-engine compares them.
                Some(if kind == MemberType::Date { ms.div_euclid(zone::DAY_MS) + 1 } else { ms })
            }
        }
    }

    fn comparison(&mut self, member: MemberId, bounds: &Bounds, zone: Tz) -> Option<Comparison> {
        let is_date = self.kind(member) == MemberType::Date;
        let now = self.situation.now_ms;
        let until_now =
            if is_date { (now + zone::offset_at(zone, now)).div_euclid(zone::DAY_MS) + 1 } else { now + 1 };
        let to = bounds.to.unwrap_or(until_now);
        let Some(from) = bounds.from.filter(|from| *from < to) else {
            let message =
                "the period to compare has no beginning before its end; expected a lower bound in `filters`";
            self.problem("report.compare_unbounded", "/compare", message);
            return None;
        };
        let (previous_from, distance) = previous(from, to, is_date, zone);
        Some(Comparison { member, previous_from, from, to, distance })
    }
}

/// Where the period before begins: whole months for whole months, days for days, else time.
fn previous(from: i64, to: i64, is_date: bool, zone: Tz) -> (i64, Distance) {
    let date_of = |bound: i64| if is_date { date(bound) } else { midnight_of(bound, zone) };
    let place = |date: NaiveDate| if is_date { day_of(date) } else { zone::start_of_day(zone, date) };
    let (Some(first), Some(end)) = (date_of(from), date_of(to)) else {
        return (from - (to - from), Distance::Elapsed(to - from));
    };
    if first.day() == 1 && end.day() == 1 {
        let months =
            i64::from(end.year() - first.year()) * 12 + i64::from(end.month()) - i64::from(first.month());
        let back =
            u32::try_from(months).ok().and_then(|months| first.checked_sub_months(Months::new(months)));
        if let Some(earlier) = back {
            let days = (first - earlier).num_days();
            return (place(earlier), Distance::Months { months, days });
        }
    }
    let days = (end - first).num_days();
    let back = u64::try_from(days).ok().and_then(|days| first.checked_sub_days(Days::new(days)));
    match back {
        Some(earlier) => (place(earlier), Distance::Days(days)),
        None => (from - (to - from), Distance::Elapsed(to - from)),
    }
}

/// The local day that starts at this instant, if one does.
fn midnight_of(instant_ms: i64, zone: Tz) -> Option<NaiveDate> {
    let local = DateTime::from_timestamp_millis(instant_ms + zone::offset_at(zone, instant_ms))?;
    let date = local.date_naive();
    (zone::start_of_day(zone, date) == instant_ms).then_some(date)
}

fn date(day: i64) -> Option<NaiveDate> {
    DateTime::from_timestamp_millis(day.checked_mul(zone::DAY_MS)?).map(|instant| instant.date_naive())
}

fn day_of(date: NaiveDate) -> i64 {
    (date - NaiveDate::default()).num_days()
}

fn is_bound(op: Operator) -> bool {
    matches!(op, Operator::Lt | Operator::Lte | Operator::Gt | Operator::Gte | Operator::Between)
}

/// The parts of which all must hold, with their pointers.
fn conjuncts(filters: Option<&Condition>) -> Vec<(&Condition, String)> {
    let mut found = Vec::new();
    let mut open: Vec<(&Condition, String)> =
        filters.into_iter().map(|filters| (filters, "/filters".to_owned())).collect();
    while let Some((condition, path)) = open.pop() {
        match condition {
            Condition::All(parts) => {
                let below = parts.iter().enumerate().rev();
                open.extend(below.map(|(index, part)| (part, format!("{path}/all/{index}"))));
            }
            Condition::Leaf { .. } | Condition::Any(_) | Condition::Not(_) => found.push((condition, path)),
        }
    }
    found
}
