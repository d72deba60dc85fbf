//! Stars, one radio each, filled up to the chosen one by style alone.

use leptos::prelude::*;

use super::{Asked, scale};

/// Stars a row holds; a higher rating is asked as a strip of numbers.
const MOST: i64 = 7;

pub(super) fn view(asked: &Asked<'_>) -> AnyView {
    let (low, high) = asked.question.scale.unwrap_or((1, 5));
    if low != 1 || !(1..=MOST).contains(&high) {
        return scale::view(asked, low, high.min(low + 10));
    }
    let typed = asked.typed();
    let stars: Vec<_> = (1..=high)
        .map(|score| {
            let id = format!("{}-{score}", asked.id);
            let name = scale::option(asked, score);
            let label = name.map_or_else(|| format!("{score} / {high}"), |name| format!("{score} / {high}, {name}"));
            let chosen = typed == score.to_string();
            view! {
                <input
                    type="radio"
                    id=id.clone()
                    name=asked.question.path.clone()
                    value=score.to_string()
                    checked=chosen
                    aria-label=label
                />
                <label for=id>
                    <svg viewBox="0 0 24 24" aria-hidden="true">
                        <path d="M12 3.2l2.7 5.6 6.1.8-4.5 4.2 1.1 6.1L12 17l-5.4 2.9 1.1-6.1L3.2 9.6l6.1-.8z"></path>
                    </svg>
                </label>
            }
        })
        .collect();
    view! { <div class="stars">{stars}</div> }.into_any()
}
