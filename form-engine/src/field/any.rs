//! The generic leaf: whatever JSON the schema takes, written as text.

use serde_json::Value;

use super::{Field, Kind, read};

pub(super) struct Any;

impl Kind for Any {
    fn control(&self) -> &'static str {
        "any"
    }

    fn misfit(&self, _field: &Field) -> Option<&'static str> {
        None
    }

    fn read(&self, field: &Field, texts: &[&str]) -> Option<Value> {
        if texts.len() > 1 && field.types.list() {
            return Some(texts.iter().filter_map(|text| read::scalar(field, text)).collect());
        }
        let text = texts.last()?.trim();
        // A leaf that takes no text is written as JSON.
        let json =
            || serde_json::from_str(text).ok().filter(|value: &Value| !value.is_null() || field.types.null);
        if text.is_empty() {
            return None;
        }
        let structured = text.starts_with(['{', '[']);
        if !field.types.text() || structured {
            return json().or_else(|| Some(text.into()));
        }
        Some(text.into())
    }
}
