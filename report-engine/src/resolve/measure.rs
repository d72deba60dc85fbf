//! Measures: which types they take, and what type they give.

use crate::dataset::MemberType;
use crate::definition::{Measure, MeasureKind};
use crate::query::{Aggregate, AggregateKind, Column, Formula, MemberId, Predicate, Shape};

use super::{Resolver, type_word, value_shape};

impl Resolver<'_> {
    pub(super) fn measure(&mut self, measure: &Measure) -> Option<Formula> {
        if let MeasureKind::Ratio(parts) = &measure.kind {
            let [upper, lower] = parts.as_ref();
            let upper = self.aggregate(upper, measure);
            let lower = self.aggregate(lower, measure);
            return Some(Formula::Ratio(upper?, lower?));
        }
        self.aggregate(measure, measure).map(Formula::Single)
    }

    /// One aggregate; `whole` is the measure it stands in, whose filters hold for its parts too.
    fn aggregate(&mut self, part: &Measure, whole: &Measure) -> Option<Aggregate> {
        let before = self.problems.len();
        let mut only = Vec::new();
        let is_part = part.path != whole.path;
        for (filters, path) in [(&part.filters, &part.path), (&whole.filters, &whole.path)]
            .into_iter()
            .take(if is_part { 2 } else { 1 })
        {
            if let Some(condition) = filters {
                only.push(self.condition(condition, &format!("{path}/filters"), false));
            }
        }
        let kind = self.aggregate_kind(part);
        let only = (!only.is_empty()).then_some(Predicate::All(only));
        kind.filter(|_| self.problems.len() == before).map(|kind| Aggregate { kind, only })
    }

    fn aggregate_kind(&mut self, measure: &Measure) -> Option<AggregateKind> {
        let (word, path) = (measure.word, &measure.path);
        let at = format!("{path}/{word}");
        match &measure.kind {
            MeasureKind::Count(None) => Some(AggregateKind::Rows),
            MeasureKind::Count(Some(name)) => self.named(name, &at).map(AggregateKind::Filled),
            MeasureKind::Distinct(name) => self.single(name, &at, word).map(AggregateKind::Distinct),
            MeasureKind::Sum(name) => self.numeric(name, &at, word).map(AggregateKind::Sum),
            MeasureKind::Avg(name) | MeasureKind::Ces(name) => {
                self.numeric(name, &at, word).map(AggregateKind::Avg)
            }
            MeasureKind::Min(name) => self.ordered(name, &at, word).map(AggregateKind::Min),
            MeasureKind::Max(name) => self.ordered(name, &at, word).map(AggregateKind::Max),
            MeasureKind::Percentile { field, p } => {
                self.numeric(field, &at, word).map(|id| AggregateKind::Percentile(id, *p))
            }
            MeasureKind::Share { share, of } => {
                let share_path = format!("{path}/share");
                let predicate = self.condition(share, &share_path, false);
                let of = match of {
                    Some(of) => self.condition(of, &format!("{path}/of"), false),
                    None => self.answered(share),
                };
                Some(AggregateKind::Share { share: predicate, of })
            }
            MeasureKind::Nps(name) => self.numeric(name, &at, word).map(AggregateKind::Nps),
            MeasureKind::Csat(name) => self.numeric(name, &at, word).map(AggregateKind::Csat),
            // The reader refuses a ratio inside a ratio.
            MeasureKind::Ratio(_) => None,
        }
    }

    fn single(&mut self, name: &str, path: &str, what: &str) -> Option<MemberId> {
        self.fitting(name, path, what, "a single value", |kind| kind != MemberType::TextList)
    }

    fn ordered(&mut self, name: &str, path: &str, what: &str) -> Option<MemberId> {
        self.fitting(name, path, what, "a value with an order", MemberType::is_ordered)
    }

    fn fitting(
        &mut self,
        name: &str,
        path: &str,
        what: &str,
        wanted: &str,
        fits: impl Fn(MemberType) -> bool,
    ) -> Option<MemberId> {
        let id = self.named(name, path)?;
        let kind = self.kind(id);
        if fits(kind) {
            return Some(id);
        }
        let message = format!("`{what}` needs {wanted}, found `{name}` of type `{}`", type_word(kind));
        self.problem("report.field_type", path, message);
        None
    }

    pub(super) fn describe_measure(&self, column: &mut Column, formula: &Formula, weighted: bool) {
        let number = (MemberType::Number, Shape::Number);
        (column.kind, column.shape) = match formula {
            Formula::Ratio(..) => number,
            Formula::Single(aggregate) => match aggregate.kind {
                AggregateKind::Rows | AggregateKind::Filled(_) if weighted => number,
                AggregateKind::Rows | AggregateKind::Filled(_) | AggregateKind::Distinct(_) => {
                    (MemberType::Integer, Shape::Integer)
                }
                AggregateKind::Sum(_) if weighted => number,
                AggregateKind::Sum(id) => value_shape(self.kind(id)),
                AggregateKind::Min(id) | AggregateKind::Max(id) => {
                    column.member = Some(self.members[id].name.clone());
                    value_shape(self.kind(id))
                }
                AggregateKind::Avg(_)
                | AggregateKind::Percentile(..)
                | AggregateKind::Share { .. }
                | AggregateKind::Nps(_)
                | AggregateKind::Csat(_) => number,
            },
        };
    }
}
