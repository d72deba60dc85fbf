//! Kept with the submission but never shown: filled by links and programs.

use super::{Field, Kind};

pub(super) struct Hidden;

impl Kind for Hidden {
    fn control(&self) -> &'static str {
        "hidden"
    }

    fn misfit(&self, _field: &Field) -> Option<&'static str> {
        None
    }
}
