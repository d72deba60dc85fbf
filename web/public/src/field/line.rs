//! A single line of typing, as several kinds use it.

use leptos::prelude::*;

use super::Asked;

/// What a line tells keyboards and password managers.
pub(super) struct Line {
    /// `type`.
    pub input_type: &'static str,
    /// Which keyboard a phone shows.
    pub input_mode: Option<&'static str>,
    /// What the browser may fill in.
    pub autocomplete: Option<&'static str>,
    /// Narrow: a date, a number.
    pub short: bool,
}

/// The line, holding what was typed.
pub(super) fn view(asked: &Asked<'_>, line: &Line) -> AnyView {
    holding(asked, line, asked.typed())
}

/// The line, holding `value`: what the browser's own control takes of what was typed.
pub(super) fn holding(asked: &Asked<'_>, line: &Line, value: String) -> AnyView {
    let question = asked.question;
    let class = if line.short { "field-line short" } else { "field-line" };
    view! {
        <input
            class=class
            id=format!("{}-input", asked.id)
            type=line.input_type
            name=question.path.clone()
            value=value
            inputmode=line.input_mode
            autocomplete=line.autocomplete
            placeholder=question.placeholder.clone()
            maxlength=question.max_length.map(|length| length.to_string())
            aria-required=asked.needed()
            aria-invalid=asked.invalid()
            aria-describedby=asked.described_by()
        />
    }
    .into_any()
}
