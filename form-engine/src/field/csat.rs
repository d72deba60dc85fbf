//! Customer satisfaction: 1 to 5.

use serde_json::Value;

use super::{Field, Kind, check};
use crate::fault::Fault;

pub(super) struct Csat;

impl Kind for Csat {
    fn control(&self) -> &'static str {
        "csat"
    }

    fn misfit(&self, field: &Field) -> Option<&'static str> {
        (!field.types.numeric()).then_some("a number")
    }

    fn fault(&self, field: &Field, value: &Value) -> Option<Fault> {
        check::scale(value, self.scale(field)?)
    }

    fn scale(&self, _field: &Field) -> Option<(i64, i64)> {
        Some((1, 5))
    }
}
