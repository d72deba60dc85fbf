//! Yes or no.

use super::{Field, Kind};

pub(super) struct Boolean;

impl Kind for Boolean {
    fn control(&self) -> &'static str {
        "boolean"
    }

    fn misfit(&self, field: &Field) -> Option<&'static str> {
        (!field.types.truth()).then_some("a boolean")
    }
}
