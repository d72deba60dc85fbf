//! One of many options, in a list that opens.

use super::{Field, Kind};

pub(super) struct DropDown;

impl Kind for DropDown {
    fn control(&self) -> &'static str {
        "drop_down"
    }

    fn misfit(&self, field: &Field) -> Option<&'static str> {
        (field.options.is_empty() && !field.types.boolean).then_some("one of several options")
    }
}
