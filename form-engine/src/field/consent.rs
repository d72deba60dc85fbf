//! Agreement: `true`, or not given.

use serde_json::Value;

use super::{Field, Kind, read};
use crate::fault::Fault;

pub(super) struct Consent;

impl Kind for Consent {
    fn control(&self) -> &'static str {
        "consent"
    }

    fn misfit(&self, field: &Field) -> Option<&'static str> {
        (!field.types.truth()).then_some("a boolean")
    }

    /// Where agreement is required, `false` is none.
    fn fault(&self, field: &Field, value: &Value) -> Option<Fault> {
        (field.required && value == &Value::Bool(false)).then_some(Fault::Consent)
    }

    fn read(&self, _field: &Field, texts: &[&str]) -> Option<Value> {
        read::truth(texts.last()?).filter(|given| *given).map(Value::Bool)
    }
}
