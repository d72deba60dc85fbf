//! A leaf of a schema that no kind of ours fits: one labelled line.

use leptos::prelude::*;

use super::{
    Asked,
    line::{self, Line},
};

pub(super) fn view(asked: &Asked<'_>) -> AnyView {
    line::view(asked, &Line { input_type: "text", input_mode: None, autocomplete: None, short: false })
}
