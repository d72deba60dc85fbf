//! A number between two ends: a line to type it, and a slider beside it for those whose browser runs the page's script.
//!
//! A slider alone always holds a number, so nobody could leave the question open.

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
    let input = line::view(asked, &line);
    let Some((low, high, step)) = asked.question.more.range.clone() else { return input };
    let (least, most) = asked.question.ends.clone().unwrap_or_default();
    view! {
        <div class="slider">
            {input}
            <input
                type="range"
                hidden
                data-slides=format!("{}-input", asked.id)
                min=low.clone()
                max=high.clone()
                step=step
                aria-label=asked.question.title.clone()
            />
            <p class="ends">
                <span><b>{low}</b>{least}</span>
                <span><b>{high}</b>{most}</span>
            </p>
        </div>
    }
    .into_any()
}
