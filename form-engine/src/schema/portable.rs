//! The derived copy of a schema, written so that the validator reads what its author meant.
//!
//! Changes spelling, never meaning: patterns (see [`pattern`]), references that are no valid URI
//! (`#/definitions/Record<string,any>`, as generators write them), and `$schema` of a hyper-schema.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use super::draft::{Shape, shape};
use super::pattern;
use crate::pointer;

/// Rewrites `schema` and all below it.
pub(crate) fn prepare(schema: &mut Value) {
    let Value::Object(members) = schema else { return };
    for (keyword, value) in members.iter_mut() {
        match (shape(keyword), value) {
            (Shape::One, value @ Value::Object(_)) => prepare(value),
            (Shape::One | Shape::List, Value::Array(items)) => items.iter_mut().for_each(prepare),
            (Shape::Map, Value::Object(named)) => {
                if keyword == "patternProperties" {
                    spell_names(named);
                }
                named.iter_mut().for_each(|(_, schema)| prepare(schema));
            }
            (Shape::Data, Value::String(text)) => spell(keyword, text),
            // Definitions may stand anywhere a reference leads to: `#/components/schemas/…`.
            (Shape::Data, value @ Value::Object(_)) if !is_data(keyword) => prepare(value),
            (Shape::One | Shape::List | Shape::Map | Shape::Data, _) => {}
        }
    }
}

/// Takes out definitions that nothing uses: they harm nobody, even if they lead outside.
pub(crate) fn drop_definitions(schema: &mut Value, unused: &[String]) {
    let mut folders: HashMap<&str, HashSet<Cow<'_, str>>> = HashMap::new();
    for place in unused {
        if let Some((folder, name)) = place.rsplit_once('/') {
            folders.entry(folder).or_default().insert(pointer::unescape(name));
        }
    }
    for (folder, names) in folders {
        if let Some(Value::Object(named)) = pointer::get_mut(schema, folder) {
            named.retain(|name, _| !names.contains(name.as_str()));
        }
    }
}

/// Keywords whose objects are documents, not schemas.
fn is_data(keyword: &str) -> bool {
    matches!(keyword, "const" | "default" | "example" | "enum" | "examples")
}

fn spell(keyword: &str, text: &mut String) {
    match keyword {
        "pattern" => {
            if let Cow::Owned(portable) = pattern::portable(text) {
                *text = portable;
            }
        }
        "$ref" | "$id" | "id" | "$dynamicRef" if !text.bytes().all(is_uri) => *text = encoded(text),
        _ => {}
    }
}

fn spell_names(named: &mut Map<String, Value>) {
    if named.keys().all(|name| matches!(pattern::portable(name), Cow::Borrowed(_))) {
        return;
    }
    let old = std::mem::take(named);
    for (name, schema) in old {
        let portable = pattern::portable(&name).into_owned();
        // Two spellings of one pattern both apply.
        match named.get_mut(&portable) {
            Some(other) => *other = serde_json::json!({"allOf": [other.take(), schema]}),
            None => {
                named.insert(portable, schema);
            }
        }
    }
}

/// What may stand in a URI reference as it is (RFC 3986 §2).
fn is_uri(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(&byte)
}

/// A reference with every other byte percent-encoded.
fn encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len() + 8);
    for byte in text.bytes() {
        if is_uri(byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}
