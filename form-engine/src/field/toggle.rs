//! A switch: on or off, never unanswered. The page sends `false` beside a switch that is off.
//!
//! ```json
//! {"field": "/newsletter", "control": "toggle"}
//! ```

use super::{Field, Kind};

pub(super) struct Toggle;

impl Kind for Toggle {
    fn control(&self) -> &'static str {
        "toggle"
    }

    fn misfit(&self, field: &Field) -> Option<&'static str> {
        (!field.types.truth()).then_some("a boolean")
    }
}
