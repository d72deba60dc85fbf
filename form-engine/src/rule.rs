//! Rules at work: what shows, what is required, what is computed, which options are offered.
//!
//! Fields are settled one after another, each after those its rules read, so a hidden value is
//! gone before anything asks for it. Paths with `*` are settled row by row. A jump is settled as
//! what it is to those who answer: the questions between do not show.

mod compile;
mod jump;
mod offer;
mod order;
mod quiz;
mod trace;
mod wire;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::Value;

use crate::definition::FormDefinition;
use crate::field::Field;
use crate::layout::Page;
#[cfg(feature = "script")]
use crate::script::{Names, Script, ScriptScope};
use crate::{Condition, FieldPath, Problem, Subject, pointer};
use compile::Compiler;
pub(crate) use quiz::Quiz;
pub use trace::{Trace, Traced};

/// A form's rules, compiled.
#[derive(Debug, Default)]
pub(crate) struct Rules {
    /// In the order they are settled.
    pub(crate) targets: Vec<Target>,
    requires: Vec<Clause>,
    pub(crate) quiz: Option<Quiz>,
}

/// Everything that is said about one path.
#[derive(Debug, Default)]
pub(crate) struct Target {
    pub(crate) path: String,
    pub(crate) shows: Vec<Clause>,
    /// With paths, a jump: it counts while one of them shows.
    pub(crate) hides: Vec<Clause>,
    /// Of the options, those chosen at the path are offered.
    pub(crate) chosen: Vec<Clause>,
    /// Of the options, those chosen at the path are not offered.
    pub(crate) not_chosen: Vec<Clause>,
    /// Of the choice, where it does not always offer all of them.
    options: Vec<Value>,
    sets: Vec<(Option<Condition>, Formula)>,
}

/// A rule's condition, and the paths it is about. One shape for all, since a page carries the code that reads it.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Clause {
    pub(crate) when: Option<Condition>,
    pub(crate) paths: Vec<String>,
}

impl Clause {
    fn holds(&self, place: &str, data: &Value) -> bool {
        holds(self.when.as_ref(), place, data)
    }
}

#[cfg(feature = "script")]
type Inputs = ScriptScope;
#[cfg(not(feature = "script"))]
type Inputs = ();

#[derive(Debug)]
enum Formula {
    Literal(Value),
    /// The points of the quiz.
    Total,
    #[cfg(feature = "script")]
    /// `row` are the bare names that stand for members of the row, if the target is in one.
    Script {
        script: Script,
        names: Arc<Names>,
        row: Vec<String>,
    },
}

/// What the rules made of a document.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// Hidden values gone, computed ones in.
    pub data: Value,
    /// Pointers of what does not show; everything below them does not either.
    pub hidden: BTreeSet<String>,
    /// Pointers that rules require.
    pub required: BTreeSet<String>,
    /// Pointers of choices that offer only some of their options, with the places of those in the field's list.
    pub offered: Vec<(String, Vec<usize>)>,
}

impl Outcome {
    /// What no rules make of `data`.
    pub(crate) fn of(data: Value) -> Self {
        Self { data, hidden: BTreeSet::new(), required: BTreeSet::new(), offered: Vec::new() }
    }

    /// The places of the options that are offered at `pointer`; `None` for all of them.
    pub fn offered(&self, pointer: &str) -> Option<&[usize]> {
        self.offered.iter().find(|(place, _)| place == pointer).map(|(_, options)| options.as_slice())
    }

    /// True when what stands at `pointer` shows.
    pub fn shows(&self, pointer: &str) -> bool {
        // Itself or anything above it.
        let above = pointer.match_indices('/').map(|(at, _)| &pointer[..at]).skip(1);
        self.hidden.is_empty() || !above.chain([pointer]).any(|place| self.hidden.contains(place))
    }
}

impl Rules {
    /// Compiles the rules of `definition`, whose leaves have the paths `fields`.
    pub(crate) fn compile(
        definition: &FormDefinition,
        fields: &[Arc<Field>],
        pages: &[Page],
        problems: &mut Vec<Problem>,
    ) -> Self {
        let paths: Vec<&str> = fields.iter().map(|field| field.path.as_str()).collect();
        let quiz = definition.quiz.as_ref().map(|quiz| Quiz::compile(quiz, fields, problems));
        let mut compiler = Compiler { fields: &paths, targets: Vec::new(), problems };
        let mut requires = Vec::new();
        for (index, rule) in definition.rules.iter().enumerate() {
            let at = format!("/rules/{index}");
            compiler.condition(rule.when.as_ref(), &format!("{at}/when"));
            for (name, paths) in [("show", &rule.show), ("hide", &rule.hide), ("require", &rule.require)] {
                for (place, path) in paths.iter().enumerate() {
                    compiler.known(path, &format!("{at}/{name}/{place}"));
                }
            }
            let clause = |paths: &[String]| Clause { when: rule.when.clone(), paths: paths.to_vec() };
            rule.show.iter().for_each(|path| compiler.target(path).shows.push(clause(&[])));
            rule.hide.iter().for_each(|path| compiler.target(path).hides.push(clause(&[])));
            if let Some(setting) = &rule.set {
                compiler.known(&setting.field, &format!("{at}/set"));
                if let Some(formula) = compiler.formula(&setting.field, &setting.to, &format!("{at}/to")) {
                    compiler.target(&setting.field).sets.push((rule.when.clone(), formula));
                }
            }
            if !rule.require.is_empty() {
                requires.push(clause(&rule.require));
            }
            if let Some(offer) = &rule.offer {
                compiler.offer(offer, rule.when.as_ref(), fields, &at);
            }
        }
        jump::compile(definition, pages, &mut compiler);
        if let Some(total) = definition.quiz.as_ref().and_then(|quiz| quiz.total.as_ref()) {
            compiler.known(total, "/quiz/total");
            compiler.target(total).sets.push((None, Formula::Total));
        }
        let targets = order::ordered(compiler.targets, quiz.as_ref(), problems);
        Self { targets, requires, quiz }
    }

    /// True when there is nothing to settle.
    #[cfg(feature = "schema")]
    pub(crate) fn is_empty(&self) -> bool {
        self.targets.is_empty() && self.requires.is_empty()
    }

    /// Paths that some rule can hide.
    pub(crate) fn hideable(&self) -> impl Iterator<Item = &str> {
        self.targets.iter().filter(|target| target.can_hide()).map(|target| target.path.as_str())
    }

    /// Settles every rule on `data`.
    pub(crate) fn apply(&self, data: Value) -> Outcome {
        let mut outcome = Outcome::of(data);
        for target in &self.targets {
            let mut inputs = target.inputs(&outcome.data);
            for place in pointer::expand(&outcome.data, &target.path) {
                if outcome.shows(&place) {
                    target.settle(&place, &mut inputs, self.quiz.as_ref(), &mut outcome);
                }
            }
        }
        for clause in &self.requires {
            for place in clause.paths.iter().flat_map(|path| pointer::expand(&outcome.data, path)) {
                if outcome.shows(&place) && clause.holds(&place, &outcome.data) {
                    outcome.required.insert(place);
                }
            }
        }
        outcome
    }
}

impl Target {
    /// True when some rule may hide it.
    pub(crate) fn can_hide(&self) -> bool {
        [&self.shows, &self.hides, &self.chosen, &self.not_chosen]
            .into_iter()
            .any(|clauses| !clauses.is_empty())
    }

    /// What it says about whether it shows and what it offers, as JSON to compare.
    pub(crate) fn clauses(&self) -> Value {
        let lists =
            [&self.shows, &self.hides, &self.chosen, &self.not_chosen].map(|clauses| wire::clauses(clauses));
        if self.can_hide() { lists.into_iter().collect() } else { Value::Array(Vec::new()) }
    }

    /// Every path the conditions of [`Target::clauses`] read.
    pub(crate) fn reads(&self) -> Vec<String> {
        let clauses = self.shows.iter().chain(&self.hides).chain(&self.chosen).chain(&self.not_chosen);
        let read = |when: &Condition| {
            when.fields().into_iter().map(|path| path.as_str().to_owned()).collect::<Vec<_>>()
        };
        clauses
            .flat_map(|clause| clause.when.iter().flat_map(read).chain(clause.paths.iter().cloned()))
            .collect()
    }

    /// The scope of each formula, made once: rows only change the names of the row.
    #[cfg(feature = "script")]
    fn inputs(&self, data: &Value) -> Vec<Option<ScriptScope>> {
        let scope = |formula: &Formula| match formula {
            Formula::Literal(_) | Formula::Total => None,
            Formula::Script { names, .. } => {
                let mut scope = ScriptScope::new(names);
                scope.set_data(data);
                Some(scope)
            }
        };
        self.sets.iter().map(|(_, formula)| scope(formula)).collect()
    }

    #[cfg(not(feature = "script"))]
    fn inputs(&self, _data: &Value) -> Vec<Option<()>> {
        vec![None; self.sets.len()]
    }

    fn settle(&self, place: &str, inputs: &mut [Option<Inputs>], quiz: Option<&Quiz>, outcome: &mut Outcome) {
        let any = |clauses: &[Clause]| {
            clauses.iter().any(|clause| {
                let counts = clause.paths.is_empty() || clause.paths.iter().any(|path| outcome.shows(path));
                counts && clause.holds(place, &outcome.data)
            })
        };
        let shown = self.shows.is_empty() || any(&self.shows);
        let offered = self.offered(place, &outcome.data);
        // A choice of nothing is not asked.
        let nothing = offered.as_ref().is_some_and(Vec::is_empty);
        if !shown || nothing || any(&self.hides) {
            pointer::remove(&mut outcome.data, place);
            outcome.hidden.insert(place.to_owned());
            return;
        }
        if let Some(offered) = offered {
            outcome.offered.push((place.to_owned(), offered));
        }
        for ((when, formula), inputs) in self.sets.iter().zip(inputs) {
            // Where a list is expected and an object stands, there is no row to set anything in.
            let is_row = !place.split('/').any(|token| token == "*");
            if !is_row || !holds(when.as_ref(), place, &outcome.data) {
                continue;
            }
            // A formula that lacks its inputs has no value.
            match formula.value(place, inputs.as_mut(), quiz, &outcome.data) {
                Some(value) if !value.is_null() => {
                    pointer::set(&mut outcome.data, place, value);
                }
                Some(_) | None => {
                    pointer::remove(&mut outcome.data, place);
                }
            }
        }
    }
}

impl Formula {
    #[cfg_attr(not(feature = "script"), expect(unused_variables, reason = "literals look at nothing"))]
    fn value(
        &self,
        place: &str,
        inputs: Option<&mut Inputs>,
        quiz: Option<&Quiz>,
        data: &Value,
    ) -> Option<Value> {
        match self {
            Self::Literal(value) => Some(value.clone()),
            Self::Total => crate::number::from_f64(quiz?.total(data)?).map(Value::Number),
            #[cfg(feature = "script")]
            Self::Script { script, row, .. } => {
                let scope = inputs?;
                // In a row, bare names are the row's.
                let members = pointer::get(data, row_of(place));
                for name in row {
                    let value = members.and_then(|members| members.get(name)).unwrap_or(&Value::Null);
                    scope.set(name, value);
                }
                script.evaluate(scope).ok()
            }
        }
    }
}

/// The pointer of the group or row that `place` stands in.
#[cfg(feature = "script")]
fn row_of(place: &str) -> &str {
    place.rsplit_once('/').map_or("", |(row, _)| row)
}

/// Whether a rule about `place` applies: its `*`s are the rows that `place` stands in.
fn holds(when: Option<&Condition>, place: &str, data: &Value) -> bool {
    when.is_none_or(|when| bound(when, place).evaluate(&Subject::of(data)))
}

fn bound<'c>(condition: &'c Condition, place: &str) -> Cow<'c, Condition> {
    let rows = |path: &FieldPath| matches!(path, FieldPath::Document(text) if text.contains("/*"));
    if !condition.fields().into_iter().any(rows) {
        return Cow::Borrowed(condition);
    }
    Cow::Owned(match condition {
        Condition::Leaf { field: FieldPath::Document(path), op, value } => Condition::Leaf {
            field: FieldPath::Document(pointer::beside(path, place)),
            op: *op,
            value: value.clone(),
        },
        Condition::Leaf { .. } => condition.clone(),
        Condition::All(parts) => {
            Condition::All(parts.iter().map(|part| bound(part, place).into_owned()).collect())
        }
        Condition::Any(parts) => {
            Condition::Any(parts.iter().map(|part| bound(part, place).into_owned()).collect())
        }
        Condition::Not(part) => Condition::Not(Box::new(bound(part, place).into_owned())),
    })
}
