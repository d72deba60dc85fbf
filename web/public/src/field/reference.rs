//! What records, members and departments share: those the server offers, to choose from.

use leptos::prelude::*;

use super::{
    Asked, choices, drop_down,
    line::{self, Line},
};

pub(super) fn view(asked: &Asked<'_>) -> AnyView {
    if asked.question.options.is_empty() {
        let line = Line { input_type: "text", input_mode: None, autocomplete: Some("off"), short: false };
        return line::view(asked, &line);
    }
    if asked.question.more.several { choices::view(asked, "checkbox") } else { drop_down::view(asked) }
}
