//! Pictures, uploaded before the form is sent. See `upload` for the value.
//!
//! ```json
//! {"field": "/photo", "control": "image"}
//! ```

use serde_json::Value;

use super::{Field, Kind, upload};
use crate::fault::Fault;

pub(super) struct Image;

impl Kind for Image {
    fn control(&self) -> &'static str {
        "image"
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
