//! A switch. The hidden input before it says "off" for a box that is not ticked.

use leptos::prelude::*;
use serde_json::Value;

use super::Asked;

pub(super) fn view(asked: &Asked<'_>) -> AnyView {
    let question = asked.question;
    let on = question.value == Value::Bool(true) || asked.typed() == "true";
    view! {
        <input type="hidden" name=question.path.clone() value="false" />
        <label class="option bare switch">
            <input
                type="checkbox"
                role="switch"
                id=format!("{}-input", asked.id)
                name=question.path.clone()
                value="true"
                checked=on
                aria-invalid=asked.invalid()
                aria-describedby=asked.described_by()
            />
            <span class="words">{question.title.clone()}</span>
        </label>
    }
    .into_any()
}
