//! An unticked box and the words agreed to.

use leptos::prelude::*;
use serde_json::Value;

use super::Asked;

pub(super) fn view(asked: &Asked<'_>) -> AnyView {
    let question = asked.question;
    // Agreement to an older text is none to this one.
    let this_text = question.more.version.as_ref().is_some_and(|version| *version == asked.typed());
    let chosen = this_text || question.value == Value::Bool(true) || asked.typed() == "true";
    let optional =
        (!question.required).then(|| view! { <span class="optional">{asked.words.form.optional}</span> });
    view! {
        <label class="option bare">
            <input
                type="checkbox"
                id=format!("{}-input", asked.id)
                name=question.path.clone()
                value=question.more.version.clone().unwrap_or_else(|| "true".to_owned())
                checked=chosen
                aria-required=asked.needed()
                aria-invalid=asked.invalid()
                aria-describedby=asked.described_by()
            />
            <span class="words">{question.title.clone()} {optional}</span>
        </label>
    }
    .into_any()
}
