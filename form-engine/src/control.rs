//! What some controls need besides the schema: rules, and other fields.
//!
//! Whether a control fits the schema is its kind's; how it is written in a layout, the definition's.

use std::sync::Arc;

use crate::definition::{FormDefinition, LayoutItem};
use crate::field::{Detail, Field, FieldKind};
use crate::{Problem, pointer};

/// Notes controls of the layout that can never have a value.
pub(crate) fn check(definition: &FormDefinition, fields: &[Arc<Field>], problems: &mut Vec<Problem>) {
    for (path, item) in definition.layout.iter().flat_map(|layout| layout.items()) {
        check_formula(definition, item, &path, problems);
        check_serial(fields, item, &path, problems);
        check_fill(item, &path, problems);
    }
}

/// A computed value needs a rule that computes it.
fn check_formula(definition: &FormDefinition, item: &LayoutItem, path: &str, problems: &mut Vec<Problem>) {
    let sets = |rule: &crate::Rule| rule.set.as_ref().is_some_and(|set| set.field == item.field);
    if item.control == Some(FieldKind::Formula) && !definition.rules.iter().any(sets) {
        let message = format!("no rule sets `{}`, so control `formula` has nothing to show", item.field);
        problems.push(Problem::new("form.formula_unset", pointer::join(path, "control"), message));
    }
}

/// A submission is judged before it gets its number, so the schema cannot require one.
fn check_serial(fields: &[Arc<Field>], item: &LayoutItem, path: &str, problems: &mut Vec<Problem>) {
    let required = || fields.iter().any(|field| field.path == item.field && field.required);
    if item.control == Some(FieldKind::SerialNumber) && required() {
        let message = format!("`{}` is required, but gets its number only when it is stored", item.field);
        problems.push(Problem::new("form.serial_required", pointer::join(path, "control"), message));
    }
}

/// A record fills other fields, not its own.
fn check_fill(item: &LayoutItem, path: &str, problems: &mut Vec<Problem>) {
    let Detail::Record(link) = &item.detail else { return };
    let at = pointer::join(&pointer::join(path, "record"), "fill");
    for target in link.fill.keys() {
        if pointer::is_within(target, &item.field) {
            let message = format!("`{target}` holds the record itself and cannot be filled from it");
            problems.push(Problem::new("form.fill_self", pointer::join(&at, target), message));
        }
    }
}
