//! Files: the browser's own control. The page's form is then sent as `multipart/form-data`.

use leptos::prelude::*;

use super::Asked;

/// The control; `accept` where the author names no kinds of files.
pub(super) fn view(asked: &Asked<'_>, accept: &str) -> AnyView {
    let more = &asked.question.more;
    let accept = if more.accept.is_empty() { accept.to_owned() } else { more.accept.join(",") };
    view! {
        <input
            class="field-line"
            type="file"
            id=format!("{}-input", asked.id)
            name=asked.question.path.clone()
            accept=(!accept.is_empty()).then_some(accept)
            multiple=more.several
            aria-required=asked.needed()
            aria-invalid=asked.invalid()
            aria-describedby=asked.described_by()
        />
    }
    .into_any()
}
