//! Files: the browser's own control, and a list of those that came already.
//!
//! Where the page's script runs it sends each file as it is chosen; else the form brings them along, as
//! `multipart/form-data`. Either way a file that came is a checkbox: ticked, it belongs to the answer.

use leptos::prelude::*;

use super::Asked;

/// The control; `accept` where the author names no kinds of files.
pub(super) fn view(asked: &Asked<'_>, accept: &str) -> AnyView {
    let more = &asked.question.more;
    let accept = if more.accept.is_empty() { accept.to_owned() } else { more.accept.join(",") };
    let files: Vec<_> = more.files.iter().map(|file| kept(asked, file)).collect();
    view! {
        <div class="files" data-files=asked.question.path.clone()>{files}</div>
        <input
            class="field-line"
            type="file"
            id=format!("{}-input", asked.id)
            name=asked.question.path.clone()
            accept=(!accept.is_empty()).then_some(accept)
            multiple=more.several
            data-failed=asked.words.form.file_failed
            aria-required=asked.needed()
            aria-invalid=asked.invalid()
            aria-describedby=asked.described_by()
        />
        <progress class="bar" max="100" value="0" aria-label=asked.words.form.file_sending hidden></progress>
    }
    .into_any()
}

fn kept(asked: &Asked<'_>, (value, name, size): &(String, String, String)) -> AnyView {
    view! {
        <label class="option">
            <input type="checkbox" name=asked.question.path.clone() value=value.clone() checked=true />
            <span class="words">{name.clone()}</span>
            <span class="tag">{size.clone()}</span>
            <span class="glow"></span>
        </label>
    }
    .into_any()
}
