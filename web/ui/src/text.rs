//! Running text with `code` in it: problems quote what a person wrote between backticks.

use leptos::prelude::*;

/// The parts of a text: plain ones, and those between backticks.
#[must_use]
pub fn quoted_parts(text: &str) -> Vec<(bool, String)> {
    let pieces: Vec<&str> = text.split('`').collect();
    // An odd backtick at the end opens nothing.
    let whole = pieces.len() % 2 == 1;
    pieces
        .iter()
        .enumerate()
        .map(|(index, piece)| {
            let last = index + 1 == pieces.len();
            if last && !whole { (false, format!("`{piece}")) } else { (index % 2 == 1, (*piece).to_owned()) }
        })
        .filter(|(_, piece)| !piece.is_empty())
        .collect()
}

/// `text` with its backticked parts as code.
#[component]
pub fn Quoting(
    /// What is said.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    move || {
        quoted_parts(&text.get())
            .into_iter()
            .map(|(code, piece)| if code { view! { <code class="rounded-selector bg-tint-neutral px-1 font-mono text-xs text-ink-neutral">{piece}</code> }.into_any() } else { piece.into_any() })
            .collect_view()
    }
}
