//! What files and images share: a value names what was uploaded before, and holds none of it.
//!
//! `"0192f0c1-…"`, or `{"id": "0192f0c1-…", "name": "receipt.pdf", "size": 48211}`, or a list of either. The name is
//! text to be shown, never a path.

use serde_json::Value;

use super::{Field, read};
use crate::fault::Fault;

/// What the schema would have to take.
pub(super) fn misfit(field: &Field) -> Option<&'static str> {
    let types = field.types;
    (!(types.text() || types.object || types.array))
        .then_some("the id of an upload, an object with it, or a list")
}

/// Ids are letters, digits, `-` and `_`: nothing that means anything in an address.
pub(super) fn fault(value: &Value) -> Option<Fault> {
    let is_id = |text: &str| {
        let fine = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        (1..=100).contains(&text.len()) && text.bytes().all(fine)
    };
    let names = |value: &Value| {
        let id = if value.is_object() { value.get("id") } else { Some(value) };
        id.and_then(Value::as_str).is_some_and(is_id)
    };
    let fine = match value {
        Value::Array(items) => items.iter().all(names),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_) => names(value),
    };
    (!fine).then(|| Fault::Format("upload".to_owned()))
}

/// The ids a page posts.
pub(super) fn read(field: &Field, texts: &[&str]) -> Option<Value> {
    let mut given = texts
        .iter()
        .map(|text| text.trim())
        .filter(|text| !text.is_empty())
        .map(|text| if text.starts_with('{') { read::json(text) } else { text.into() });
    if field.types.array {
        let all: Vec<Value> = given.collect();
        return (!all.is_empty()).then_some(Value::Array(all));
    }
    given.next_back()
}

/// The names of the files, else their ids.
pub(super) fn label(value: &Value) -> Option<String> {
    let name = |value: &Value| -> Option<String> {
        let text = value.get("name").or_else(|| value.get("id")).unwrap_or(value);
        text.as_str().map(str::to_owned)
    };
    match value.as_array() {
        Some(items) => Some(items.iter().filter_map(name).collect::<Vec<_>>().join(", ")),
        None => name(value),
    }
}
