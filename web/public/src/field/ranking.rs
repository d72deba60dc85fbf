//! Options to put in order: one drop-down per rank, the best first.
//!
//! Dragging would need a script and a steady hand; a list of ranks needs neither. Ranks left open close up.

use leptos::prelude::*;
use serde_json::Value;

use super::{Asked, text_of};
use crate::words::put;

pub(super) fn view(asked: &Asked<'_>) -> AnyView {
    let question = asked.question;
    let ranked: &[Value] = question.value.as_array().map_or(&[], Vec::as_slice);
    let ranks = question.more.most.unwrap_or(question.options.len()).min(question.options.len());
    let selects: Vec<_> = (0..ranks)
        .map(|rank| {
            let chosen = ranked.get(rank).map(text_of);
            let options: Vec<_> = question
                .options
                .iter()
                .map(|option| {
                    let value = text_of(&option.value);
                    let selected = chosen.as_ref() == Some(&value);
                    view! { <option value=value selected=selected>{option.label.clone()}</option> }
                })
                .collect();
            let label = put(asked.words.form.rank, &[("n", &(rank + 1).to_string())]);
            view! {
                <li>
                    <select
                        class="field-line"
                        id=format!("{}-{rank}", asked.id)
                        name=question.path.clone()
                        aria-label=label
                    >
                        <option value="">{asked.words.form.choose}</option>
                        {options}
                    </select>
                </li>
            }
        })
        .collect();
    view! { <ol class="ranks">{selects}</ol> }.into_any()
}
