//! Several of a few options: a list without repetitions.

use serde_json::Value;

use super::{Field, Kind, read};

pub(super) struct Multiple;

impl Kind for Multiple {
    fn control(&self) -> &'static str {
        "multiple"
    }

    fn misfit(&self, field: &Field) -> Option<&'static str> {
        (field.options.is_empty() || !field.types.list()).then_some("a list of options")
    }

    /// Boxes that are not ticked send nothing, so nothing given is an answer of none, which is missing.
    fn read(&self, field: &Field, texts: &[&str]) -> Option<Value> {
        let chosen: Vec<Value> = texts.iter().filter_map(|text| read::scalar(field, text)).collect();
        (!chosen.is_empty()).then_some(Value::Array(chosen))
    }
}
