//! A number.
//!
//! A text line with the number keyboard: `type=number` changes values on scrolling, and hides
//! from the server what was typed when it is no number.

use leptos::prelude::*;

use super::{
    Asked,
    line::{self, Line},
};

pub(super) fn view(asked: &Asked<'_>) -> AnyView {
    let line = Line {
        input_type: "text",
        input_mode: asked.question.more.keyboard.or(Some("decimal")),
        autocomplete: Some("off"),
        short: true,
    };
    line::view(asked, &line)
}
