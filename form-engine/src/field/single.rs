//! One of a few options, all of them seen.

use super::{Field, Kind};

pub(super) struct Single;

impl Kind for Single {
    fn control(&self) -> &'static str {
        "single"
    }

    fn misfit(&self, field: &Field) -> Option<&'static str> {
        (field.options.is_empty() && !field.types.boolean).then_some("one of several options")
    }
}
