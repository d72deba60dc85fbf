//! A number chosen on a line between two ends, which the schema gives: `minimum`, `maximum`, and `multipleOf` for
//! the steps.
//!
//! ```json
//! {"field": "/budget", "control": "slider", "low": "nothing", "high": "all of it"}
//! ```

use super::{Field, Kind};

pub(super) struct Slider;

impl Kind for Slider {
    fn control(&self) -> &'static str {
        "slider"
    }

    fn misfit(&self, field: &Field) -> Option<&'static str> {
        let between = field.types.numeric() && field.min.is_some() && field.max.is_some();
        (!between).then_some("a number with a minimum and a maximum")
    }
}
