//! A phone number.

use leptos::prelude::*;

use super::{
    Asked,
    line::{self, Line},
};

pub(super) fn view(asked: &Asked<'_>) -> AnyView {
    let line = Line { input_type: "tel", input_mode: Some("tel"), autocomplete: Some("tel"), short: false };
    line::view(asked, &line)
}
