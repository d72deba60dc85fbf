//! Buttons, links that look like buttons, and the button with a second choice.

use leptos::{ev::MouseEvent, prelude::*};

use crate::{Glyph, Icon};

/// How much a button asks for attention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Look {
    /// The one thing to do on a page.
    Primary,
    /// Everything else.
    #[default]
    Plain,
    /// In toolbars and lines, without a box.
    Quiet,
    /// Cannot be taken back.
    Danger,
}

/// How large a button is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Size {
    /// In lines and tables.
    Small,
    /// Anywhere else.
    #[default]
    Medium,
    /// On pages with one thing to do.
    Large,
}

/// DaisyUI's classes for a look and a size.
#[must_use]
pub fn button_class(look: Look, size: Size) -> String {
    let look = match look {
        Look::Primary => "btn-primary",
        Look::Plain => "",
        Look::Quiet => "btn-ghost",
        Look::Danger => "btn-error",
    };
    let size = match size {
        Size::Small => "btn-sm",
        Size::Medium => "",
        Size::Large => "btn-lg",
    };
    format!("btn {look} {size}")
}

/// A button with words, perhaps with an icon before them.
#[component]
pub fn Button(
    /// The words.
    #[prop(into)]
    label: Signal<String>,
    /// Before the words.
    #[prop(optional, into)]
    icon: Option<Icon>,
    /// How much it asks for attention.
    #[prop(optional)]
    look: Look,
    /// How large.
    #[prop(optional)]
    size: Size,
    /// Cannot be pressed.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Shows that work is under way, and cannot be pressed again.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Sends the form around it.
    #[prop(optional)]
    submit: bool,
    /// More classes.
    #[prop(optional, into)]
    class: String,
    /// What happens.
    #[prop(optional, into)]
    on_press: Option<Callback<MouseEvent>>,
) -> impl IntoView {
    let class = format!("{} {class}", button_class(look, size));
    view! {
        <button
            type=if submit { "submit" } else { "button" }
            class=class
            disabled=move || disabled.get() || busy.get()
            aria-busy=move || busy.get().then_some("true")
            on:click=move |event| { if let Some(press) = on_press { press.run(event) } }
        >
            <Show when=move || busy.get() fallback=move || icon.map(|icon| view! { <Glyph icon=icon/> })>
                <span class="loading loading-spinner loading-xs" aria-hidden="true"></span>
            </Show>
            <span>{label}</span>
        </button>
    }
}

/// A button that is only an icon; its label is its name and its tooltip.
#[component]
pub fn IconButton(
    /// Says what it does, to everybody.
    #[prop(into)]
    label: Signal<String>,
    /// Which icon.
    #[prop(into)]
    icon: Signal<Icon>,
    /// How large.
    #[prop(optional)]
    size: Size,
    /// A toggle that is on.
    #[prop(optional, into)]
    pressed: MaybeProp<bool>,
    /// Cannot be pressed.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Where the tooltip goes: `cx-tip-below`, `cx-tip-right`, `cx-tip-left`.
    #[prop(optional, into)]
    tip: String,
    /// What happens.
    #[prop(into)]
    on_press: Callback<MouseEvent>,
) -> impl IntoView {
    let class = format!("{} btn-square cx-tip {tip}", button_class(Look::Quiet, size));
    view! {
        <button
            type="button"
            class=class
            class:btn-active=move || pressed.get().unwrap_or(false)
            data-tip=label
            aria-label=label
            aria-pressed=move || pressed.get().map(|on| on.to_string())
            disabled=disabled
            on:click=move |event| on_press.run(event)
        >
            <Glyph icon=icon/>
        </button>
    }
}

/// A link that looks like a button.
#[component]
pub fn LinkButton(
    /// The words.
    #[prop(into)]
    label: Signal<String>,
    /// Where to.
    #[prop(into)]
    href: Signal<String>,
    /// Before the words.
    #[prop(optional, into)]
    icon: Option<Icon>,
    /// How much it asks for attention.
    #[prop(optional)]
    look: Look,
    /// How large.
    #[prop(optional)]
    size: Size,
    /// Opens beside this page, outside the studio.
    #[prop(optional)]
    outside: bool,
    /// Another program's page, which the browser loads.
    #[prop(optional)]
    load: bool,
) -> impl IntoView {
    let rel = if outside { Some("noopener external") } else { load.then_some("external") };
    view! {
        <a class=button_class(look, size) href=href target=outside.then_some("_blank") rel=rel>
            {icon.map(|icon| view! { <Glyph icon=icon/> })}
            <span>{label}</span>
        </a>
    }
}

/// A button joined to a menu of variations.
#[component]
pub fn SplitButton(
    /// The words of the main button.
    #[prop(into)]
    label: Signal<String>,
    /// Name of the arrow.
    #[prop(into)]
    more: Signal<String>,
    /// Before the words.
    icon: Icon,
    /// Work is under way.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Cannot be pressed.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// The main button.
    #[prop(into)]
    on_press: Callback<MouseEvent>,
    /// `MenuItem`s.
    children: ChildrenFn,
) -> impl IntoView {
    view! {
        <div class="flex">
            <Button label=label icon=icon look=Look::Primary busy=busy disabled=disabled on_press=on_press class="rounded-r-none"/>
            <details class="cx-menu cx-menu-end cx-menu-up">
                <summary class="btn btn-primary btn-square w-8 rounded-l-none border-l border-l-base-100/30" aria-label=more>
                    <Glyph icon=Icon::ChevronUp/>
                </summary>
                <div class="cx-menu-list" role="menu" on:click=crate::menu::close_around>{children()}</div>
            </details>
        </div>
    }
}
