//! What is read from a JSON Schema besides its verdict: its draft, its leaves, its cost.
//!
//! The schema is never rewritten for its author; what the engine derives from it is its own.

pub(crate) mod cost;
pub(crate) mod draft;
pub(crate) mod leaves;
#[cfg(feature = "schema")]
pub(crate) mod lift;

use serde_json::Value;

use crate::pointer;

/// The subschema a local reference names: `#`, `#/$defs/x`, `#anchor`, or the same behind the root's own id.
pub(crate) fn resolve<'s>(root: &'s Value, reference: &str) -> Option<&'s Value> {
    let own =
        ["$id", "id"].iter().find_map(|key| root.get(*key)?.as_str()).map(|id| id.trim_end_matches('#'));
    let fragment = match reference.split_once('#') {
        Some(("", fragment)) => fragment,
        Some((base, fragment)) if Some(base) == own => fragment,
        Some((base, fragment)) => return resolve(embedded(root, base)?, &format!("#{fragment}")),
        None if Some(reference) == own => "",
        None => return embedded(root, reference),
    };
    if fragment.is_empty() || fragment.starts_with('/') {
        return pointer::get(root, &percent_decoded(fragment));
    }
    find(root, &|schema| {
        let anchor = ["$anchor", "$dynamicAnchor"]
            .iter()
            .any(|key| schema.get(*key).is_some_and(|name| name == fragment));
        anchor || id_of(schema).is_some_and(|id| id.strip_prefix('#') == Some(fragment))
    })
}

fn embedded<'s>(root: &'s Value, id: &str) -> Option<&'s Value> {
    find(root, &|schema| id_of(schema).is_some_and(|own| own == id || own.rsplit('/').next() == Some(id)))
}

fn id_of(schema: &Value) -> Option<&str> {
    schema.get("$id").or_else(|| schema.get("id"))?.as_str()
}

fn find<'s>(value: &'s Value, wanted: &dyn Fn(&Value) -> bool) -> Option<&'s Value> {
    match value {
        Value::Object(members) => {
            if wanted(value) {
                return Some(value);
            }
            members.values().find_map(|member| find(member, wanted))
        }
        Value::Array(items) => items.iter().find_map(|item| find(item, wanted)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    }
}

/// Fragments may be percent-encoded (RFC 3986); pointers inside them then are too.
fn percent_decoded(fragment: &str) -> String {
    if !fragment.contains('%') {
        return fragment.to_owned();
    }
    let bytes = fragment.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = fragment
            .get(at + 1..at + 3)
            .filter(|_| bytes[at] == b'%')
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        decoded.push(hex.unwrap_or(bytes[at]));
        at += if hex.is_some() { 3 } else { 1 };
    }
    String::from_utf8_lossy(&decoded).into_owned()
}
