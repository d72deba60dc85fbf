//! A department of the team: its key, or a list of keys. Which there are the caller brings.
//!
//! ```json
//! {"field": "/about", "control": "department"}
//! ```

use serde_json::Value;

use super::{Field, Kind, read};

pub(super) struct Department;

impl Kind for Department {
    fn control(&self) -> &'static str {
        "department"
    }

    fn misfit(&self, field: &Field) -> Option<&'static str> {
        (!field.types.text() && !field.types.array).then_some("an id or a list of ids")
    }

    fn read(&self, field: &Field, texts: &[&str]) -> Option<Value> {
        read::ids(field, texts)
    }
}
