//! Surfaces: cards, sections, notices, tool bars, page heads.

use leptos::prelude::*;

use crate::{Glyph, Icon, Tone};

/// A surface with a line around it, perhaps with a head.
#[component]
pub fn Card(
    /// In its head.
    #[prop(optional, into)]
    title: Option<Signal<String>>,
    /// More classes.
    #[prop(optional, into)]
    class: String,
    /// Without space around the body, for tables and lists.
    #[prop(optional)]
    flush: bool,
    /// The body.
    children: Children,
) -> impl IntoView {
    view! {
        <section class=format!("cx-card overflow-clip {class}")>
            {title.map(|title| view! { <h2 class="border-b border-base-300 px-4 py-2.5 text-sm">{title}</h2> })}
            <div class=if flush { "" } else { "p-4" }>{children()}</div>
        </section>
    }
}

/// A line that says how things stand, on its tone's tint.
#[component]
pub fn Notice(
    /// What it means.
    #[prop(optional)]
    tone: Tone,
    /// The words, perhaps with a button.
    children: Children,
) -> impl IntoView {
    let icon = match tone {
        Tone::Neutral | Tone::Info => Icon::Info,
        Tone::Success => Icon::CircleCheck,
        Tone::Warning => Icon::Alert,
        Tone::Error => Icon::CircleAlert,
    };
    view! {
        <div class=format!("flex items-start gap-2 rounded-field px-3 py-2 {}", tone.class()) role=if tone == Tone::Error { "alert" } else { "status" }>
            <span class="pt-0.5"><Glyph icon=icon/></span>
            <div class="min-w-0 grow">{children()}</div>
        </div>
    }
}

/// Buttons in a row, with a name for screen readers.
#[component]
pub fn Toolbar(
    /// Its name.
    #[prop(into)]
    label: Signal<String>,
    /// The buttons.
    children: Children,
) -> impl IntoView {
    view! { <div role="toolbar" aria-label=label class="flex flex-wrap items-center gap-2">{children()}</div> }
}

/// The head of a page: its title, a line about it, and what can be done.
#[component]
pub fn PageHead(
    /// The page's name.
    #[prop(into)]
    title: Signal<String>,
    /// One line about it.
    #[prop(optional, into)]
    about: Signal<Option<String>>,
    /// Buttons on the right.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <header class="mb-5 flex flex-wrap items-start gap-x-4 gap-y-3">
            <div class="min-w-0 grow">
                <h1 class="text-xl">{title}</h1>
                <p class="mt-0.5 text-muted empty:hidden">{about}</p>
            </div>
            {children.map(|children| view! { <div class="flex flex-wrap items-center gap-2">{children()}</div> })}
        </header>
    }
}

/// The way one page up, above a page's head.
#[component]
pub fn Up(
    /// Its address.
    #[prop(into)]
    href: Signal<String>,
    /// Its name.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    view! { <a class="cx-up" href=href><Glyph icon=Icon::ArrowLeft/><span class="truncate">{label}</span></a> }
}

/// A name and a value, in a list of them.
#[component]
pub fn Fact(
    /// The name.
    #[prop(into)]
    label: Signal<String>,
    /// The value.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="flex gap-3 py-1">
            <dt class="w-24 shrink-0 text-muted">{label}</dt>
            <dd class="min-w-0 grow">{children()}</dd>
        </div>
    }
}
