//! Sheet: the part of a compiled form that also runs in a browser.
//!
//! Fields and rules, already understood: what shows, what is needed, what a field alone can tell, and
//! how typed texts become a document. It knows no schema, no layout and no publishing settings, so a
//! page carries none of the code that reads them.

mod wire;

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::Value;

use crate::fault::Fault;
use crate::field::Field;
use crate::rule::{Outcome, Rules};
use crate::schema::leaves::List;
use crate::{Language, Problem, pointer};

/// Fields and rules of a form. Part of a [`Form`](crate::Form), or read from what a page carries.
#[derive(Debug)]
pub struct Sheet {
    pub(crate) fields: Vec<Arc<Field>>,
    pub(crate) lists: Vec<List>,
    /// Lists whose places have names of their own.
    pub(crate) tuples: Vec<String>,
    pub(crate) rules: Rules,
    /// Paths lifted from `required`, because rules can hide them.
    pub(crate) lifted: Vec<String>,
}

impl Sheet {
    /// One field per leaf, in schema order; hidden kinds too.
    pub fn fields(&self) -> &[Arc<Field>] {
        &self.fields
    }

    /// The lists of rows.
    pub fn lists(&self) -> &[List] {
        &self.lists
    }

    /// The field at a pointer (`/items/2/price`) or pattern (`/items/*/price`).
    pub fn field(&self, pointer: &str) -> Option<&Arc<Field>> {
        self.place_of(pointer).map(|at| &self.fields[at])
    }

    /// Where that field stands among the others.
    pub(crate) fn place_of(&self, pointer: &str) -> Option<usize> {
        let itself = self.fields.iter().position(|field| field.path == pointer);
        // Only a pointer with an index in it can be one of several rows.
        let in_row = || {
            let rows =
                |field: &Arc<Field>| field.path.contains("/*") && pointer::matches(&field.path, pointer);
            self.fields.iter().position(rows)
        };
        itself.or_else(in_row)
    }

    /// Settles the rules on `data`: what is hidden goes, what is computed comes.
    pub fn apply_rules(&self, data: Value) -> Outcome {
        let mut outcome = self.rules.apply(data);
        for pattern in &self.lifted {
            for place in pointer::expand(&outcome.data, pattern) {
                let above = place.rsplit_once('/').map_or("", |(above, _)| above);
                // Required of a group or row only where there is one.
                if outcome.shows(&place) && pointer::get(&outcome.data, above).is_some_and(Value::is_object) {
                    outcome.required.insert(place);
                }
            }
        }
        outcome
    }

    /// Pointers of the fields that show, rows spelled out.
    pub fn visible(&self, data: &Value) -> BTreeSet<String> {
        let outcome = self.apply_rules(data.clone());
        let places = self.fields.iter().flat_map(|field| pointer::expand(data, &field.path));
        places.filter(|place| outcome.shows(place)).collect()
    }

    /// Pointers of the fields that must be given, by the schema or by a rule, rows spelled out.
    pub fn required(&self, data: &Value) -> BTreeSet<String> {
        let mut outcome = self.apply_rules(data.clone());
        let always = self.fields.iter().filter(|field| field.required && !self.lifted.contains(&field.path));
        let places: Vec<String> =
            always.flat_map(|field| pointer::expand(&outcome.data, &field.path)).collect();
        let shown = places.into_iter().filter(|place| outcome.shows(place)).collect::<Vec<_>>();
        outcome.required.extend(shown);
        outcome.required
    }

    /// What is wrong with `value` because only some options are offered at `place`.
    pub(crate) fn offer_fault(&self, outcome: &Outcome, place: &str, value: &Value) -> Option<Fault> {
        let offered = outcome.offered(place)?;
        let field = self.field(place)?;
        let values = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
        let takes = |index: &usize, value: &Value| crate::number::same(&field.options[*index].value, value);
        if values.iter().all(|value| offered.iter().any(|index| takes(index, value))) {
            return None;
        }
        let mut labels = Vec::new();
        for index in offered {
            labels.push(field.options[*index].label.clone());
        }
        Some(Fault::Choice(labels))
    }

    /// What a field alone can tell about `value`: the same words in browser and server.
    ///
    /// A missing value (`null`, `""`) is a problem only where the schema always requires it.
    pub fn check_field(&self, pointer: &str, value: &Value, language: Language) -> Vec<Problem> {
        let Some(field) = self.field(pointer) else { return Vec::new() };
        // Nothing else is known here, so that answers in its title are left out.
        let title = self.pipe(field.title.get(language.as_str()), pointer, &Value::Null, language.as_str());
        let missing = value.is_null() || value == "";
        if missing {
            let required = field.required && !self.lifted.contains(&field.path);
            return required.then(|| Fault::Required.at(pointer, &title, language)).into_iter().collect();
        }
        field.faults(value).into_iter().map(|fault| fault.at(pointer, &title, language)).collect()
    }

    /// The first thing wrong at `pointer` of `data`, also when a rule requires what is missing there.
    pub fn check_at(&self, pointer: &str, data: &Value, language: Language) -> Option<Problem> {
        let field = self.field(pointer);
        let value = pointer::get(data, pointer).unwrap_or(&Value::Null);
        let fault = if value.is_null() || value == "" {
            self.required(data).contains(pointer).then_some(Fault::Required)
        } else {
            let offered = || self.offer_fault(&self.apply_rules(data.clone()), pointer, value);
            field?.faults(value).into_iter().next().or_else(offered)
        };
        let title = field.map_or("", |field| field.title.get(language.as_str()));
        let title = self.pipe(title, pointer, data, language.as_str());
        Some(fault?.at(pointer, &title, language))
    }
}
