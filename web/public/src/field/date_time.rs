//! A day and a time, with the phone's own picker.

use leptos::prelude::*;

use super::{
    Asked,
    line::{self, Line},
};

/// What the browser's control takes of `2026-03-01T08:00:00+08:00`.
const SHOWN: usize = 16;

pub(super) fn view(asked: &Asked<'_>) -> AnyView {
    let line = Line { input_type: "datetime-local", input_mode: None, autocomplete: None, short: true };
    let typed = asked.typed();
    let input = line::holding(asked, &line, typed.get(..SHOWN).unwrap_or(&typed).to_owned());
    // The control knows no offset: the page's script shows the instant on the reader's own clock.
    match typed.len() > SHOWN {
        true => view! { <div data-moment=typed>{input}</div> }.into_any(),
        false => input,
    }
}
