//! The editor: a plain text area with line numbers beside it, problems marked on their lines.

use std::collections::BTreeSet;

use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::HtmlTextAreaElement;

use api_types::ProblemView;

use super::place;
use crate::i18n::{definitions as m, t};

const FIELD: &str = "definition-text";
const LINE_HEIGHT: i32 = 20;

/// Puts the cursor on a line and the line into view.
pub fn jump(line: usize) {
    let Some(field) =
        document().get_element_by_id(FIELD).and_then(|field| field.dyn_into::<HtmlTextAreaElement>().ok())
    else {
        return;
    };
    let text = field.value();
    let before: usize =
        text.split_inclusive('\n').take(line.saturating_sub(1)).map(|line| line.encode_utf16().count()).sum();
    let width = text.split('\n').nth(line.saturating_sub(1)).map_or(0, |line| line.encode_utf16().count());
    let position = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let _ = field.focus();
    let _ = field.set_selection_range(position(before), position(before + width));
    field.set_scroll_top((i32::try_from(line).unwrap_or(0) - 6).max(0) * LINE_HEIGHT);
}

#[component]
pub fn Editor(
    /// The text; set when it comes from elsewhere.
    text: RwSignal<String>,
    /// What is wrong with it.
    #[prop(into)]
    problems: Signal<Vec<ProblemView>>,
    /// It was typed.
    on_edit: Callback<String>,
) -> impl IntoView {
    let field = NodeRef::<html::Textarea>::new();
    let gutter = NodeRef::<html::Div>::new();
    let count = Memo::new(move |_| text.with(|text| text.split('\n').count()));
    let marked = Memo::new(move |_| {
        text.with(|text| {
            problems.with(|problems| place::lines_of(text, problems).into_iter().collect::<BTreeSet<_>>())
        })
    });
    let scroll = move |_| {
        if let (Some(field), Some(gutter)) = (field.get_untracked(), gutter.get_untracked()) {
            gutter.set_scroll_top(field.scroll_top());
        }
    };
    // Tab indents; Escape first gives Tab back to the page, for those who walk it by keyboard.
    let leaving = RwSignal::new(false);
    let keys = move |event: ev::KeyboardEvent| match event.key().as_str() {
        "Escape" => leaving.set(true),
        "Tab" if !leaving.get_untracked() && !event.shift_key() => {
            event.prevent_default();
            if let Some(field) = field.get_untracked() {
                let at = field.selection_start().ok().flatten().unwrap_or(0);
                let to = field.selection_end().ok().flatten().unwrap_or(at);
                let _ = field.set_range_text_with_start_and_end("  ", at, to);
                let _ = field.set_selection_range(at + 2, at + 2);
                on_edit.run(field.value());
            }
        }
        _ => leaving.set(false),
    };
    // The text is set only when it comes from elsewhere, so that the browser's own undo survives.
    Effect::new(move || {
        let text = text.get();
        if let Some(field) = field.get()
            && field.value() != text
        {
            field.set_value(&text);
        }
    });
    view! {
        <div class="cx-editor">
            <div node_ref=gutter class="cx-gutter" aria-hidden="true">
                {move || {
                    let marked = marked.get();
                    (1..=count.get()).map(|line| if marked.contains(&line) {
                        view! { <span class="cx-marked">{line}</span> }.into_any()
                    } else {
                        view! { <span>{line}</span> }.into_any()
                    }).collect_view()
                }}
            </div>
            <textarea
                node_ref=field id=FIELD class="cx-code" wrap="off" spellcheck="false" autocapitalize="off" autocomplete="off" aria-label=t(m::EDITOR)
                on:input=move |event| on_edit.run(event_target_value(&event)) on:scroll=scroll on:keydown=keys
            ></textarea>
            <p class="cx-editor-foot">{t(m::KEYS)}</p>
        </div>
    }
}
