//! A record of another form: the order a complaint is about.
//!
//! The value is the record's id, or a list of ids. Which records may be chosen, and what is filled in from the one
//! chosen, the layout says; the records themselves the caller brings.
//!
//! ```json
//! {"field": "/order", "control": "linked_record", "record": {"form": "order", "label": "/number",
//!     "where": {"field": "/status", "op": "ne", "value": "void"}, "fill": {"/address": "/ship_to"}}}
//! ```

use serde_json::Value;

use super::{Field, Kind, read};

pub(super) struct LinkedRecord;

impl Kind for LinkedRecord {
    fn control(&self) -> &'static str {
        "linked_record"
    }

    fn misfit(&self, field: &Field) -> Option<&'static str> {
        (!field.types.text() && !field.types.array).then_some("an id or a list of ids")
    }

    fn read(&self, field: &Field, texts: &[&str]) -> Option<Value> {
        read::ids(field, texts)
    }
}
