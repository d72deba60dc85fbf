//! The draft as customers would see it: the server's own page in a frame, drawn again with every save. What was typed into
//! it the page itself keeps (`web/public/js/page/draft.js`).

use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;
use web_ui::{Button, Choice, Icon, Look, Notice, Segmented, Size, Tone};

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
    let address =
        Memo::new(move |_| desk.id.with_value(|id| api::preview_address(id, &language.get(), shown.get())));
    Effect::new(move |before: Option<String>| {
        let address = address.get();
        // In the place of the page before, so that the browser's way back does not lead through every save.
        if before.is_some_and(|before| before != address)
            && let Some(window) = frame.get_untracked().and_then(|frame| frame.content_window())
        {
            let _ = window.location().replace(&address);
        }
        address
    });
    // How the page asks it decides by its width, once.
    Effect::new(move |before: Option<Device>| {
        let device = device.get();
        if before.is_some_and(|before| before != device) {
            reload(frame);
        }
        device
    });
    view! {
        <div class="flex min-h-0 grow flex-col items-center gap-3">
            <div class="flex flex-wrap items-center justify-center gap-2">
                <Show when=move || { languages.with(Vec::len) > 1 }>
                    <Segmented label=t(m::LANGUAGE) choices=choices value=language on_change=move |chosen| language.set(chosen)/>
                </Show>
                <Button label=t(m::START_OVER) icon=Icon::Refresh size=Size::Small look=Look::Quiet on_press=move |_| start_over(frame)/>
            </div>
            <Show when=move || !broken.get() fallback=|| view! { <Notice tone=Tone::Warning>{t(m::FIX_FIRST)}</Notice> }>
                <div class="cx-preview-room"><iframe class=move || format!("cx-preview {}", device.get().class()) title=t(m::PREVIEW) src=address.get_untracked() node_ref=frame on:load=move |_| loaded.update(|times| *times += 1)></iframe></div>
            </Show>
        </div>
    }
}

/// Empties the form in the frame: its own button forgets what it kept.
fn start_over(frame: NodeRef<html::Iframe>) {
    let page = frame.get_untracked().and_then(|frame| frame.content_document());
    if let Some(forget) = page.and_then(|page| page.get_element_by_id("draft-discard")) {
        // Another window's elements are no instances of this one's classes.
        forget.unchecked_into::<web_sys::HtmlElement>().click();
    }
    reload(frame);
}

fn reload(frame: NodeRef<html::Iframe>) {
    if let Some(window) = frame.get_untracked().and_then(|frame| frame.content_window()) {
        let _ = window.location().reload();
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
