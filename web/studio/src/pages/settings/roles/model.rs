//! A role's document as it is edited: functions on JSON, so that what the editor does not know stays as it was written.

use api_types::{FieldView, Role, RoleView};
use serde_json::{Map, Value, json};

use crate::pages::submissions::filters::{Filters, Leaf, operators};

/// Verbs in the order people read them.
pub const VERBS: [&str; 6] = ["see", "add", "edit", "delete", "export", "print"];

/// What a rule does with a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// Seen and, where the verbs allow it, changed.
    Whole,
    /// Seen, not changed.
    ReadOnly,
    /// Not there.
    Hidden,
}

/// The place that holds it, and how many others.
#[must_use]
pub fn holders(role: &RoleView) -> (Option<Role>, usize) {
    (role.place, role.holders.len())
}

/// A role that says nothing yet.
#[must_use]
pub fn blank() -> Value {
    json!({"format": 1, "kind": "role", "key": "", "title": {"zh": "", "en": ""}, "grants": []})
}

/// The place that holds the role by itself; empty when it has to be given.
#[must_use]
pub fn place(document: &Value) -> String {
    let named =
        document["key"].as_str().filter(|key| ["designer", "agent", "viewer", "member"].contains(key));
    document["place"].as_str().or(named).unwrap_or_default().to_owned()
}

/// Says which place holds it, or none.
pub fn set_place(document: &mut Value, place: &str) {
    let Some(members) = document.as_object_mut() else { return };
    if place.is_empty() {
        members.shift_remove("place");
    } else {
        members.insert("place".to_owned(), place.into());
    }
}

/// How many rules there are.
#[must_use]
pub fn rules(document: &Value) -> usize {
    document["grants"].as_array().map_or(0, Vec::len)
}

/// A new rule, of what gives away least: the department's rows, to see. Whatever else is allowed somebody ticks.
pub fn add_rule(document: &mut Value, form: &str) {
    let rule = json!({"form": form, "rows": "department", "verbs": ["see"], "hide": [], "read_only": []});
    match document["grants"].as_array_mut() {
        Some(grants) => grants.push(rule),
        None => document["grants"] = json!([rule]),
    }
}

/// Takes a rule out.
pub fn remove_rule(document: &mut Value, rule: usize) {
    if let Some(grants) = document["grants"].as_array_mut().filter(|grants| rule < grants.len()) {
        grants.remove(rule);
    }
}

fn rule(document: &Value, rule: usize) -> &Value {
    &document["grants"][rule]
}

fn rule_mut(document: &mut Value, rule: usize) -> Option<&mut Map<String, Value>> {
    document.get_mut("grants")?.get_mut(rule)?.as_object_mut()
}

/// A text of a rule.
#[must_use]
pub fn text(document: &Value, at: usize, name: &str) -> String {
    rule(document, at)[name].as_str().unwrap_or_default().to_owned()
}

/// Sets a text of a rule. Another form has other fields: what was said of the old ones goes.
pub fn set_text(document: &mut Value, at: usize, name: &str, value: &str) {
    let Some(rule) = rule_mut(document, at) else { return };
    if name == "form" && rule.get("form").and_then(Value::as_str) != Some(value) {
        for list in ["hide", "read_only"] {
            rule.insert(list.to_owned(), json!([]));
        }
        rule.shift_remove("where");
    }
    rule.insert(name.to_owned(), value.into());
}

fn has(document: &Value, at: usize, list: &str, word: &str) -> bool {
    rule(document, at)[list].as_array().is_some_and(|words| words.iter().any(|one| one == word))
}

/// Is the verb allowed? A rule without verbs allows seeing.
#[must_use]
pub fn may(document: &Value, at: usize, verb: &str) -> bool {
    if rule(document, at).get("verbs").is_none() { verb == "see" } else { has(document, at, "verbs", verb) }
}

/// Allows a verb or takes it back. Whatever works on rows needs to see them; without seeing nothing but adding is left.
pub fn allow(document: &mut Value, at: usize, verb: &str, allowed: bool) {
    let mut verbs: Vec<&str> =
        VERBS.into_iter().filter(|one| may(document, at, one) && *one != verb).collect();
    if allowed {
        verbs.push(verb);
        if verb != "add" && !verbs.contains(&"see") {
            verbs.push("see");
        }
    } else if verb == "see" {
        verbs.retain(|one| *one == "add");
    }
    let ordered: Vec<&str> = VERBS.into_iter().filter(|one| verbs.contains(one)).collect();
    if let Some(rule) = rule_mut(document, at) {
        rule.insert("verbs".to_owned(), json!(ordered));
    }
}

/// What the rule does with a field.
#[must_use]
pub fn shown(document: &Value, at: usize, field: &str) -> Shown {
    if has(document, at, "hide", field) {
        Shown::Hidden
    } else if has(document, at, "read_only", field) {
        Shown::ReadOnly
    } else {
        Shown::Whole
    }
}

/// Says what the rule does with a field.
pub fn show(document: &mut Value, at: usize, field: &str, as_what: Shown) {
    let Some(rule) = rule_mut(document, at) else { return };
    for (list, wanted) in [("hide", Shown::Hidden), ("read_only", Shown::ReadOnly)] {
        let entry = rule.entry(list).or_insert_with(|| json!([]));
        let Some(fields) = entry.as_array_mut() else { continue };
        fields.retain(|one| one != field);
        if as_what == wanted {
            fields.push(field.into());
        }
    }
}

/// The condition of a rule as text; empty when it has none.
#[must_use]
pub fn only(document: &Value, at: usize) -> String {
    rule(document, at).get("where").map(Value::to_string).unwrap_or_default()
}

/// Why a text is no condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unread {
    /// No JSON, from a line and a column on.
    NoJson(usize, usize),
    /// JSON, but no object that says something.
    NoCondition,
}

/// The condition that `text` says; none when it says nothing.
///
/// # Errors
///
/// Says where it cannot be read.
pub fn condition(text: &str) -> Result<Option<Value>, Unread> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let value: Value =
        serde_json::from_str(text).map_err(|fault| Unread::NoJson(fault.line(), fault.column()))?;
    let says = value.as_object().is_some_and(|members| !members.is_empty());
    if says { Ok(Some(value)) } else { Err(Unread::NoCondition) }
}

/// Sets the condition of a rule, or takes it away.
pub fn set_only(document: &mut Value, at: usize, condition: Option<Value>) {
    let Some(rule) = rule_mut(document, at) else { return };
    match condition {
        Some(condition) => drop(rule.insert("where".to_owned(), condition)),
        None => drop(rule.shift_remove("where")),
    }
}

/// The condition as comparisons of known fields, all of which hold; none when it says more than that.
#[must_use]
pub fn comparisons(document: &Value, at: usize, fields: &[FieldView]) -> Option<Vec<Leaf>> {
    let found = rule(document, at).get("where").map(Filters::of).unwrap_or_default();
    let plain = |leaf: &Leaf| {
        let field = fields.iter().find(|field| field.path == leaf.field);
        let known = |field: &FieldView| {
            operators(&field.value_type, !field.options.is_empty()).iter().any(|(op, _)| *op == leaf.op)
        };
        field.is_some_and(known) && !leaf.value.is_object() && !leaf.value.is_array()
    };
    (found.rest.is_empty() && found.leaves.iter().all(plain)).then_some(found.leaves)
}

/// A comparison to begin with.
#[must_use]
pub fn comparison(field: &FieldView) -> Leaf {
    let op = operators(&field.value_type, !field.options.is_empty()).first().map_or("empty", |(op, _)| *op);
    let value = match (field.options.first(), field.value_type.as_str()) {
        (Some(option), _) => option.value.clone(),
        (None, "integer" | "number") => 0.into(),
        (None, "boolean") => true.into(),
        (None, _) => "".into(),
    };
    Leaf { field: field.path.clone(), op: op.to_owned(), value }
}
