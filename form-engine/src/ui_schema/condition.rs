//! From the conditions of JSON Forms' rules, which are schemas, to ours.
//!
//! Only what means the same is taken over. A schema says nothing about a value that is not there, so limits hold
//! of a missing value, and `const` does not; `failWhenUndefined` turns the first round.

use serde_json::{Map, Value};

use super::json_forms::place_of;
use crate::{Condition, FieldPath, Operand, Operator, pointer};

/// The condition of a rule, or the word that has no counterpart.
pub(super) fn read(condition: &Value, base: &str) -> Result<Condition, String> {
    let parts = || -> Result<Vec<Condition>, String> {
        let parts = condition.get("conditions").and_then(Value::as_array);
        parts.ok_or("conditions")?.iter().map(|part| read(part, base)).collect()
    };
    match condition.get("type").and_then(Value::as_str) {
        Some("AND") => return parts().map(Condition::All),
        Some("OR") => return parts().map(Condition::Any),
        Some("NOT") => return parts().map(|parts| Condition::Not(Box::new(Condition::Any(parts)))),
        Some("LEAF") | None => {}
        Some(other) if condition.get("schema").is_none() => return Err(other.to_owned()),
        Some(_) => {}
    }
    let scope = condition.get("scope").and_then(Value::as_str).ok_or("scope")?;
    let place = place_of(scope, base).ok_or("scope")?;
    if let Some(expected) = condition.get("expectedValue") {
        return constant(&place, expected);
    }
    let strict = condition.get("failWhenUndefined").is_some_and(|flag| flag == true);
    of_schema(&place, condition.get("schema").ok_or("schema")?, strict)
}

fn leaf(place: &str, op: Operator, value: Value) -> Condition {
    Condition::Leaf { field: FieldPath::Document(place.to_owned()), op, value: Operand::Literal(value) }
}

fn empty(place: &str) -> Condition {
    leaf(place, Operator::Empty, Value::Null)
}

fn given(place: &str) -> Condition {
    Condition::Not(Box::new(empty(place)))
}

fn constant(place: &str, value: &Value) -> Result<Condition, String> {
    match value {
        Value::Null => Ok(empty(place)),
        Value::String(text) if text.is_empty() => Ok(empty(place)),
        Value::Bool(_) | Value::Number(_) | Value::String(_) => Ok(leaf(place, Operator::Eq, value.clone())),
        Value::Array(_) | Value::Object(_) => Err("const".to_owned()),
    }
}

fn of_schema(place: &str, schema: &Value, strict: bool) -> Result<Condition, String> {
    let members = match schema {
        Value::Bool(true) => return Ok(Condition::All(Vec::new())),
        Value::Bool(false) => return Ok(Condition::Any(Vec::new())),
        Value::Object(members) => members,
        Value::Null | Value::Number(_) | Value::String(_) | Value::Array(_) => {
            return Err("schema".to_owned());
        }
    };
    let mut parts = Vec::new();
    for (keyword, value) in members {
        if let Some(part) = of_keyword(place, keyword, value, members, strict)? {
            parts.push(part);
        }
    }
    Ok(match parts.len() {
        1 => parts.remove(0),
        _ => Condition::All(parts),
    })
}

fn of_keyword(
    place: &str,
    keyword: &str,
    value: &Value,
    beside: &Map<String, Value>,
    strict: bool,
) -> Result<Option<Condition>, String> {
    let unknown = || keyword.to_owned();
    let below = |part: &Value| of_schema(place, part, strict);
    let all = || value.as_array().ok_or_else(unknown)?.iter().map(below).collect::<Result<Vec<_>, String>>();
    let limit = |op: Operator| {
        let bound = leaf(place, op, value.as_number().cloned().ok_or_else(unknown)?.into());
        Ok(Some(if strict { bound } else { Condition::Any(vec![empty(place), bound]) }))
    };
    match keyword {
        "const" => constant(place, value).map(Some),
        "enum" => one_of(place, value).map(Some).ok_or_else(unknown),
        "not" => Ok(Some(Condition::Not(Box::new(below(value)?)))),
        "allOf" => Ok(Some(Condition::All(all()?))),
        "anyOf" => Ok(Some(Condition::Any(all()?))),
        // Constants exclude each other, so that one of them is any of them.
        "oneOf" if is_constants(value) => Ok(Some(Condition::Any(all()?))),
        "minimum" => limit(Operator::Gte),
        "maximum" => limit(Operator::Lte),
        "exclusiveMinimum" => limit(Operator::Gt),
        "exclusiveMaximum" => limit(Operator::Lt),
        "minLength" | "minItems" if value == 0 => Ok(None),
        "minLength" | "minItems" if value == 1 => Ok(Some(given(place))),
        "maxLength" | "maxItems" if value == 0 => Ok(Some(empty(place))),
        "contains" => {
            if let Some(constant) =
                value.get("const").filter(|constant| !constant.is_object() && !constant.is_array())
            {
                return Ok(Some(leaf(place, Operator::Contains, constant.clone())));
            }
            let options =
                value.get("enum").filter(|_| value.as_object().is_some_and(|members| members.len() == 1));
            options.map(|options| Some(leaf(place, Operator::AnyOf, options.clone()))).ok_or_else(unknown)
        }
        "pattern" => of_pattern(place, value.as_str().ok_or_else(unknown)?).map(Some).ok_or_else(unknown),
        "type" => match value.as_str() {
            Some("null") => Ok(Some(empty(place))),
            // Beside a constant it says nothing more.
            Some(_) if beside.contains_key("const") || beside.contains_key("enum") => Ok(None),
            Some("object") => Ok(None),
            Some(_) => Ok(Some(given(place))),
            None => Err(unknown()),
        },
        "required" => {
            let names = value.as_array().ok_or_else(unknown)?.iter().filter_map(Value::as_str);
            Ok(Some(Condition::All(names.map(|name| given(&pointer::join(place, name))).collect())))
        }
        "properties" => {
            let required = |name: &str| {
                let names = beside.get("required").and_then(Value::as_array);
                names.is_some_and(|names| names.iter().any(|known| known == name))
            };
            let of_member = |(name, part): (&String, &Value)| {
                let place = pointer::join(place, name);
                let condition = of_schema(&place, part, strict)?;
                let optional = !strict && !required(name);
                Ok(if optional { Condition::Any(vec![empty(&place), condition]) } else { condition })
            };
            let members = value.as_object().ok_or_else(unknown)?;
            Ok(Some(Condition::All(members.iter().map(of_member).collect::<Result<_, String>>()?)))
        }
        "$schema" | "$id" | "$comment" | "title" | "description" | "default" | "examples" => Ok(None),
        _ => Err(unknown()),
    }
}

fn is_constants(parts: &Value) -> bool {
    let alone = |part: &Value| part.as_object().is_some_and(|part| part.contains_key("const"));
    parts.as_array().is_some_and(|parts| parts.iter().all(alone))
}

fn one_of(place: &str, values: &Value) -> Option<Condition> {
    let values = values.as_array()?;
    if values.iter().any(|value| value.is_array() || value.is_object()) {
        return None;
    }
    let (missing, present): (Vec<&Value>, Vec<&Value>) = values.iter().partition(|value| value.is_null());
    let listed = leaf(place, Operator::In, present.into_iter().cloned().collect());
    Some(if missing.is_empty() { listed } else { Condition::Any(vec![empty(place), listed]) })
}

/// Patterns that are plain words, at the start or anywhere.
fn of_pattern(place: &str, pattern: &str) -> Option<Condition> {
    let start = pattern.strip_prefix('^');
    let rest = start.unwrap_or(pattern);
    let whole = start.and_then(|rest| rest.strip_suffix('$'));
    let words = whole.unwrap_or(rest);
    if words.is_empty()
        || words.contains(['\\', '.', '*', '+', '?', '[', ']', '(', ')', '{', '}', '|', '^', '$'])
    {
        return None;
    }
    let op = match (start, whole) {
        (_, Some(_)) => Operator::Eq,
        (Some(_), None) => Operator::StartsWith,
        (None, _) => Operator::Contains,
    };
    Some(leaf(place, op, words.into()))
}
