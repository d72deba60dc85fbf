//! A time of day, with the phone's own picker.

use leptos::prelude::*;

use super::{
    Asked,
    line::{self, Line},
};

/// What the browser's control takes of `08:30:00+08:00`.
const SHOWN: usize = 5;

pub(super) fn view(asked: &Asked<'_>) -> AnyView {
    let line = Line { input_type: "time", input_mode: None, autocomplete: None, short: true };
    let typed = asked.typed();
    line::holding(asked, &line, typed.get(..SHOWN).unwrap_or(&typed).to_owned())
}
