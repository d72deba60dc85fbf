//! The form as a list: pages and their questions, to jump to.

use leptos::prelude::*;
use web_ui::Glyph;

use super::Bench;
use crate::{
    editor::form::{kinds, outline::Outline},
    i18n::{designer as m, fill, say},
};

#[component]
pub fn OutlineList(bench: Bench) -> impl IntoView {
    let several = move || bench.outline.with(|outline| outline.pages.len() > 1);
    move || {
        bench.language.track();
        let Outline { pages, .. } = bench.outline.get();
        if pages.iter().all(Vec::is_empty) {
            return view! { <p class="py-4 text-center text-muted">{say(m::EMPTY)}</p> }.into_any();
        }
        pages
            .into_iter()
            .enumerate()
            .map(|(page, items)| {
                let head = several().then(|| view! { <h3 class="mt-2 mb-1 text-xs font-medium text-muted">{fill(m::PAGE_N, &[("n", &(page + 1).to_string())])}</h3> });
                let lines = items.into_iter().filter(|item| item.text.is_none()).map(|item| {
                    let path = item.path.clone();
                    let chosen = bench.is_chosen(StoredValue::new(item.path.clone()));
                    let icon = match item.kind {
                        Some(kind) => kinds::offer(kind).icon,
                        None if item.rows => kinds::Extra::Rows.icon(),
                        None => web_ui::Icon::Code,
                    };
                    view! {
                        <li><button type="button" class="cx-menu-item" aria-current=move || chosen.get().then_some("true") on:click=move |_| bench.choose(&path, true)>
                            <Glyph icon=icon/><span class="grow truncate">{bench.title(&item.path)}</span>
                            {item.required.then(|| view! { <span class="text-error" aria-hidden="true">"*"</span> })}
                        </button></li>
                    }
                }).collect_view();
                view! { {head} <ol class="cx-outline">{lines}</ol> }
            })
            .collect_view()
            .into_any()
    }
}
