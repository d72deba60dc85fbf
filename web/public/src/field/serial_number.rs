//! A serial number, once it is given; before, there is nothing to say.

use leptos::prelude::*;

use super::Asked;

pub(super) fn view(asked: &Asked<'_>) -> AnyView {
    view! { <output class="computed" id=format!("{}-input", asked.id)>{asked.typed()}</output> }.into_any()
}
