//! Options carried forward: a choice offers what was, or was not, chosen before.

use std::sync::Arc;

use serde_json::Value;

use super::compile::Compiler;
use super::{Clause, Target};
use crate::definition::Offer;
use crate::field::Field;
use crate::{Condition, Problem, number, pointer};

impl Target {
    /// The places of the options that are offered at `place`; `None` for all of them.
    pub(super) fn offered(&self, place: &str, data: &Value) -> Option<Vec<usize>> {
        let mut offered: Option<Vec<usize>> = None;
        for (clauses, wanted) in [(&self.chosen, true), (&self.not_chosen, false)] {
            for clause in clauses {
                if !clause.holds(place, data) {
                    continue;
                }
                let from = clause.paths.first().map_or("", String::as_str);
                let answer = pointer::get(data, &pointer::beside(from, place)).unwrap_or(&Value::Null);
                let taken = answer.as_array().map_or(std::slice::from_ref(answer), Vec::as_slice);
                let mut left = Vec::new();
                for (index, option) in self.options.iter().enumerate() {
                    let earlier = offered.as_ref().is_none_or(|offered| offered.contains(&index));
                    if earlier && taken.iter().any(|value| number::same(value, option)) == wanted {
                        left.push(index);
                    }
                }
                offered = Some(left);
            }
        }
        offered
    }
}

impl Compiler<'_> {
    pub(super) fn offer(&mut self, offer: &Offer, when: Option<&Condition>, fields: &[Arc<Field>], at: &str) {
        let name = if offer.chosen { "chosen" } else { "not_chosen" };
        let choice = |path: &str| fields.iter().find(|field| field.path == path && !field.options.is_empty());
        let Some(from) = choice(&offer.from) else {
            let message = format!("`{}` is no choice among options", offer.from);
            self.problems.push(Problem::new("form.rule_offer", pointer::join(at, name), message));
            return;
        };
        for (index, path) in offer.fields.iter().enumerate() {
            let place = format!("{at}/offer/{index}");
            let Some(field) = choice(path) else {
                let message = format!("`{path}` is no choice among options");
                self.problems.push(Problem::new("form.rule_offer", place, message));
                continue;
            };
            let shared = |option: &crate::Choice| {
                from.options.iter().any(|other| number::same(&other.value, &option.value))
            };
            if !field.options.iter().any(shared) {
                let message = format!("`{path}` and `{}` have no option in common", offer.from);
                self.problems.push(Problem::new("form.rule_offer", place, message));
                continue;
            }
            let target = self.target(path);
            target.options = field.options.iter().map(|option| option.value.clone()).collect();
            let clauses = if offer.chosen { &mut target.chosen } else { &mut target.not_chosen };
            clauses.push(Clause { when: when.cloned(), paths: vec![offer.from.clone()] });
        }
    }
}
