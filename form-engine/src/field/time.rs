//! A time of day: `08:30`, `08:30:00`, or with an offset where the schema's format asks for one (RFC 3339).
//!
//! ```json
//! {"field": "/call_at", "control": "time"}
//! ```

use serde_json::Value;

use super::{Field, Kind, read};
use crate::fault::Fault;
use crate::moment;

pub(super) struct Time;

impl Kind for Time {
    fn control(&self) -> &'static str {
        "time"
    }

    fn misfit(&self, field: &Field) -> Option<&'static str> {
        (!field.types.text()).then_some("a text")
    }

    fn fault(&self, _field: &Field, value: &Value) -> Option<Fault> {
        let text = value.as_str().filter(|text| !text.is_empty())?;
        (!is_time(text)).then(|| Fault::Format("time-of-day".to_owned()))
    }

    /// Browsers leave the seconds out; `format: time` does not.
    fn read(&self, field: &Field, texts: &[&str]) -> Option<Value> {
        let value = read::scalar(field, texts.last()?)?;
        match value.as_str() {
            Some(text) if text.len() == 5 && is_time(text) && field.format.as_deref() == Some("time") => {
                Some(format!("{text}:00").into())
            }
            _ => Some(value),
        }
    }
}

/// Any day will do to read a time by.
fn is_time(text: &str) -> bool {
    text.len() >= 5 && moment::parse(&format!("2000-01-01T{text}")).is_some()
}
