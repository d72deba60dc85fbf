//! An instant: `2026-03-01T08:00:00+08:00`.
//!
//! A browser's own control knows no offset; the page's script writes the reader's own after it, and a form
//! post may bring one as `_offset`. Without one it is UTC.

use serde_json::Value;

use super::{Field, Kind, read};
use crate::fault::Fault;
use crate::moment;

pub(super) struct DateTime;

impl Kind for DateTime {
    fn control(&self) -> &'static str {
        "date_time"
    }

    fn misfit(&self, field: &Field) -> Option<&'static str> {
        (!field.types.text()).then_some("a text")
    }

    fn fault(&self, _field: &Field, value: &Value) -> Option<Fault> {
        let text = value.as_str().filter(|text| !text.is_empty())?;
        let fine = text.len() > 10 && moment::parse(text).is_some();
        (!fine).then(|| Fault::Format("date-time".to_owned()))
    }

    fn read(&self, field: &Field, texts: &[&str]) -> Option<Value> {
        let value = read::scalar(field, texts.last()?)?;
        match value.as_str() {
            // `datetime-local` leaves out seconds as well.
            Some(text) if text.len() == 16 && moment::parse(text).is_some() => {
                Some(format!("{text}:00").into())
            }
            _ => Some(value),
        }
    }
}
