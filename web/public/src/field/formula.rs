//! A computed value: said, not asked.

use leptos::prelude::*;

use super::Asked;

pub(super) fn view(asked: &Asked<'_>) -> AnyView {
    let value = asked.typed();
    let said = if value.is_empty() { asked.words.form.computed.to_owned() } else { value };
    view! { <output class="computed" id=format!("{}-input", asked.id)>{said}</output> }.into_any()
}
