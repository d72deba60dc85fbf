//! A resident identity number: a line without help from the browser, which must not keep it.

use leptos::prelude::*;

use super::{
    Asked,
    line::{self, Line},
};

pub(super) fn view(asked: &Asked<'_>) -> AnyView {
    line::view(asked, &Line { input_type: "text", input_mode: None, autocomplete: Some("off"), short: false })
}
