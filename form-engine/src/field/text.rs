//! One line of text.

use super::{Field, Kind};

pub(super) struct Text;

impl Kind for Text {
    fn control(&self) -> &'static str {
        "text"
    }

    fn misfit(&self, field: &Field) -> Option<&'static str> {
        (!field.types.text() && !field.types.numeric()).then_some("a text")
    }
}
