//! Rating: stars from 1, or the schema's minimum, up to the schema's maximum, 5 unless told.

use serde_json::Value;

use super::{Bound, Field, Kind, check};
use crate::fault::Fault;

/// More stars than this cannot be told apart.
const MOST: i64 = 20;

pub(super) struct Rating;

impl Kind for Rating {
    fn control(&self) -> &'static str {
        "rating"
    }

    fn misfit(&self, field: &Field) -> Option<&'static str> {
        (!field.types.numeric()).then_some("a number")
    }

    fn fault(&self, field: &Field, value: &Value) -> Option<Fault> {
        check::scale(value, self.scale(field)?)
    }

    fn scale(&self, field: &Field) -> Option<(i64, i64)> {
        let whole = |bound: &Option<Bound>| bound.as_ref()?.limit.as_i64();
        let low = whole(&field.min).unwrap_or(1);
        Some((low, whole(&field.max).unwrap_or(5).clamp(low, low + MOST)))
    }
}
