//! A member of the team: the id of a person, or a list of ids. Who there is the caller brings.
//!
//! ```json
//! {"field": "/served_by", "control": "member"}
//! ```

use serde_json::Value;

use super::{Field, Kind, read};

pub(super) struct Member;

impl Kind for Member {
    fn control(&self) -> &'static str {
        "member"
    }

    fn misfit(&self, field: &Field) -> Option<&'static str> {
        (!field.types.text() && !field.types.array).then_some("an id or a list of ids")
    }

    fn read(&self, field: &Field, texts: &[&str]) -> Option<Value> {
        read::ids(field, texts)
    }
}
