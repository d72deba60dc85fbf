//! A number given when the submission is stored: `CS-20260301-0007`. Nobody types it.
//!
//! ```json
//! {"field": "/number", "control": "serial_number", "serial": {"pattern": "CS-{yyyy}{MM}{dd}-{n:4}", "reset": "day"}}
//! ```

use serde_json::Value;

use super::{Field, Kind};

pub(super) struct SerialNumber;

impl Kind for SerialNumber {
    fn control(&self) -> &'static str {
        "serial_number"
    }

    fn misfit(&self, field: &Field) -> Option<&'static str> {
        (!field.types.text()).then_some("a text")
    }

    fn read(&self, _field: &Field, _texts: &[&str]) -> Option<Value> {
        None
    }
}
