//! The schema's properties: found, added, copied, taken away, required, limited.

use form_engine::pointer;
use serde_json::{Map, Number, Value, json};

use super::{Limit, member};

/// The subschema of a field, references not followed.
pub fn property<'v>(draft: &'v Value, field: &str) -> Option<&'v Value> {
    pointer::tokens(field)?.try_fold(draft.get("schema")?, |schema, token| match token.as_ref() {
        "*" => schema.get("items"),
        key => schema.get("properties")?.get(key),
    })
}

/// The same, to be changed.
pub fn property_mut<'v>(draft: &'v mut Value, field: &str) -> Option<&'v mut Value> {
    let schema = draft.get_mut("schema")?;
    pointer::tokens(field)?.try_fold(schema, |schema, token| match token.as_ref() {
        "*" => schema.get_mut("items"),
        key => schema.get_mut("properties")?.get_mut(key),
    })
}

/// The schema a field is a property of, and its key.
fn parent_mut<'v>(draft: &'v mut Value, field: &str) -> Option<(&'v mut Map<String, Value>, String)> {
    let (above, key) = field.rsplit_once('/')?;
    let key = pointer::unescape(key).into_owned();
    let parent = property_mut(draft, above)?.as_object_mut()?;
    parent.get("properties")?.get(&key)?;
    Some((parent, key))
}

/// `word`, or `word_2` …: the first key that no property of these has.
fn free(properties: &Map<String, Value>, word: &str) -> String {
    if !properties.contains_key(word) {
        return word.to_owned();
    }
    let numbered = (2_u32..).map(|number| format!("{word}_{number}"));
    numbered.into_iter().find(|key| !properties.contains_key(key)).expect("there are more numbers than keys")
}

/// Adds a property under a free key made from `word`.
pub fn insert(draft: &mut Value, word: &str, property: Value) -> Option<String> {
    let schema = draft.get_mut("schema")?;
    let properties = member(schema, "properties", json!({})).as_object_mut()?;
    let key = free(properties, word);
    properties.insert(key.clone(), property);
    Some(key)
}

/// Takes a property away.
pub fn remove(draft: &mut Value, field: &str) -> bool {
    require(draft, field, false);
    let Some((parent, key)) = parent_mut(draft, field) else { return false };
    parent["properties"].as_object_mut().is_some_and(|properties| properties.shift_remove(&key).is_some())
}

/// Puts a copy of a property behind it, and answers its key.
pub fn copy(draft: &mut Value, field: &str) -> Option<String> {
    let (parent, key) = parent_mut(draft, field)?;
    let required = lists(parent, &key);
    let properties = parent["properties"].as_object_mut()?;
    let stem = key.rsplit_once('_').filter(|(_, tail)| tail.parse::<u32>().is_ok());
    let fresh = free(properties, stem.map_or(key.as_str(), |(stem, _)| stem));
    let property = properties.get(&key)?.clone();
    let at = properties.keys().position(|each| *each == key)? + 1;
    properties.shift_insert(at, fresh.clone(), property);
    if required {
        list(parent, &fresh);
    }
    Some(fresh)
}

fn lists(parent: &Map<String, Value>, key: &str) -> bool {
    parent.get("required").and_then(Value::as_array).is_some_and(|keys| keys.iter().any(|each| each == key))
}

fn list(parent: &mut Map<String, Value>, key: &str) {
    match parent.get_mut("required").and_then(Value::as_array_mut) {
        Some(keys) => keys.push(key.into()),
        None => {
            parent.insert("required".to_owned(), json!([key]));
        }
    }
}

/// True when the schema always asks for an answer.
pub fn is_required(draft: &Value, field: &str) -> bool {
    let Some((above, key)) = field.rsplit_once('/') else { return false };
    let parent = property(draft, above).and_then(Value::as_object);
    parent.is_some_and(|parent| lists(parent, &pointer::unescape(key)))
}

/// Asks for an answer, or not.
pub fn require(draft: &mut Value, field: &str, on: bool) -> bool {
    let Some((parent, key)) = parent_mut(draft, field) else { return false };
    if on && !lists(parent, &key) {
        list(parent, &key);
    }
    if !on && lists(parent, &key) {
        let keys = parent.get_mut("required").and_then(Value::as_array_mut).expect("it lists the key");
        keys.retain(|each| *each != key);
        // Draft-04 refuses an empty list.
        if keys.is_empty() {
            parent.shift_remove("required");
        }
    }
    true
}

/// Sets or lifts a limit; whole numbers are written as such.
pub fn limit(draft: &mut Value, field: &str, limit: Limit, value: Option<f64>) -> bool {
    let Some(property) = property_mut(draft, field).and_then(Value::as_object_mut) else { return false };
    let counts = match limit {
        Limit::Min | Limit::Max => false,
        Limit::MinLength | Limit::MaxLength | Limit::MinItems | Limit::MaxItems => true,
    };
    match value.filter(|value| value.is_finite() && (!counts || (*value >= 0.0 && value.fract() == 0.0))) {
        None => {
            property.shift_remove(limit.keyword());
        }
        Some(value) => {
            property.insert(limit.keyword().to_owned(), number(value));
        }
    }
    true
}

/// Whole numbers are written as such.
pub(super) fn number(value: f64) -> Value {
    #[expect(clippy::cast_possible_truncation, reason = "checked to be whole and small")]
    let whole = (value.fract() == 0.0 && value.abs() < 1e15).then_some(value as i64);
    whole.map_or_else(|| Number::from_f64(value).map_or(Value::Null, Value::Number), Value::from)
}
