//! A strip of equal cells, one radio each: how scores are asked.
//!
//! No colours that judge, labels at both ends as text, arrow keys as in any radio group.

use leptos::prelude::*;

use super::{Asked, text_of};

/// The strip from `low` to `high`.
pub(super) fn view(asked: &Asked<'_>, low: i64, high: i64) -> AnyView {
    let typed = asked.typed();
    let cells: Vec<_> = (low..=high)
        .map(|score| {
            let chosen = typed == score.to_string();
            view! {
                <label class="cell">
                    <input
                        type="radio"
                        id=format!("{}-{score}", asked.id)
                        name=asked.question.path.clone()
                        value=score.to_string()
                        checked=chosen
                        aria-label=label(asked, score)
                    />
                    <span>{score}</span>
                </label>
            }
        })
        .collect();
    let ends = match (option(asked, low), option(asked, high)) {
        (None, None) => None,
        (least, most) => Some(view! {
            <p class="ends" aria-hidden="true">
                <span><b>{low}</b>{least}</span>
                <span><b>{high}</b>{most}</span>
            </p>
        }),
    };
    view! { <div class="scale">{cells}</div>{ends} }.into_any()
}

/// "0, not at all likely": the number with what the author calls it.
fn label(asked: &Asked<'_>, score: i64) -> Option<String> {
    option(asked, score).map(|label| format!("{score}, {label}"))
}

/// What the author calls a score, when that says more than the number.
pub(super) fn option(asked: &Asked<'_>, score: i64) -> Option<String> {
    if let (Some((low, high)), Some((least, most))) = (asked.question.scale, &asked.question.ends) {
        let end = if score == low { Some(least) } else { (score == high).then_some(most) };
        if let Some(end) = end.filter(|end| !end.is_empty()) {
            return Some(end.clone());
        }
    }
    let value = score.to_string();
    let found = asked.question.options.iter().find(|option| text_of(&option.value) == value)?;
    (found.label != value && !found.label.is_empty()).then(|| found.label.clone())
}
