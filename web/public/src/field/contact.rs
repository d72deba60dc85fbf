//! A mail address or a mobile number, whichever the customer prefers.
//!
//! A plain text line: neither the mail nor the number keyboard could type both.

use leptos::prelude::*;

use super::{
    Asked,
    line::{self, Line},
};

pub(super) fn view(asked: &Asked<'_>) -> AnyView {
    line::view(
        asked,
        &Line { input_type: "text", input_mode: None, autocomplete: Some("email"), short: false },
    )
}
