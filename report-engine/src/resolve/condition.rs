//! Conditions with names resolved, and times and callers turned into plain values.
//!
//! Mirrors form-engine's evaluation on documents leaf by leaf; where that finds a comparison that
//! can never hold because of its types, this refuses it instead.

use form_engine::{CallerPart, Condition, FieldPath, Operand, Operator, moment};
use serde_json::Value;

use crate::dataset::{MemberType, Source};
use crate::definition::shown;
use crate::query::{Comparator, MemberId, Predicate, Scalar, Side};

use super::{Resolver, type_word};

/// What a leaf compares with, once caller and time are known.
enum Comparand<'a> {
    Value(std::borrow::Cow<'a, Value>),
    Instant(i64),
    Field(&'a FieldPath),
    Missing,
}

/// What stands for a part that was refused.
const REFUSED: Predicate = Predicate::Any(Vec::new());

impl Resolver<'_> {
    /// Resolves the condition at `path`; `trusted` ones are the server's own and see hidden members.
    pub(super) fn condition(&mut self, condition: &Condition, path: &str, trusted: bool) -> Predicate {
        let mut parts = |parts: &[Condition], word: &str| -> Vec<Predicate> {
            let each = parts.iter().enumerate();
            each.map(|(index, part)| self.condition(part, &format!("{path}/{word}/{index}"), trusted))
                .collect()
        };
        match condition {
            Condition::All(conditions) => Predicate::All(parts(conditions, "all")),
            Condition::Any(conditions) => Predicate::Any(parts(conditions, "any")),
            Condition::Not(part) => {
                Predicate::Not(Box::new(self.condition(part, &format!("{path}/not"), trusted)))
            }
            Condition::Leaf { field, op, value } => {
                let at = format!("{path}/field");
                let member = self.leaf_member(field, &at, trusted);
                member.and_then(|member| self.leaf(member, *op, value, path, trusted)).unwrap_or(REFUSED)
            }
        }
    }

    /// True where every member the condition names has a value: the rows a share is of.
    pub(super) fn answered(&mut self, condition: &Condition) -> Predicate {
        let mut parts = Vec::new();
        for field in condition.fields() {
            // Unknown members have been refused with the share itself.
            if let Some(member) = self.any(field.as_str()) {
                let part = Predicate::Not(Box::new(Predicate::Missing(member)));
                if !parts.contains(&part) {
                    parts.push(part);
                }
            }
        }
        Predicate::All(parts)
    }

    fn leaf_member(&mut self, field: &FieldPath, path: &str, trusted: bool) -> Option<MemberId> {
        let name = field.as_str();
        if trusted && self.dataset.member(name).is_some() { self.any(name) } else { self.named(name, path) }
    }

    fn leaf(
        &mut self,
        member: MemberId,
        op: Operator,
        operand: &Operand,
        path: &str,
        trusted: bool,
    ) -> Option<Predicate> {
        if op == Operator::Empty {
            return Some(Predicate::Missing(member));
        }
        match self.comparand(operand) {
            Comparand::Missing => Some(constant(op.of_missing())),
            Comparand::Instant(ms) => self.against_instant(member, op, ms, path),
            Comparand::Field(field) => {
                let other = self.leaf_member(field, &format!("{path}/value/field"), trusted)?;
                self.against_field(member, op, other, path)
            }
            Comparand::Value(value) => self.against_value(member, op, &value, path),
        }
    }

    fn comparand<'v>(&self, operand: &'v Operand) -> Comparand<'v> {
        let owned = |value: Value| Comparand::Value(std::borrow::Cow::Owned(value));
        match operand {
            Operand::Literal(Value::Null) => Comparand::Missing,
            Operand::Literal(value) => Comparand::Value(std::borrow::Cow::Borrowed(value)),
            Operand::Now { offset_ms } => {
                Comparand::Instant(self.situation.now_ms.saturating_add(*offset_ms))
            }
            Operand::Field(field) => Comparand::Field(field),
            Operand::Caller(part) => match (&self.situation.caller, part) {
                (None, CallerPart::Id | CallerPart::Department | CallerPart::DepartmentsBelow) => {
                    Comparand::Missing
                }
                (Some(caller), CallerPart::Id) => owned(caller.id.as_str().into()),
                (Some(caller), CallerPart::Department) => {
                    caller.department.as_deref().map_or(Comparand::Missing, |key| owned(key.into()))
                }
                (Some(caller), CallerPart::DepartmentsBelow) => {
                    owned(caller.departments_below.clone().into())
                }
            },
        }
    }

    fn against_value(
        &mut self,
        member: MemberId,
        op: Operator,
        value: &Value,
        path: &str,
    ) -> Option<Predicate> {
        let kind = self.kind(member);
        if !op_fits(op, kind) {
            return self.unfit(member, op, path);
        }
        let at = format!("{path}/value");
        let mut scalars = Vec::new();
        match value {
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    scalars.push(self.scalar(member, item, &format!("{at}/{index}")));
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_) => {
                scalars.push(self.scalar(member, value, &at));
            }
        }
        let scalars: Vec<Scalar> = scalars.into_iter().collect::<Option<_>>()?;
        let first = || scalars.first().cloned();
        let compare =
            |comparator, scalar| Predicate::Compare(Side::Member(member), comparator, Side::Value(scalar));
        Some(match op {
            Operator::Eq => compare(Comparator::Eq, first()?),
            Operator::Ne => not(compare(Comparator::Eq, first()?)),
            Operator::Lt => compare(Comparator::Lt, first()?),
            Operator::Lte => compare(Comparator::Lte, first()?),
            Operator::Gt => compare(Comparator::Gt, first()?),
            Operator::Gte => compare(Comparator::Gte, first()?),
            Operator::In => Predicate::OneOf(member, scalars),
            Operator::NotIn => not(Predicate::OneOf(member, scalars)),
            Operator::Between => match &scalars[..] {
                [low, high] => Predicate::All(vec![
                    compare(Comparator::Gte, low.clone()),
                    compare(Comparator::Lte, high.clone()),
                ]),
                // The condition's reader wants two bounds; another count comes from a caller's list.
                _ => constant(false),
            },
            Operator::Contains => self.contains(member, first()?),
            Operator::StartsWith => Predicate::StartsWith(Side::Member(member), Side::Value(first()?)),
            Operator::AnyOf => self.holds_one(member, scalars),
            Operator::NoneOf => not(self.holds_one(member, scalars)),
            Operator::AllOf => {
                let each = scalars.into_iter().map(|scalar| self.holds_one(member, vec![scalar]));
                let mut all: Vec<Predicate> = each.collect();
                all.push(not(Predicate::Missing(member)));
                Predicate::All(all)
            }
            // Answered before the comparand was looked at.
            Operator::Empty => Predicate::Missing(member),
        })
    }

    /// A choice of several holds one of the values; a single value is a list of one.
    fn holds_one(&mut self, member: MemberId, scalars: Vec<Scalar>) -> Predicate {
        let is_list = self.kind(member) == MemberType::TextList;
        if !is_list && !matches!(self.members[member].source, Source::Json { .. }) {
            return Predicate::OneOf(member, scalars);
        }
        let in_list = Predicate::Has(self.view(member, MemberType::TextList), scalars.clone());
        // The list view takes a single text for a list of one, but no number.
        if is_list { in_list } else { Predicate::Any(vec![Predicate::OneOf(member, scalars), in_list]) }
    }

    /// A text holds the text, or a list the value: a document may have either.
    fn contains(&mut self, member: MemberId, scalar: Scalar) -> Predicate {
        if !self.may_be_list(member) {
            return Predicate::Contains(Side::Member(member), Side::Value(scalar));
        }
        let (text, list) = (self.view(member, MemberType::Text), self.view(member, MemberType::TextList));
        Predicate::Any(vec![
            Predicate::Contains(Side::Member(text), Side::Value(scalar.clone())),
            Predicate::Has(list, vec![scalar]),
        ])
    }

    /// Texts and lists of a document, where an older version may have held the other.
    fn may_be_list(&self, member: MemberId) -> bool {
        let member = &self.members[member];
        let is_text = match member.kind {
            MemberType::Text | MemberType::Date | MemberType::DateTime | MemberType::TextList => true,
            MemberType::Integer | MemberType::Number | MemberType::Boolean => false,
        };
        is_text && matches!(member.source, Source::Json { .. })
    }

    fn against_instant(&mut self, member: MemberId, op: Operator, ms: i64, path: &str) -> Option<Predicate> {
        let left = if self.members[member].is_stored_instant() {
            Side::Member(member)
        } else {
            match self.kind(member) {
                MemberType::Text | MemberType::Date | MemberType::DateTime => {
                    Side::InstantOf(self.view(member, MemberType::Text))
                }
                MemberType::Integer | MemberType::Number | MemberType::Boolean | MemberType::TextList => {
                    return self.unfit(member, op, path);
                }
            }
        };
        let Some((comparator, negated)) = comparator(op) else { return self.unfit(member, op, path) };
        let mut compared = Predicate::Compare(left, comparator, Side::Value(Scalar::Instant(ms)));
        if matches!(self.members[member].source, Source::Json { .. }) {
            // A number where a text is expected is taken as milliseconds, as in memory.
            let number = Side::Member(self.view(member, MemberType::Number));
            #[expect(clippy::cast_precision_loss, reason = "instants of calendars stay below 2^53")]
            let instant = Side::Value(Scalar::Number(ms as f64));
            compared = Predicate::Any(vec![compared, Predicate::Compare(number, comparator, instant)]);
        }
        Some(if negated { not(compared) } else { compared })
    }

    fn against_field(
        &mut self,
        member: MemberId,
        op: Operator,
        other: MemberId,
        path: &str,
    ) -> Option<Predicate> {
        let (left, right) = match (self.comparable(member), self.comparable(other)) {
            (Some(left), Some(right)) if left == right => (Side::Member(member), Side::Member(other)),
            (Some("instant"), Some("text")) => {
                (Side::Member(member), Side::InstantOf(self.view(other, MemberType::Text)))
            }
            (_, _) => {
                let (ours, theirs) = (type_word(self.kind(member)), type_word(self.kind(other)));
                let message = format!(
                    "`{}` of type `{ours}` cannot be compared with `{}` of type `{theirs}`",
                    self.members[member].name, self.members[other].name
                );
                self.problem("report.value_type", &format!("{path}/value/field"), message);
                return None;
            }
        };
        let is_text = self.comparable(member) == Some("text");
        match (op, comparator(op)) {
            (Operator::Contains, _) if is_text => Some(Predicate::Contains(left, right)),
            (Operator::StartsWith, _) if is_text => Some(Predicate::StartsWith(left, right)),
            (_, Some((comparator, negated))) if op_fits(op, self.kind(member)) => {
                let compared = Predicate::Compare(left, comparator, right);
                Some(if negated { not(compared) } else { compared })
            }
            (_, _) => self.unfit(member, op, path),
        }
    }

    /// Values with the same word can be compared with each other.
    fn comparable(&self, member: MemberId) -> Option<&'static str> {
        let member = &self.members[member];
        match member.kind {
            _ if member.is_stored_instant() => Some("instant"),
            MemberType::Integer | MemberType::Number => Some("number"),
            MemberType::Boolean => Some("boolean"),
            MemberType::Text | MemberType::Date | MemberType::DateTime => Some("text"),
            MemberType::TextList => None,
        }
    }

    /// The literal as a value of the member's type.
    fn scalar(&mut self, member: MemberId, value: &Value, path: &str) -> Option<Scalar> {
        let stored_instant = self.members[member].is_stored_instant();
        let kind = self.kind(member);
        let scalar = match (kind, value) {
            (MemberType::DateTime, Value::String(text)) if stored_instant => {
                moment::parse(text).map(Scalar::Instant)
            }
            (MemberType::DateTime, Value::Number(number)) if stored_instant => {
                number.as_i64().map(Scalar::Instant)
            }
            (
                MemberType::Text | MemberType::Date | MemberType::DateTime | MemberType::TextList,
                Value::String(text),
            ) => Some(Scalar::Text(text.clone())),
            (MemberType::Integer | MemberType::Number | MemberType::TextList, Value::Number(number)) => {
                number.as_f64().map(Scalar::Number)
            }
            (MemberType::Boolean, Value::Bool(truth)) => Some(Scalar::Boolean(*truth)),
            (_, _) => None,
        };
        if scalar.is_none() {
            let name = &self.members[member].name;
            let message = format!(
                "`{name}` is of type `{}`; expected such a value, found `{}`",
                type_word(kind),
                shown(value)
            );
            self.problem("report.value_type", path, message);
        }
        scalar
    }

    fn unfit<T>(&mut self, member: MemberId, op: Operator, path: &str) -> Option<T> {
        let member = &self.members[member];
        let message =
            format!("`{}` does not fit `{}` of type `{}`", op.as_str(), member.name, type_word(member.kind));
        self.problem("report.operator", &format!("{path}/op"), message);
        None
    }
}

fn constant(truth: bool) -> Predicate {
    if truth { Predicate::All(Vec::new()) } else { Predicate::Any(Vec::new()) }
}

fn not(predicate: Predicate) -> Predicate {
    Predicate::Not(Box::new(predicate))
}

/// Which operators can hold for values of a type.
fn op_fits(op: Operator, kind: MemberType) -> bool {
    match op {
        Operator::Empty | Operator::AnyOf | Operator::AllOf | Operator::NoneOf => true,
        Operator::Eq | Operator::Ne | Operator::In | Operator::NotIn => kind != MemberType::TextList,
        Operator::Lt | Operator::Lte | Operator::Gt | Operator::Gte | Operator::Between => kind.is_ordered(),
        Operator::Contains => {
            matches!(kind, MemberType::Text | MemberType::TextList | MemberType::Date | MemberType::DateTime)
        }
        Operator::StartsWith => {
            matches!(kind, MemberType::Text | MemberType::Date | MemberType::DateTime)
        }
    }
}

/// The comparison with a single value that an operator makes, and whether it is turned round.
fn comparator(op: Operator) -> Option<(Comparator, bool)> {
    match op {
        Operator::Eq | Operator::In | Operator::AnyOf | Operator::AllOf => Some((Comparator::Eq, false)),
        Operator::Ne | Operator::NotIn | Operator::NoneOf => Some((Comparator::Eq, true)),
        Operator::Lt => Some((Comparator::Lt, false)),
        Operator::Lte => Some((Comparator::Lte, false)),
        Operator::Gt => Some((Comparator::Gt, false)),
        Operator::Gte => Some((Comparator::Gte, false)),
        Operator::Contains | Operator::StartsWith | Operator::Between | Operator::Empty => None,
    }
}
