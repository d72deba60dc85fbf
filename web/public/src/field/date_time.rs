//! A day and a time, with the phone's own picker.

use leptos::prelude::*;

use super::{
    Asked,
    line::{self, Line},
};

pub(super) fn view(asked: &Asked<'_>) -> AnyView {
    line::view(
        asked,
        &Line { input_type: "datetime-local", input_mode: None, autocomplete: None, short: true },
    )
}
