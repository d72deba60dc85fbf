//! Options carried forward: a choice offers what was, or was not, chosen before.

use std::sync::Arc;

use serde_json::Value;

use super::compile::Compiler;
use super::holds;
use crate::definition::Offer;
use crate::field::Field;
use crate::{Condition, Problem, number, pointer};

/// Where a choice's options come from.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Carried {
    pub(crate) when: Option<Condition>,
    /// The question whose answer tells.
    pub(crate) from: String,
    pub(crate) chosen: bool,
    /// All options of the choice.
    pub(crate) options: Vec<Value>,
}

/// The places of the options that are offered at `place`; `None` for all of them.
pub(super) fn offered(carried: &[Carried], place: &str, data: &Value) -> Option<Vec<usize>> {
    let mut left: Option<Vec<usize>> = None;
    for one in carried.iter().filter(|one| holds(one.when.as_ref(), place, data)) {
        let answer = pointer::get(data, &pointer::beside(&one.from, place)).unwrap_or(&Value::Null);
        let taken = answer.as_array().map_or(std::slice::from_ref(answer), Vec::as_slice);
        let fits =
            |index: &usize| taken.iter().any(|value| number::same(value, &one.options[*index])) == one.chosen;
        left =
            Some(left.unwrap_or_else(|| (0..one.options.len()).collect()).into_iter().filter(fits).collect());
    }
    left
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
            let options = field.options.iter().map(|option| option.value.clone()).collect();
            let carried =
                Carried { when: when.cloned(), from: offer.from.clone(), chosen: offer.chosen, options };
            self.target(path).carried.push(carried);
        }
    }
}
