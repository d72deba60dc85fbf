//! Several lines of text.

use leptos::prelude::*;

use super::Asked;

pub(super) fn view(asked: &Asked<'_>) -> AnyView {
    let question = asked.question;
    view! {
        <textarea
            class="field-line"
            id=format!("{}-input", asked.id)
            name=question.path.clone()
            rows="4"
            placeholder=question.placeholder.clone()
            maxlength=question.max_length.map(|length| length.to_string())
            aria-required=asked.needed()
            aria-invalid=asked.invalid()
            aria-describedby=asked.described_by()
        >
            {crate::escape::area(&asked.typed())}
        </textarea>
    }
    .into_any()
}
