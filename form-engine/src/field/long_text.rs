//! Several lines of text.

use super::{Field, Kind};

pub(super) struct LongText;

impl Kind for LongText {
    fn control(&self) -> &'static str {
        "long_text"
    }

    fn misfit(&self, field: &Field) -> Option<&'static str> {
        (!field.types.text()).then_some("a text")
    }
}
