//! Why the rules made of a document what they made: for authors, rule by rule. No page carries this.

use serde::Serialize;
use serde_json::Value;

use super::bound;
use crate::definition::{Rule, Spot};
use crate::{Condition, Explanation, FieldPath, Form, Outcome, Subject, pointer};

/// Every rule with its verdict, and what came of all of them.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Trace {
    /// The document once the rules are settled: hidden values gone, computed ones in.
    pub data: Value,
    /// Pointers of what does not show.
    pub hidden: Vec<String>,
    /// Pointers of what must be answered.
    pub required: Vec<String>,
    /// In the form's order; a rule about rows once for each row.
    pub rules: Vec<Traced>,
}

/// A rule's verdict.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Traced {
    /// Its place among the form's rules.
    pub rule: usize,
    /// The row it was asked about, for a rule about rows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row: Option<String>,
    /// Its condition held. A rule without one always does.
    pub holds: bool,
    /// False for a jump that leaves a question which does not show: it holds, and nothing comes of it.
    pub counts: bool,
    /// The values it read, part by part; absent without a condition.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<Explanation>,
}

impl Form {
    /// Settles the rules on `data`, as [`apply_rules`](crate::Sheet::apply_rules) does, and says of each why it fired or
    /// did not. Conditions are read on what is settled: the answer to a hidden question is not there.
    pub fn trace(&self, data: Value) -> Trace {
        let outcome = self.apply_rules(data);
        let mut rules = Vec::new();
        for (index, rule) in self.definition().rules.iter().enumerate() {
            let rows = rows(rule, &outcome);
            for row in &rows {
                rules.push(traced(index, rule, row.clone(), &outcome));
            }
            if rows.is_empty() {
                rules.push(traced(index, rule, None, &outcome));
            }
        }
        let required = self.required(&outcome.data).into_iter().collect();
        Trace { hidden: outcome.hidden.iter().cloned().collect(), required, data: outcome.data, rules }
    }
}

fn traced(index: usize, rule: &Rule, row: Option<String>, outcome: &Outcome) -> Traced {
    let why = rule.when.as_ref().map(|when| {
        let when = row.as_ref().map_or_else(|| when.clone(), |row| bound(when, row).into_owned());
        when.explain(&Subject::of(&outcome.data))
    });
    Traced {
        rule: index,
        row,
        holds: why.as_ref().is_none_or(Explanation::holds),
        counts: counts(rule, outcome),
        why,
    }
}

/// The rows a rule is about, by the first of its fields that stands in one.
fn rows(rule: &Rule, outcome: &Outcome) -> Vec<Option<String>> {
    let named = rule.show.iter().chain(&rule.hide).chain(&rule.require);
    let set = rule.set.iter().map(|set| &set.field);
    let offered = rule.offer.iter().flat_map(|offer| &offer.fields);
    let in_row = named.chain(set).chain(offered).find(|path| path.contains("/*"));
    let Some(path) = in_row else { return Vec::new() };
    // Hidden rows are no longer in the document.
    pointer::expand(&outcome.data, path).into_iter().filter(|place| !place.contains("/*")).map(Some).collect()
}

fn counts(rule: &Rule, outcome: &Outcome) -> bool {
    let Some(jump) = &rule.jump else { return true };
    match &jump.after {
        Some(Spot::Field(path)) => outcome.shows(path),
        Some(Spot::Page(_)) => true,
        // It leaves the last question its condition reads.
        None => last_read(rule.when.as_ref()).is_none_or(|path| outcome.shows(&path)),
    }
}

fn last_read(when: Option<&Condition>) -> Option<String> {
    when?.fields().into_iter().rev().find_map(|path| match path {
        FieldPath::Document(path) => Some(path.clone()),
        FieldPath::Column(_) => None,
    })
}
