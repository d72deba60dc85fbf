//! JSON values in and out of scripts. Numbers are floats inside.

use rhai::{Dynamic, Map};
use serde_json::Value;

use crate::number;

pub(super) fn from_json(value: &Value) -> Dynamic {
    match value {
        Value::Null => Dynamic::UNIT,
        Value::Bool(truth) => (*truth).into(),
        Value::Number(number) => number.as_f64().unwrap_or(f64::MAX).into(),
        Value::String(text) => text.as_str().into(),
        Value::Array(items) => Dynamic::from_array(items.iter().map(from_json).collect()),
        Value::Object(members) => Dynamic::from_map(
            members.iter().map(|(key, value)| (key.as_str().into(), from_json(value))).collect(),
        ),
    }
}

pub(super) fn to_json(value: &Dynamic) -> Result<Value, String> {
    if let Ok(truth) = value.as_bool() {
        return Ok(truth.into());
    }
    if let Ok(float) = value.as_float() {
        return number::from_f64(float)
            .map(Value::Number)
            .ok_or_else(|| "the result is not a finite number".to_owned());
    }
    if let Ok(integer) = value.as_int() {
        return Ok(integer.into());
    }
    if let Ok(text) = value.as_immutable_string_ref() {
        return Ok(text.as_str().into());
    }
    if let Ok(items) = value.as_array_ref() {
        return items.iter().map(to_json).collect::<Result<Vec<_>, _>>().map(Value::Array);
    }
    if let Ok(members) = value.as_map_ref() {
        return object(&members);
    }
    if value.is_unit() {
        Ok(Value::Null)
    } else {
        Err(format!("a script cannot answer {}", kind(value.type_name())))
    }
}

fn object(members: &Map) -> Result<Value, String> {
    let members: Result<_, String> =
        members.iter().map(|(key, value)| Ok((key.to_string(), to_json(value)?))).collect();
    members.map(Value::Object)
}

/// A type's name for people.
pub(super) fn kind(type_name: &str) -> &str {
    match type_name {
        "()" => "a missing value",
        "f64" | "i64" => "a number",
        "string" | "char" | "&str" | "ImmutableString" => "a text",
        "bool" => "true or false",
        "array" => "a list",
        "map" => "an object",
        other if other.contains("String") => "a text",
        other if other.contains("Array") || other.contains("Vec<") => "a list",
        other if other.contains("Map") => "an object",
        other => other,
    }
}
