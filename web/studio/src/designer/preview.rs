//! The draft as customers would see it: the server's own page in a frame, drawn again with every save.

use leptos::{html, prelude::*};
use web_ui::{Choice, Notice, Segmented, Tone};

use super::desk::{Desk, Saving};
use super::shell::Device;
use crate::{
    api,
    i18n::{designer as m, say, t},
};

#[component]
pub fn Preview(
    desk: Desk,
    device: RwSignal<Device>,
    languages: Signal<Vec<String>>,
    language: RwSignal<String>,
    /// The page itself.
    frame: NodeRef<html::Iframe>,
    /// Counts how often it was loaded.
    loaded: RwSignal<u32>,
) -> impl IntoView {
    desk.send();
    let shown = Memo::new(move |before: Option<&u32>| {
        // While a save is on its way the page of before stays.
        if desk.saving.get() == Saving::Saved {
            desk.rev.get()
        } else {
            before.copied().unwrap_or_else(|| desk.rev.get_untracked())
        }
    });
    let broken = Memo::new(move |_| !desk.problems.with(Vec::is_empty));
    let choices = Signal::derive(move || {
        languages
            .get()
            .into_iter()
            .map(|tag| Choice::new(tag.clone(), language_name(&tag)))
            .collect::<Vec<_>>()
    });
    view! {
        <div class="flex min-h-0 grow flex-col items-center gap-3">
            <Show when=move || { languages.with(Vec::len) > 1 }>
                <Segmented label=t(m::LANGUAGE) choices=choices value=language on_change=move |chosen| language.set(chosen)/>
            </Show>
            <Show when=move || !broken.get() fallback=|| view! { <Notice tone=Tone::Warning>{t(m::FIX_FIRST)}</Notice> }>
                {move || {
                    let address = desk.id.with_value(|id| api::preview_address(id, &language.get(), shown.get()));
                    view! { <iframe class=move || format!("cx-preview {}", device.get().class()) title=t(m::PREVIEW) src=address node_ref=frame on:load=move |_| loaded.update(|times| *times += 1)></iframe> }
                }}
            </Show>
        </div>
    }
}

/// A language by its own name, where it has one here.
pub fn language_name(tag: &str) -> String {
    match tag.split('-').next() {
        Some("zh") => say(m::IN_ZH).to_owned(),
        Some("en") => say(m::IN_EN).to_owned(),
        Some(_) | None => tag.to_owned(),
    }
}
