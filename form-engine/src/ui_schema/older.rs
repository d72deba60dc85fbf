//! Schemas as older tools wrote them, respelled in the words of today: draft 3, whose `required` stands at the member
//! itself, is what homebridge, Alpaca and angular-schema-form still read.
//!
//! It changes how something is said, never what is meant; what it respelled it tells, so that it can be noted.

use serde_json::{Map, Value, json};

use crate::pointer;
use crate::schema::draft::{Shape, shape};

/// Deeper than this a schema stays as it is written.
const MAX_DEPTH: usize = 64;

/// What was respelled, by the pointer of the subschema.
#[derive(Debug, Default)]
pub(super) struct Respelled {
    /// Members whose own `required` went into the list of their group.
    pub(super) required: Vec<String>,
    /// Subschemas that are no members, and said `required`.
    pub(super) dropped: Vec<String>,
}

/// Respells `schema` where an older draft wrote it.
pub(super) fn respell(schema: &mut Value) -> Respelled {
    let mut told = Respelled::default();
    let third = |uri: &str| uri.trim_end_matches('#').ends_with("json-schema.org/draft-03/schema");
    if let Value::Object(members) = schema
        && members.get("$schema").and_then(Value::as_str).is_some_and(third)
    {
        members.shift_remove("$schema");
    }
    // That there is a document goes without saying.
    visit(schema, "", 0, &mut told);
    told
}

/// Respells what stands at `at`; answers its own `required`, which belongs into the list of whoever holds it.
fn visit(schema: &mut Value, at: &str, depth: usize, told: &mut Respelled) -> Option<bool> {
    let members = schema.as_object_mut().filter(|_| depth < MAX_DEPTH)?;
    let own = members.get("required").and_then(Value::as_bool);
    if own.is_some() {
        members.shift_remove("required");
    }
    // Draft 3 §5.1 and §5.24, by the names of today.
    if members.get("type").is_some_and(|kind| kind == "any") {
        members.shift_remove("type");
    }
    if let Some(step) = members.get("divisibleBy").filter(|step| step.is_number()).cloned() {
        members.shift_remove("divisibleBy");
        members.entry("multipleOf").or_insert(step);
    }
    let mut needed: Vec<String> = Vec::new();
    for (keyword, value) in members.iter_mut() {
        let at = pointer::join(at, keyword);
        match (shape(keyword), value) {
            (Shape::One, value @ Value::Object(_)) => {
                if visit(value, &at, depth + 1, told) == Some(true) {
                    told.dropped.push(at);
                }
            }
            (Shape::One | Shape::List, Value::Array(parts)) => {
                for (index, part) in parts.iter_mut().enumerate() {
                    let at = pointer::join(&at, index);
                    if visit(part, &at, depth + 1, told) == Some(true) {
                        told.dropped.push(at);
                    }
                }
            }
            (Shape::Map, Value::Object(named)) => {
                for (name, part) in named.iter_mut() {
                    let at = pointer::join(&at, name);
                    if visit(part, &at, depth + 1, told) != Some(true) {
                        continue;
                    }
                    if keyword == "properties" {
                        needed.push(name.clone());
                        told.required.push(at);
                    } else {
                        told.dropped.push(at);
                    }
                }
            }
            (Shape::One | Shape::List | Shape::Map | Shape::Data, _) => {}
        }
    }
    require(members, needed);
    own
}

/// Adds `needed` to the list of what `members` require.
fn require(members: &mut Map<String, Value>, needed: Vec<String>) {
    if needed.is_empty() {
        return;
    }
    if let Value::Array(listed) = members.entry("required").or_insert_with(|| json!([])) {
        for name in needed {
            if !listed.iter().any(|known| *known == *name) {
                listed.push(name.into());
            }
        }
    }
}
