//! Step one: a file, by dropping or by choosing.

use leptos::{prelude::*, task::spawn_local};
use web_ui::{FileDrop, Glyph, Icon, IconSize, Notice, Tone};

use super::Step;
use crate::{
    api,
    i18n::{import as m, t},
};

#[component]
pub fn Choose(step: RwSignal<Step>) -> impl IntoView {
    let busy = RwSignal::new(false);
    let fault = RwSignal::new(None::<String>);
    let take = move |file: web_sys::File| {
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
    view! {
        <FileDrop accept=".csv,.txt,.xlsx,text/csv" disabled=busy class="flex-col items-center gap-2 py-16" on_file=take>
            <span class="text-muted"><Glyph icon=Icon::FileSheet size=IconSize::Huge/></span>
            <Show when=move || busy.get() fallback=|| view! { <span class="text-base font-medium">{t(m::DROP)}</span> <span class="text-muted">{t(m::DROP_HINT)}</span> }>
                <span class="flex items-center gap-2"><span class="loading loading-spinner loading-sm" aria-hidden="true"></span>{t(m::READING)}</span>
            </Show>
        </FileDrop>
        <Show when=move || fault.get().is_some()><div class="mt-3"><Notice tone=Tone::Error>{move || fault.get()}</Notice></div></Show>
    }
}
