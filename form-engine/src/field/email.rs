//! A mail address. It names the customer.

use serde_json::Value;

use super::{Field, Kind};
use crate::contact::Identity;
use crate::fault::Fault;

pub(super) struct Email;

impl Kind for Email {
    fn control(&self) -> &'static str {
        "email"
    }

    fn misfit(&self, field: &Field) -> Option<&'static str> {
        (!field.types.text()).then_some("a text")
    }

    fn fault(&self, _field: &Field, value: &Value) -> Option<Fault> {
        let text = value.as_str().filter(|text| !text.is_empty())?;
        crate::contact::mail(text).is_none().then_some(Fault::Format("email".to_owned()))
    }

    fn identity(&self, text: &str) -> Option<Identity> {
        Identity::read(crate::contact::IdentityKind::Mail, text)
    }
}
