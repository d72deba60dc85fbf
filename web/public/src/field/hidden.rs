//! A value that comes with the link and is not asked.

use leptos::prelude::*;

use super::Asked;

pub(super) fn view(asked: &Asked<'_>) -> AnyView {
    view! { <input type="hidden" name=asked.question.path.clone() value=asked.typed() data-kind="hidden" /> }
        .into_any()
}
