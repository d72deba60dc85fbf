//! One of many, in the phone's own picker.

use leptos::prelude::*;

use super::{Asked, text_of};

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
            let chosen = !held && value == typed;
            view! { <option value=value selected=chosen hidden=held disabled=held>{option.label.clone()}</option> }
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
