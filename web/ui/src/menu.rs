//! Menus: a `details` element with a floating list; closes on choice, on Escape and on a click elsewhere.

use leptos::{
    ev::{KeyboardEvent, MouseEvent},
    prelude::*,
};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, Node};

use crate::{Glyph, Icon};

/// Closes the menu an event came from, and gives the focus back to its button.
pub(crate) fn close_around(event: MouseEvent) {
    if let Some(details) = menu_around(event.target()) {
        shut(&details);
    }
}

fn menu_around(target: Option<web_sys::EventTarget>) -> Option<Element> {
    target?.dyn_into::<Element>().ok()?.closest("details.cx-menu").ok()?
}

fn shut(details: &Element) {
    let had_focus = document()
        .active_element()
        .is_some_and(|focused| details.contains(Some(focused.unchecked_ref::<Node>())));
    let _ = details.remove_attribute("open");
    if had_focus && let Ok(Some(summary)) = details.query_selector("summary") {
        let _ = summary.unchecked_into::<HtmlElement>().focus();
    }
}

/// Closes every open menu except the one `target` is in: for one listener on the window.
pub fn close_menus(target: Option<&Node>) {
    let Ok(open) = document().query_selector_all("details.cx-menu[open]") else { return };
    for index in 0..open.length() {
        let Some(menu) = open.get(index) else { continue };
        if !target.is_some_and(|target| menu.contains(Some(target))) {
            shut(menu.unchecked_ref());
        }
    }
}

/// Arrow keys walk the items, Escape closes. The list is drawn when it is first asked for.
fn walk(event: &KeyboardEvent, drawn: RwSignal<bool>) {
    let Some(menu) = menu_around(event.target()) else { return };
    let step: i32 = match event.key().as_str() {
        "ArrowDown" => 1,
        "ArrowUp" => -1,
        "Escape" => {
            event.stop_propagation();
            return shut(&menu);
        }
        _ => return,
    };
    event.prevent_default();
    let _ = menu.set_attribute("open", "");
    if drawn.get_untracked() {
        focus_by(&menu, step);
    } else {
        drawn.set(true);
        request_animation_frame(move || focus_by(&menu, step));
    }
}

/// Moves the focus among the items, from the last to the first.
fn focus_by(menu: &Element, step: i32) {
    let Ok(items) = menu.query_selector_all(".cx-menu-item") else { return };
    let count = i32::try_from(items.length()).unwrap_or(0);
    if count == 0 {
        return;
    }
    let focused = document().active_element();
    let at = (0..count)
        .find(|&index| items.get(index.unsigned_abs()).as_ref() == focused.as_deref().map(AsRef::as_ref));
    let next = at.map_or(if step > 0 { 0 } else { count - 1 }, |at| (at + step).rem_euclid(count));
    if let Some(item) = items.get(next.unsigned_abs()) {
        let _ = item.unchecked_into::<HtmlElement>().focus();
    }
}

/// A button that opens a list of choices.
#[component]
pub fn Menu(
    /// Name of the button; shown unless `quiet`.
    #[prop(into)]
    label: Signal<String>,
    /// Before the words.
    #[prop(optional, into)]
    icon: Option<Icon>,
    /// Only the icon shows.
    #[prop(optional)]
    quiet: bool,
    /// The list ends where the button ends.
    #[prop(optional)]
    end: bool,
    /// The list opens upwards.
    #[prop(optional)]
    up: bool,
    /// Replaces the button's classes.
    #[prop(optional, into)]
    class: String,
    /// `MenuItem`s.
    children: ChildrenFn,
) -> impl IntoView {
    let class = match (class.is_empty(), quiet) {
        (false, _) => class,
        (true, true) => "btn btn-ghost btn-square btn-sm".to_owned(),
        (true, false) => "btn".to_owned(),
    };
    // Most menus of a page are never opened.
    let drawn = RwSignal::new(false);
    view! {
        <details class="cx-menu" class:cx-menu-end=end class:cx-menu-up=up on:keydown=move |event| walk(&event, drawn) on:toggle=move |_| drawn.set(true)>
            <summary class=class aria-label=move || quiet.then(|| label.get()) on:click=move |_| drawn.set(true)>
                {icon.map(|icon| view! { <Glyph icon=icon/> })}
                {(!quiet).then(|| view! { <span class="truncate">{label}</span> <Glyph icon=Icon::ChevronDown/> })}
            </summary>
            <div class="cx-menu-list" role="menu" on:click=close_around><Show when=move || drawn.get()>{children()}</Show></div>
        </details>
    }
}

/// One choice.
#[component]
pub fn MenuItem(
    /// The words.
    #[prop(into)]
    label: Signal<String>,
    /// Before the words.
    #[prop(optional, into)]
    icon: Option<Icon>,
    /// One of several, and this is it.
    #[prop(optional, into)]
    checked: Option<Signal<bool>>,
    /// What happens.
    #[prop(into)]
    on_press: Callback<()>,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="cx-menu-item"
            role=if checked.is_some() { "menuitemradio" } else { "menuitem" }
            aria-checked=move || checked.map(|on| on.get().to_string())
            on:click=move |_| on_press.run(())
        >
            {icon.map(|icon| view! { <Glyph icon=icon/> })}
            <span class="grow truncate">{label}</span>
            {checked.map(|on| view! { <Show when=move || on.get()><Glyph icon=Icon::Check/></Show> })}
        </button>
    }
}
