//! A mail address.

use leptos::prelude::*;

use super::{
    Asked,
    line::{self, Line},
};

pub(super) fn view(asked: &Asked<'_>) -> AnyView {
    let line =
        Line { input_type: "email", input_mode: Some("email"), autocomplete: Some("email"), short: false };
    line::view(asked, &line)
}
