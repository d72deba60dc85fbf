//! An app taken apart and put together again: what it says about itself, and its definitions.
//!
//! What is stored beside the definitions keeps their lists as lists of keys, so that an export has the author's order.

use api_types::DefinitionKind;
use serde_json::{Map, Value};

use super::{LISTS, list_of};

/// In this order lists that the author never wrote follow what was written.
const USUAL: [&str; 5] = ["forms", "flows", "dashboards", "calendars", "roles"];

/// A definition of an app.
#[derive(Debug, Clone, PartialEq)]
pub struct Held {
    /// What it describes.
    pub kind: DefinitionKind,
    /// Its key.
    pub key: String,
    /// The definition.
    pub document: Value,
}

/// The app document with keys in place of definitions.
pub fn rest(app: &Value) -> Value {
    let members = app.as_object().into_iter().flatten().map(|(name, value)| {
        let is_list = LISTS.iter().any(|(list, _)| list == name);
        let value = if is_list { keys(value) } else { value.clone() };
        (name.clone(), value)
    });
    Value::Object(members.collect())
}

fn keys(list: &Value) -> Value {
    let keys = list.as_array().into_iter().flatten().map(|one| one.get("key").cloned().unwrap_or_default());
    Value::Array(keys.collect())
}

/// The definitions of an app document, in the order they are installed.
pub fn held(app: &Value) -> Vec<Held> {
    let mut held = Vec::new();
    for (list, kind) in LISTS {
        for one in app.get(list).and_then(Value::as_array).into_iter().flatten() {
            let key = one.get("key").and_then(Value::as_str).unwrap_or_default().to_owned();
            held.push(Held { kind, key, document: one.clone() });
        }
    }
    held
}

/// The app document again: definitions in the order the author gave them, newer ones after them.
pub fn assemble(rest: &Value, held: &[Held]) -> Value {
    let mut app = Map::new();
    for (name, value) in rest.as_object().into_iter().flatten() {
        let kind = LISTS.iter().find(|(list, _)| list == name).map(|(_, kind)| *kind);
        let value = kind.map_or_else(|| value.clone(), |kind| ordered(value, kind, held));
        app.insert(name.clone(), value);
    }
    for list in USUAL {
        let of_list: Vec<Value> =
            held.iter().filter(|one| list_of(one.kind) == list).map(|one| one.document.clone()).collect();
        if !app.contains_key(list) && !of_list.is_empty() {
            app.insert(list.to_owned(), Value::Array(of_list));
        }
    }
    Value::Object(app)
}

fn ordered(keys: &Value, kind: DefinitionKind, held: &[Held]) -> Value {
    let keys: Vec<&str> = keys.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let place = |one: &Held| keys.iter().position(|key| *key == one.key).unwrap_or(keys.len());
    let mut of_kind: Vec<&Held> = held.iter().filter(|one| one.kind == kind).collect();
    of_kind.sort_by_key(|one| place(one));
    Value::Array(of_kind.into_iter().map(|one| one.document.clone()).collect())
}
