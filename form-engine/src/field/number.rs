//! A number; whole where the schema says so.

use super::{Field, Kind};

pub(super) struct Number;

impl Kind for Number {
    fn control(&self) -> &'static str {
        "number"
    }

    fn misfit(&self, field: &Field) -> Option<&'static str> {
        (!field.types.numeric()).then_some("a number")
    }
}
