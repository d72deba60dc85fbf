//! Kept with the submission but never shown: filled by links and programs.

use serde_json::Value;

use super::any::Any;
use super::{Field, Kind, read};

pub(super) struct Hidden;

impl Kind for Hidden {
    fn control(&self) -> &'static str {
        "hidden"
    }

    fn misfit(&self, _field: &Field) -> Option<&'static str> {
        None
    }

    fn read(&self, field: &Field, texts: &[&str]) -> Option<Value> {
        // A page carries a group or a list as JSON.
        let types = field.types;
        if (types.object || types.array) && !types.text() {
            Any.read(field, texts)
        } else {
            read::scalar(field, texts.last()?)
        }
    }
}
