//! A computed value, shown and not asked. A `set` rule of the form computes it.
//!
//! ```json
//! {"field": "/total", "control": "formula"}
//! ```

use serde_json::Value;

use super::{Field, Kind};

pub(super) struct Formula;

impl Kind for Formula {
    fn control(&self) -> &'static str {
        "formula"
    }

    fn misfit(&self, _field: &Field) -> Option<&'static str> {
        None
    }

    /// What a page posts is not believed: the rule computes it again.
    fn read(&self, _field: &Field, _texts: &[&str]) -> Option<Value> {
        None
    }
}
