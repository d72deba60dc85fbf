//! One box for either a mail address or a phone number. It names the customer.

use serde_json::Value;

use super::{Field, Kind};
use crate::contact::Identity;
use crate::fault::Fault;

pub(super) struct Contact;

impl Kind for Contact {
    fn control(&self) -> &'static str {
        "contact"
    }

    fn misfit(&self, field: &Field) -> Option<&'static str> {
        (!field.types.text()).then_some("a text")
    }

    fn fault(&self, _field: &Field, value: &Value) -> Option<Fault> {
        let text = value.as_str().filter(|text| !text.is_empty())?;
        Identity::of_contact(text).is_none().then_some(Fault::Format("contact".to_owned()))
    }

    fn identity(&self, text: &str) -> Option<Identity> {
        Identity::of_contact(text)
    }
}
