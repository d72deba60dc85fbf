//! Compiled rules as JSON, for a page to carry: `{"targets": […], "requires": […], "quiz": …}`.
//!
//! Written by our own server for our own module, so reading it back tells only whether it worked.
//! Formulas stay on the server; what they compute is settled there.

use serde_json::{Value, json};

use super::{Clause, Formula, Quiz, Rules, Target};
use crate::Condition;

impl Rules {
    pub(crate) fn to_value(&self) -> Value {
        let targets: Vec<Value> = self.targets.iter().map(Target::to_value).collect();
        let quiz = self.quiz.as_ref().map(Quiz::to_value);
        json!({"targets": targets, "requires": clauses(&self.requires), "quiz": quiz})
    }

    pub(crate) fn read(value: &Value) -> Option<Self> {
        let targets = value.get("targets")?.as_array()?.iter().map(Target::read).collect::<Option<_>>()?;
        Some(Self {
            targets,
            requires: read_clauses(value, "requires")?,
            quiz: Quiz::read(value.get("quiz")?),
        })
    }
}

impl Target {
    fn to_value(&self) -> Value {
        let set = |(when, formula): &(Option<Condition>, Formula)| match formula {
            Formula::Literal(value) => Some(json!([when, value])),
            Formula::Total => Some(json!([when])),
            #[cfg(feature = "script")]
            Formula::Script { .. } => None,
        };
        let sets: Vec<Value> = self.sets.iter().filter_map(set).collect();
        let mut value = json!({"path": self.path, "sets": sets});
        let lists = [
            ("shows", &self.shows),
            ("hides", &self.hides),
            ("chosen", &self.chosen),
            ("not", &self.not_chosen),
        ];
        for (name, list) in lists.into_iter().filter(|(_, list)| !list.is_empty()) {
            value[name] = clauses(list);
        }
        if !self.options.is_empty() {
            value["options"] = self.options.clone().into();
        }
        value
    }

    fn read(value: &Value) -> Option<Self> {
        let sets = value.get("sets")?.as_array()?.iter().map(|set| {
            let formula = set.get(1).map_or(Formula::Total, |value| Formula::Literal(value.clone()));
            Some((read_condition(set.get(0)?)?, formula))
        });
        Some(Self {
            path: value.get("path")?.as_str()?.to_owned(),
            shows: read_clauses(value, "shows")?,
            hides: read_clauses(value, "hides")?,
            chosen: read_clauses(value, "chosen")?,
            not_chosen: read_clauses(value, "not")?,
            options: value.get("options").and_then(Value::as_array).cloned().unwrap_or_default(),
            sets: sets.collect::<Option<_>>()?,
        })
    }
}

/// `[[condition, [path, …]], …]`; `null` is a rule without a condition.
pub(super) fn clauses(clauses: &[Clause]) -> Value {
    clauses.iter().map(|clause| json!([clause.when, clause.paths])).collect()
}

/// A list that is not there is empty.
fn read_clauses(value: &Value, name: &str) -> Option<Vec<Clause>> {
    let Some(clauses) = value.get(name).and_then(Value::as_array) else { return Some(Vec::new()) };
    let mut read = Vec::with_capacity(clauses.len());
    for clause in clauses {
        let paths = clause.get(1)?.as_array()?.iter().filter_map(Value::as_str).map(str::to_owned);
        read.push(Clause { when: read_condition(clause.get(0)?)?, paths: paths.collect() });
    }
    Some(read)
}

fn read_condition(value: &Value) -> Option<Option<Condition>> {
    if value.is_null() { Some(None) } else { Condition::read(value).map(Some) }
}
