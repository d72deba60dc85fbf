//! A signature: the full name, typed, and a word on what that means.

use leptos::prelude::*;

use super::{
    Asked,
    line::{self, Line},
};

pub(super) fn view(asked: &Asked<'_>) -> AnyView {
    let line = Line { input_type: "text", input_mode: None, autocomplete: Some("name"), short: false };
    // A drawing was not typed, and is too long for a line.
    let typed = asked.typed();
    let name = if typed.starts_with("data:") { String::new() } else { typed };
    view! {
        {line::holding(asked, &line, name)}
        <p class="help">{asked.words.form.sign}</p>
    }
    .into_any()
}
