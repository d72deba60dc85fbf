//! Net Promoter Score: would they recommend us, 0 to 10.

use serde_json::Value;

use super::{Field, Kind, check};
use crate::fault::Fault;

pub(super) struct Nps;

impl Kind for Nps {
    fn control(&self) -> &'static str {
        "nps"
    }

    fn misfit(&self, field: &Field) -> Option<&'static str> {
        (!field.types.numeric()).then_some("a number")
    }

    fn fault(&self, field: &Field, value: &Value) -> Option<Fault> {
        check::scale(value, self.scale(field)?)
    }

    fn scale(&self, _field: &Field) -> Option<(i64, i64)> {
        Some((0, 10))
    }
}
