//! One of many, in the phone's own picker.

use leptos::prelude::*;

use super::{Asked, text_of};
use crate::words::put;

pub(super) fn view(asked: &Asked<'_>) -> AnyView {
    let typed = asked.typed();
    let options: Vec<_> = asked
        .question
        .options
        .iter()
        .enumerate()
        .map(|(index, option)| {
            let value = text_of(&option.value);
            let held = asked.question.held_back.contains(&index);
            let full = asked.question.more.full.contains(&index);
            let chosen = !held && !full && value == typed;
            let label = match full {
                true => put(asked.words.form.full_option, &[("label", &option.label)]),
                false => option.label.clone(),
            };
            let mark = full.then_some("");
            view! { <option value=value selected=chosen hidden=held disabled={held || full} data-full=mark>{label}</option> }
        })
        .collect();
    view! {
        <select
            class="field-line"
            id=format!("{}-input", asked.id)
            name=asked.question.path.clone()
            aria-required=asked.needed()
            aria-invalid=asked.invalid()
            aria-describedby=asked.described_by()
        >
            <option value="">{asked.words.form.choose}</option>
            {options}
        </select>
    }
    .into_any()
}
