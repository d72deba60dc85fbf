//! What happened, oldest first: words to and from the customer as blocks, facts as thin lines.

use api_types::{CallOutcome, EventView};
use leptos::prelude::*;
use web_ui::{Badge, Glyph, Icon, Tone};

use super::{
    Open,
    model::{self, Shape},
};
use crate::{
    i18n::{inbox as m, t},
    shell::Ago,
};

#[component]
pub fn Timeline(open: Open) -> impl IntoView {
    let events = Memo::new(move |_| open.detail.with(|detail| detail.timeline.clone()));
    view! {
        <ol class="flex flex-col gap-3" aria-label=t(m::TIMELINE)>
            <For each=move || events.get() key=|event| event.id.clone() let:event><Event event=event/></For>
        </ol>
    }
}

/// One event; customers' pages draw theirs with it too.
#[component]
pub fn Event(event: EventView) -> impl IntoView {
    match model::shape(&event) {
        Shape::Fact => view! { <Fact event=event/> }.into_any(),
        shape @ (Shape::Customer | Shape::Reply | Shape::Note | Shape::Call) => {
            view! { <Words event=event shape=shape/> }.into_any()
        }
    }
}

#[component]
fn Fact(event: EventView) -> impl IntoView {
    let icon = match event.kind.as_str() {
        "submitted" | "created" => Icon::Plus,
        "assigned" => Icon::UserCheck,
        "breach" => Icon::Alert,
        "told" => Icon::CircleCheck,
        "survey" => Icon::Star,
        "notified" => Icon::Mail,
        "action" => Icon::Check,
        "failed" | "stopped" => Icon::CircleAlert,
        "tag" => Icon::Tag,
        _ => Icon::Circle,
    };
    let alarming = matches!(event.kind.as_str(), "breach" | "failed" | "stopped");
    view! {
        <li class="flex items-start gap-2 px-1 text-xs" class:text-error=alarming class:text-muted=!alarming>
            <span class="pt-px"><Glyph icon=icon/></span>
            <span class="inline-block min-w-0 grow first-letter:uppercase">
                {event.actor.map(|actor| format!("{actor} · "))}
                {event.text}
            </span>
            <Ago at=event.at/>
        </li>
    }
}

#[component]
fn Words(event: EventView, shape: Shape) -> impl IntoView {
    let text = model::written(&event).to_owned();
    let delivery = model::delivery(&event);
    let (ground, icon, title) = match shape {
        Shape::Customer => ("bg-base-100 border-base-300", Icon::User, m::BY_CUSTOMER),
        Shape::Reply => ("bg-reply border-transparent md:ml-8", Icon::Reply, m::PUBLIC_REPLY),
        Shape::Note => ("bg-note border-transparent md:ml-8", Icon::Lock, m::NOTE),
        Shape::Call | Shape::Fact => ("bg-note border-transparent md:ml-8", Icon::Phone, m::CALL_MADE),
    };
    let outcome = model::outcome(&event);
    view! {
        <li class=format!("rounded-box border px-4 py-3 {ground}")>
            <div class="mb-1 flex flex-wrap items-center gap-x-2 gap-y-1 text-xs">
                <span class="flex items-center gap-1 font-medium"><Glyph icon=icon/>{t(title)}</span>
                {event.actor.map(|actor| view! { <span class="text-muted">{actor}</span> })}
                {delivery.map(|delivery| view! { <Badge label=t(delivery)/> })}
                {outcome.map(|outcome| view! { <Badge label=t(model::outcome_name(outcome)) tone=if outcome == CallOutcome::Reached { Tone::Success } else { Tone::Warning }/> })}
                <span class="grow"></span>
                <span class="text-muted"><Ago at=event.at/></span>
            </div>
            <p class="whitespace-pre-wrap">{text}</p>
        </li>
    }
}
