//! Step one: a file, by dropping or by choosing.

use leptos::{ev, prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;
use web_ui::{Glyph, Icon, IconSize, Notice, Tone};

use super::Step;
use crate::{
    api,
    i18n::{import as m, t},
};

#[component]
pub fn Choose(step: RwSignal<Step>) -> impl IntoView {
    let (busy, over) = (RwSignal::new(false), RwSignal::new(false));
    let fault = RwSignal::new(None::<String>);
    let take = move |file: Option<web_sys::File>| {
        let Some(file) = file.filter(|_| !busy.get_untracked()) else { return };
        busy.set(true);
        fault.set(None);
        spawn_local(async move {
            match api::upload(&file).await {
                Ok(preview) => step.set(Step::Check(Box::new(preview))),
                Err(refused) => fault.set(Some(refused.in_words())),
            }
            let _ = busy.try_set(false);
        });
    };
    let dropped = move |event: ev::DragEvent| {
        event.prevent_default();
        over.set(false);
        take(event.data_transfer().and_then(|data| data.files()).and_then(|files| files.get(0)));
    };
    let chosen = move |event: ev::Event| {
        let input = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok());
        take(input.and_then(|input| input.files()).and_then(|files| files.get(0)));
    };
    view! {
        <label
            class="flex cursor-pointer flex-col items-center gap-2 rounded-box border-2 border-dashed bg-base-100 px-6 py-16 text-center focus-within:border-primary"
            class:border-edge=move || !over.get() class:border-primary=over class:bg-selected=over
            on:dragover=move |event: ev::DragEvent| { event.prevent_default(); over.set(true); } on:dragleave=move |_| over.set(false) on:drop=dropped
        >
            <input type="file" class="sr-only" accept=".csv,.txt,.xlsx,text/csv" disabled=busy on:change=chosen/>
            <span class="text-muted"><Glyph icon=Icon::FileSheet size=IconSize::Huge/></span>
            <Show when=move || busy.get() fallback=|| view! { <span class="text-base font-medium">{t(m::DROP)}</span> <span class="text-muted">{t(m::DROP_HINT)}</span> }>
                <span class="flex items-center gap-2"><span class="loading loading-spinner loading-sm" aria-hidden="true"></span>{t(m::READING)}</span>
            </Show>
        </label>
        <Show when=move || fault.get().is_some()><div class="mt-3"><Notice tone=Tone::Error>{move || fault.get()}</Notice></div></Show>
    }
}
