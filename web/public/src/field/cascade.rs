//! A choice made step by step, as one drop-down: the ways under their first step, each said in full.

use leptos::prelude::*;

use super::Asked;

pub(super) fn view(asked: &Asked<'_>) -> AnyView {
    let chosen = &asked.question.value;
    let groups: Vec<_> = asked
        .question
        .more
        .groups
        .iter()
        .map(|(head, ways)| {
            let ways: Vec<_> = ways
                .iter()
                .map(|way| {
                    let selected = *chosen == way.value;
                    view! { <option value=way.value.to_string() selected=selected>{way.label.clone()}</option> }
                })
                .collect();
            view! { <optgroup label=head.clone()>{ways}</optgroup> }
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
            {groups}
        </select>
    }
    .into_any()
}
