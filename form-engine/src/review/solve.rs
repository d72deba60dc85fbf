//! Can a condition hold? Decided by trying the values that could matter.
//!
//! A condition is written out as alternatives of comparisons. One alternative is possible if, field by field, some value
//! the schema takes satisfies all its comparisons; fields are independent but for this: a comparison that needs a value
//! needs its field to show. Wherever the answer is not certain, it is "possible".

use std::cell::Cell;

use serde_json::{Map, Number, Value};

use crate::field::Field;
use crate::form::Form;
use crate::rule::Clause;
use crate::{Condition, FieldPath, Operand, Operator, Subject, number, pointer};

/// More alternatives than this are not looked at.
const MAX_TERMS: usize = 128;
/// A question is written out in so many parts.
const MAX_PARTS: usize = 300;
/// So many values are tried for one form.
const MAX_TRIALS: usize = 20_000;
/// Rules about rules are followed this far.
const MAX_DEPTH: usize = 6;
/// All subsets of so many options are tried.
const MAX_SUBSETS: usize = 8;

/// A condition in which only comparisons are denied.
#[derive(Debug, Clone)]
pub(super) enum Formula<'f> {
    Leaf(Literal<'f>),
    All(Vec<Formula<'f>>),
    Any(Vec<Formula<'f>>),
    /// Something this cannot follow: it may hold, and so may its opposite.
    Maybe,
}

/// A comparison that holds, or does not.
#[derive(Debug, Clone, Copy)]
pub(super) struct Literal<'f> {
    field: &'f str,
    op: Operator,
    value: &'f Operand,
    holds: bool,
}

impl<'f> Formula<'f> {
    fn certain(truth: bool) -> Self {
        if truth { Self::All(Vec::new()) } else { Self::Any(Vec::new()) }
    }

    /// The opposite.
    pub(super) fn not(formula: Self) -> Self {
        match formula {
            Self::Leaf(literal) => Self::Leaf(Literal { holds: !literal.holds, ..literal }),
            Self::All(parts) => Self::Any(parts.into_iter().map(Self::not).collect()),
            Self::Any(parts) => Self::All(parts.into_iter().map(Self::not).collect()),
            Self::Maybe => Self::Maybe,
        }
    }

    fn of(condition: &'f Condition) -> Self {
        match condition {
            Condition::Leaf { field: FieldPath::Document(field), op, value } => {
                Self::Leaf(Literal { field, op: *op, value, holds: true })
            }
            // A column may hold anything.
            Condition::Leaf { field: FieldPath::Column(_), .. } => Self::Maybe,
            Condition::All(parts) => Self::All(parts.iter().map(Self::of).collect()),
            Condition::Any(parts) => Self::Any(parts.iter().map(Self::of).collect()),
            Condition::Not(part) => Self::not(Self::of(part)),
        }
    }
}

/// Answers for one form.
pub(super) struct Solver<'f> {
    form: &'f Form,
    /// Parts of one question that may still be written out.
    room: Cell<usize>,
    /// Values that may still be tried, for all questions together.
    trials: Cell<usize>,
}

impl<'f> Solver<'f> {
    pub(super) fn new(form: &'f Form) -> Self {
        Self { form, room: Cell::new(MAX_PARTS), trials: Cell::new(MAX_TRIALS) }
    }

    /// `condition`, with what its comparisons need to have a value.
    pub(super) fn holds(&self, condition: &'f Condition) -> Formula<'f> {
        self.room.set(MAX_PARTS);
        self.coupled(Formula::of(condition), MAX_DEPTH)
    }

    /// That what stands at `path` shows.
    pub(super) fn visible(&self, path: &str) -> Formula<'f> {
        self.room.set(MAX_PARTS);
        self.shown(path, MAX_DEPTH)
    }

    /// A comparison that is false of a missing value needs its field to show.
    fn coupled(&self, formula: Formula<'f>, depth: usize) -> Formula<'f> {
        match formula {
            Formula::Leaf(literal) if depth > 0 && literal.holds != literal.op.of_missing() => {
                Formula::All(vec![Formula::Leaf(literal), self.shown(literal.field, depth - 1)])
            }
            Formula::Leaf(literal) => Formula::Leaf(literal),
            Formula::Maybe => Formula::Maybe,
            Formula::All(parts) => {
                Formula::All(parts.into_iter().map(|part| self.coupled(part, depth)).collect())
            }
            Formula::Any(parts) => {
                Formula::Any(parts.into_iter().map(|part| self.coupled(part, depth)).collect())
            }
        }
    }

    fn shown(&self, path: &str, depth: usize) -> Formula<'f> {
        // In a row, each rule speaks of the row: which of them, this does not follow.
        if depth == 0 || path.contains("/*") || !spend(&self.room) {
            return Formula::Maybe;
        }
        let mut parts = Vec::new();
        for target in self.form.rules.targets.iter().filter(|target| pointer::is_within(path, &target.path)) {
            if !target.shows.is_empty() {
                parts
                    .push(Formula::Any(target.shows.iter().map(|clause| self.when(clause, depth)).collect()));
            }
            for clause in &target.hides {
                let mut away = vec![self.never(clause, depth)];
                if !clause.paths.is_empty() {
                    let passed = clause.paths.iter().map(|path| self.gone(path, depth - 1)).collect();
                    away.push(Formula::All(passed));
                }
                parts.push(Formula::Any(away));
            }
            for clause in &target.chosen {
                // Of nothing chosen, nothing is offered.
                let from = clause.paths.iter().map(|path| self.shown(path, depth - 1));
                let mut needs = vec![self.never(clause, depth)];
                needs.push(Formula::All(from.collect()));
                parts.push(Formula::Any(needs));
            }
        }
        Formula::All(parts)
    }

    fn when(&self, clause: &'f Clause, depth: usize) -> Formula<'f> {
        let when = clause.when.as_ref().map_or(Formula::certain(true), Formula::of);
        self.coupled(when, depth)
    }

    /// That the clause's condition does not hold.
    fn never(&self, clause: &'f Clause, depth: usize) -> Formula<'f> {
        let when = clause.when.as_ref().map_or(Formula::certain(true), Formula::of);
        self.coupled(Formula::not(when), depth)
    }

    /// That what stands at `path` does not show; possible unless no rule speaks of it.
    fn gone(&self, path: &str, depth: usize) -> Formula<'f> {
        if depth == 0 || path.contains("/*") || !spend(&self.room) {
            return Formula::Maybe;
        }
        let mut ways = Vec::new();
        for target in self.form.rules.targets.iter().filter(|target| pointer::is_within(path, &target.path)) {
            if !target.chosen.is_empty() || !target.not_chosen.is_empty() {
                return Formula::Maybe;
            }
            if !target.shows.is_empty() {
                ways.push(Formula::All(
                    target.shows.iter().map(|clause| self.never(clause, depth)).collect(),
                ));
            }
            for clause in &target.hides {
                let mut parts = vec![self.when(clause, depth)];
                if !clause.paths.is_empty() {
                    let open = clause.paths.iter().map(|path| self.shown(path, depth - 1)).collect();
                    parts.push(Formula::Any(open));
                }
                ways.push(Formula::All(parts));
            }
        }
        Formula::Any(ways)
    }

    /// False only when it is certain that nothing satisfies it.
    pub(super) fn satisfiable(&self, formula: &Formula<'f>) -> bool {
        self.terms(formula).is_none_or(|terms| !terms.is_empty())
    }

    /// The possible alternatives; `None` when there are too many to look at.
    fn terms(&self, formula: &Formula<'f>) -> Option<Vec<Vec<Literal<'f>>>> {
        match formula {
            Formula::Maybe => Some(vec![Vec::new()]),
            Formula::Leaf(literal) => {
                let term = vec![*literal];
                Some(if self.possible(&term) { vec![term] } else { Vec::new() })
            }
            Formula::Any(parts) => {
                let mut all = Vec::new();
                for part in parts {
                    let terms = self.terms(part)?;
                    // What always holds needs no further alternatives.
                    if terms.iter().any(Vec::is_empty) {
                        return Some(vec![Vec::new()]);
                    }
                    all.extend(terms);
                    if all.len() > MAX_TERMS {
                        return None;
                    }
                }
                Some(all)
            }
            Formula::All(parts) => {
                let mut all = vec![Vec::new()];
                for part in parts {
                    let terms = self.terms(part)?;
                    if all.len() * terms.len() > MAX_TERMS {
                        return None;
                    }
                    let joined = all.iter().flat_map(|left| {
                        terms.iter().map(move |right| left.iter().chain(right).copied().collect::<Vec<_>>())
                    });
                    all = joined.filter(|term| self.possible(term)).collect();
                    if all.is_empty() {
                        break;
                    }
                }
                Some(all)
            }
        }
    }

    /// Field by field: some value satisfies every comparison.
    fn possible(&self, term: &[Literal<'f>]) -> bool {
        let mut done: Vec<&str> = Vec::new();
        for literal in term {
            if done.contains(&literal.field) {
                continue;
            }
            done.push(literal.field);
            let about: Vec<Literal<'f>> =
                term.iter().filter(|one| one.field == literal.field).copied().collect();
            if !self.has_value(literal.field, &about) {
                return false;
            }
        }
        true
    }

    fn has_value(&self, path: &str, literals: &[Literal<'f>]) -> bool {
        let compares = |literal: &&Literal<'f>| matches!(literal.value, Operand::Literal(_));
        let literals: Vec<&Literal<'f>> = literals.iter().filter(compares).collect();
        if self.trials.get() == 0 {
            return true;
        }
        // Another element may satisfy another comparison.
        if path.contains("/*") || literals.is_empty() {
            return true;
        }
        let Some(field) = self.form.fields().iter().find(|field| field.path == path) else { return true };
        let Some(mut values) = candidates(field, &literals) else { return true };
        values.push(Value::Null);
        let evaluates = |value: &Value| {
            let mut document = Value::Object(Map::new());
            pointer::set(&mut document, path, value.clone());
            literals.iter().all(|literal| {
                let condition = Condition::Leaf {
                    field: FieldPath::Document(path.to_owned()),
                    op: literal.op,
                    value: literal.value.clone(),
                };
                condition.evaluate(&Subject::of(&document)) == literal.holds
            })
        };
        values.iter().any(|value| !spend(&self.trials) || evaluates(value))
    }
}

/// Values that stand for all others as far as `literals` can tell; `None` when there are no such few.
fn candidates(field: &Field, literals: &[&Literal<'_>]) -> Option<Vec<Value>> {
    let types = field.types;
    if !field.options.is_empty() {
        let options: Vec<Value> = field.options.iter().map(|option| option.value.clone()).collect();
        return if types.array { subsets(field, &options) } else { Some(options) };
    }
    if types.boolean && types.only() == Some("boolean") {
        return Some(vec![true.into(), false.into()]);
    }
    match types.only() {
        Some("integer" | "number") => Some(numbers(field, literals)),
        // What has to be one of some values is one of them.
        Some("text") => {
            let exact =
                |literal: &&&Literal<'_>| literal.holds && matches!(literal.op, Operator::Eq | Operator::In);
            match literals.iter().find(exact) {
                Some(literal) => Some(constants(literal)),
                None => literals.iter().any(|one| one.holds && one.op == Operator::Empty).then(Vec::new),
            }
        }
        _ => None,
    }
}

fn constants(literal: &Literal<'_>) -> Vec<Value> {
    match literal.value {
        Operand::Literal(Value::Array(values)) => values.clone(),
        Operand::Literal(value) => vec![value.clone()],
        Operand::Now { .. } | Operand::Caller(_) | Operand::Field(_) => Vec::new(),
    }
}

fn subsets(field: &Field, options: &[Value]) -> Option<Vec<Value>> {
    if options.len() > MAX_SUBSETS {
        return None;
    }
    let sets = (0_u32..1 << options.len()).map(|mask| {
        let taken = options.iter().enumerate().filter(|(index, _)| mask >> index & 1 == 1);
        taken.map(|(_, option)| option.clone()).collect::<Vec<_>>()
    });
    let fits = |set: &Vec<Value>| {
        let size = set.len() as u64;
        field.min_items.is_none_or(|min| size >= min) && field.max_items.is_none_or(|max| size <= max)
    };
    Some(sets.filter(fits).map(Value::from).collect())
}

/// Every number compared with, what lies just beside it, and the ends of the field's own range.
fn numbers(field: &Field, literals: &[&Literal<'_>]) -> Vec<Value> {
    let mut marks: Vec<f64> =
        literals.iter().flat_map(|literal| constants(literal)).filter_map(|one| one.as_f64()).collect();
    let scale = field.scale().filter(|_| field.explicit);
    let bounds = [&field.min, &field.max].map(|bound| bound.as_ref().and_then(|bound| bound.limit.as_f64()));
    marks.extend(bounds.into_iter().flatten());
    marks.extend(scale.into_iter().flat_map(|(low, high)| [low as f64, high as f64]));
    marks.push(0.0);
    marks.sort_by(f64::total_cmp);
    let between: Vec<f64> = marks.windows(2).map(|pair| f64::midpoint(pair[0], pair[1])).collect();
    let around = marks
        .iter()
        .flat_map(|mark| [*mark, mark.floor() - 1.0, mark.floor(), mark.ceil(), mark.ceil() + 1.0]);
    let all: Vec<f64> = around.chain(between).collect();
    let fits = |found: &f64| {
        let whole = found.fract() == 0.0 || !(field.is_integer() || scale.is_some());
        let in_scale = scale.is_none_or(|(low, high)| (low as f64..=high as f64).contains(found));
        whole && in_scale && number::from_f64(*found).is_some_and(|number| in_bounds(field, &number))
    };
    let numbers = all.into_iter().filter(fits).filter_map(number::from_f64);
    numbers.map(Value::Number).collect()
}

fn in_bounds(field: &Field, number: &Number) -> bool {
    let wrong = |bound: &crate::Bound, order: std::cmp::Ordering| {
        let found = number::compare(number, &bound.limit);
        found == Some(order) || (found == Some(std::cmp::Ordering::Equal) && !bound.inclusive)
    };
    !field.min.as_ref().is_some_and(|bound| wrong(bound, std::cmp::Ordering::Less))
        && !field.max.as_ref().is_some_and(|bound| wrong(bound, std::cmp::Ordering::Greater))
}

/// False when nothing is left.
fn spend(budget: &Cell<usize>) -> bool {
    let left = budget.get();
    budget.set(left.saturating_sub(1));
    left > 0
}
