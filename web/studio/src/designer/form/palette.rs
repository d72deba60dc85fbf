//! The kinds of questions: click to add behind the selection, or drag to a place.

use leptos::prelude::*;
use web_ui::{Glyph, SearchField};

use super::Bench;
use crate::{
    designer::{drag::Load, finder::matching},
    editor::form::kinds::{Extra, Group, Offer},
    i18n::{designer as m, say, t},
};

#[component]
pub fn Palette(bench: Bench) -> impl IntoView {
    let wanted = RwSignal::new(String::new());
    let shown = Signal::derive(move || wanted.with(|wanted| matching(wanted)));
    view! {
        <div class="mb-3"><SearchField label=t(m::FIND_KIND) value=wanted/></div>
        {move || {
            let shown = shown.get();
            if shown.is_empty() {
                return view! { <p class="py-4 text-center text-muted">{say(m::NO_KIND)}</p> }.into_any();
            }
            Group::ALL.into_iter().filter_map(|group| {
                let offers: Vec<Offer> = shown.iter().copied().filter(|offer| offer.group == group).collect();
                (!offers.is_empty()).then(|| view! {
                    <section class="mb-3">
                        <h3 class="mb-1 text-xs font-medium text-muted">{say(group.name())}</h3>
                        <div class="cx-kinds">{offers.into_iter().map(|offer| view! { <Kind bench=bench offer=offer/> }).collect_view()}</div>
                    </section>
                })
            }).collect_view().into_any()
        }}
        <Show when=move || wanted.with(|wanted| wanted.trim().is_empty())>
            <section class="mb-3">
                <h3 class="mb-1 text-xs font-medium text-muted">{t(m::GROUP_LAYOUT)}</h3>
                <div class="cx-kinds">{Extra::ALL.map(|extra| view! { <Besides bench=bench extra=extra/> }).collect_view()}</div>
            </section>
        </Show>
    }
}

/// Rows that repeat, and words between questions.
#[component]
fn Besides(bench: Bench, extra: Extra) -> impl IntoView {
    let drag = bench.drag;
    view! {
        <button
            type="button" class="cx-kind" data-draggable=""
            on:pointerdown=move |event| drag.press(&event, Load::Fresh(extra.word().to_owned()), say(extra.name()).to_owned())
            on:click=move |_| if !drag.was_drag() { bench.add_extra(None, extra) }
        >
            <Glyph icon=extra.icon()/><span class="min-w-0">{say(extra.name())}</span>
        </button>
    }
}

#[component]
fn Kind(bench: Bench, offer: Offer) -> impl IntoView {
    let drag = bench.drag;
    view! {
        <button
            type="button" class="cx-kind" data-draggable=""
            on:pointerdown=move |event| drag.press(&event, Load::Fresh(offer.word.to_owned()), say(offer.name).to_owned())
            on:click=move |_| if !drag.was_drag() { bench.add_kind(offer.kind) }
        >
            <Glyph icon=offer.icon/><span class="min-w-0">{say(offer.name)}</span>
        </button>
    }
}
