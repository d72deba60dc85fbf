//! A line of text.

use leptos::prelude::*;

use super::{
    Asked,
    line::{self, Line},
};

pub(super) fn view(asked: &Asked<'_>) -> AnyView {
    line::view(
        asked,
        &Line {
            input_type: "text",
            input_mode: asked.question.more.keyboard,
            autocomplete: None,
            short: false,
        },
    )
}
