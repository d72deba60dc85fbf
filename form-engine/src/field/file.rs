//! Files of any kind, uploaded before the form is sent. See `upload` for the value.
//!
//! ```json
//! {"field": "/contract", "control": "file", "files": {"accept": ["application/pdf"], "max_bytes": 5000000}}
//! ```

use serde_json::Value;

use super::{Field, Kind, upload};
use crate::fault::Fault;

pub(super) struct File;

impl Kind for File {
    fn control(&self) -> &'static str {
        "file"
    }

    fn misfit(&self, field: &Field) -> Option<&'static str> {
        upload::misfit(field)
    }

    fn fault(&self, _field: &Field, value: &Value) -> Option<Fault> {
        upload::fault(value)
    }

    fn read(&self, field: &Field, texts: &[&str]) -> Option<Value> {
        upload::read(field, texts)
    }

    fn label(&self, _field: &Field, value: &Value, _language: &str) -> Option<String> {
        upload::label(value)
    }
}
