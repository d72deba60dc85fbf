//! A calendar day: `2026-03-01`.

use serde_json::Value;

use super::{Field, Kind};
use crate::fault::Fault;
use crate::moment;

pub(super) struct Date;

impl Kind for Date {
    fn control(&self) -> &'static str {
        "date"
    }

    fn misfit(&self, field: &Field) -> Option<&'static str> {
        (!field.types.text()).then_some("a text")
    }

    fn fault(&self, _field: &Field, value: &Value) -> Option<Fault> {
        let text = value.as_str().filter(|text| !text.is_empty())?;
        moment::parse_day(text).is_none().then(|| Fault::Format("date".to_owned()))
    }
}
