//! Search and add: type a few letters, Enter adds behind the selection.

use leptos::{ev, html, prelude::*};
use web_ui::{Dialog, Glyph};

use crate::{
    browser,
    editor::form::kinds::{Offer, offers},
    i18n::{common, designer as m, say, t},
};

/// The kinds whose name or word holds what is typed, in either language.
pub fn matching(wanted: &str) -> Vec<Offer> {
    let wanted = wanted.trim().to_lowercase();
    let holds = |text: &str| text.to_lowercase().contains(&wanted);
    offers()
        .into_iter()
        .filter(|offer| holds(offer.name.zh) || holds(offer.name.en) || holds(offer.word))
        .collect()
}

#[component]
pub fn Finder(open: RwSignal<bool>, on_pick: Callback<Offer>) -> impl IntoView {
    view! {
        <Dialog open=open title=t(m::KEY_SEARCH) close=t(common::CLOSE)><Search open=open on_pick=on_pick/></Dialog>
    }
}

#[component]
fn Search(open: RwSignal<bool>, on_pick: Callback<Offer>) -> impl IntoView {
    let (wanted, at) = (RwSignal::new(String::new()), RwSignal::new(0_usize));
    let shown = Signal::derive(move || wanted.with(|wanted| matching(wanted)));
    let pick = move |offer: Offer| {
        open.set(false);
        on_pick.run(offer);
    };
    let keys = move |event: ev::KeyboardEvent| {
        let shown = shown.get_untracked();
        let count = shown.len().max(1);
        match event.key().as_str() {
            "ArrowDown" => at.update(|at| *at = (*at + 1) % count),
            "ArrowUp" => at.update(|at| *at = (*at + count - 1) % count),
            "Enter" if !event.is_composing() => {
                if let Some(offer) = shown.get(at.get_untracked()) {
                    pick(*offer);
                }
            }
            _ => return,
        }
        event.prevent_default();
        browser::reveal(&format!("kind-{}", at.get_untracked()));
    };
    let input = NodeRef::<html::Input>::new();
    input.on_load(|input| request_animation_frame(move || drop(input.focus())));
    view! {
        <input
            node_ref=input type="text" class="input mb-2" autocomplete="off" role="combobox" aria-expanded="true" aria-controls="kinds"
            aria-label=t(m::FIND_KIND) placeholder=t(m::FIND_KIND) aria-activedescendant=move || format!("kind-{}", at.get())
            prop:value=wanted on:input=move |event| { wanted.set(event_target_value(&event)); at.set(0); } on:keydown=keys
        />
        <div id="kinds" role="listbox" aria-label=t(m::PALETTE) class="cx-scroll max-h-80">
            {move || {
                let shown = shown.get();
                if shown.is_empty() {
                    return view! { <p class="px-2 py-6 text-center text-muted">{say(m::NO_KIND)}</p> }.into_any();
                }
                shown.into_iter().enumerate().map(|(index, offer)| view! {
                    <div
                        id=format!("kind-{index}") role="option" class="cx-menu-item cursor-pointer" class:bg-selected=move || at.get() == index
                        aria-selected=move || (at.get() == index).to_string() on:click=move |_| pick(offer)
                    >
                        <Glyph icon=offer.icon/>
                        <span class="grow truncate">{say(offer.name)}</span>
                        <span class="text-xs text-muted">{say(offer.group.name())}</span>
                    </div>
                }).collect_view().into_any()
            }}
        </div>
    }
}
