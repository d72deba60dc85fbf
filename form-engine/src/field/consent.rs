//! Agreement: `true`, or the version of the text that was agreed to; or not given.
//!
//! With a `version`, a schema that takes a text keeps which text it was: `"2026-03"`. An older one is no agreement.
//!
//! ```json
//! {"field": "/privacy", "control": "consent", "version": "2026-03"}
//! ```

use serde_json::Value;

use super::{Detail, Field, Kind, read};
use crate::fault::Fault;

pub(super) struct Consent;

impl Kind for Consent {
    fn control(&self) -> &'static str {
        "consent"
    }

    fn misfit(&self, field: &Field) -> Option<&'static str> {
        let versioned = matches!(field.detail, Detail::Version(_)) && field.types.string;
        (!field.types.truth() && !versioned).then_some("a boolean, or a text and a `version`")
    }

    /// Where agreement is required, `false` is none.
    fn fault(&self, field: &Field, value: &Value) -> Option<Fault> {
        let given = match (&field.detail, value) {
            (Detail::Version(version), Value::String(agreed)) => agreed == version,
            (_, value) => !field.required || value != &Value::Bool(false),
        };
        (!given).then_some(Fault::Consent)
    }

    fn read(&self, field: &Field, texts: &[&str]) -> Option<Value> {
        let text = texts.last()?.trim();
        let Detail::Version(version) = &field.detail else {
            return read::truth(text).filter(|given| *given).map(Value::Bool);
        };
        // The page sends the version it showed.
        let truth = if text == version { Some(true) } else { read::truth(text) };
        if !field.types.boolean {
            return match truth {
                Some(true) => Some(version.as_str().into()),
                Some(false) => None,
                // An older version stays, for the check to say so.
                None => (!text.is_empty()).then(|| text.into()),
            };
        }
        truth.filter(|given| *given).map(Value::Bool)
    }
}
