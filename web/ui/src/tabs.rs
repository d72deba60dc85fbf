//! Tabs and segmented choices.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use crate::Choice;

/// Tabs over a panel: arrows move, the panel follows.
#[component]
pub fn Tabs(
    /// Name of the row.
    #[prop(into)]
    label: Signal<String>,
    /// In order.
    #[prop(into)]
    tabs: Signal<Vec<Choice>>,
    /// The tab chosen.
    #[prop(into)]
    value: Signal<String>,
    /// Another was chosen.
    #[prop(into)]
    on_change: Callback<String>,
) -> impl IntoView {
    let step = move |by: isize| {
        let tabs = tabs.get_untracked();
        let count = isize::try_from(tabs.len()).unwrap_or(1).max(1);
        let at = tabs.iter().position(|tab| tab.value == value.get_untracked()).unwrap_or(0);
        let next = (isize::try_from(at).unwrap_or(0) + by).rem_euclid(count);
        if let Some(tab) = tabs.get(next.unsigned_abs()) {
            on_change.run(tab.value.clone());
        }
    };
    let walk = move |event: leptos::ev::KeyboardEvent| match event.key().as_str() {
        "ArrowRight" => step(1),
        "ArrowLeft" => step(-1),
        _ => {}
    };
    view! {
        <div role="tablist" aria-label=label class="tabs tabs-border flex-nowrap overflow-x-auto" on:keydown=walk>
            {move || tabs.get().into_iter().map(|tab| {
                let (key, own) = (tab.value.clone(), tab.value);
                let chosen = { let own = own.clone(); Memo::new(move |_| value.get() == own) };
                view! {
                    <button
                        type="button"
                        role="tab"
                        class="tab shrink-0"
                        class:tab-active=chosen
                        aria-selected=move || chosen.get().to_string()
                        tabindex=move || if chosen.get() { "0" } else { "-1" }
                        on:click=move |_| on_change.run(key.clone())
                    >{tab.label}</button>
                }
            }).collect_view()}
        </div>
    }
}

/// A few choices side by side, one of them on: arrows move, Tab passes by.
#[component]
pub fn Segmented(
    /// Name of the group.
    #[prop(into)]
    label: Signal<String>,
    /// In order.
    #[prop(into)]
    choices: Signal<Vec<Choice>>,
    /// The value chosen.
    #[prop(into)]
    value: Signal<String>,
    /// Another was chosen.
    #[prop(into)]
    on_change: Callback<String>,
) -> impl IntoView {
    let walk = move |event: leptos::ev::KeyboardEvent| {
        let step = match event.key().as_str() {
            "ArrowRight" | "ArrowDown" => 1,
            "ArrowLeft" | "ArrowUp" => -1,
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        let choices = choices.get_untracked();
        let count = isize::try_from(choices.len()).unwrap_or(1).max(1);
        let at = choices.iter().position(|choice| choice.value == value.get_untracked()).unwrap_or(0);
        let next = (isize::try_from(at).unwrap_or(0) + step).rem_euclid(count).unsigned_abs();
        if let Some(choice) = choices.get(next) {
            on_change.run(choice.value.clone());
        }
        let group = event.target().and_then(|target| target.unchecked_into::<Element>().parent_element());
        let buttons = group.and_then(|group| group.query_selector_all("[role=radio]").ok());
        let button = buttons.and_then(|buttons| buttons.item(u32::try_from(next).unwrap_or(0)));
        if let Some(button) = button {
            let _ = button.unchecked_into::<HtmlElement>().focus();
        }
    };
    view! {
        <div role="radiogroup" aria-label=label class="cx-segmented" on:keydown=walk>
            {move || choices.get().into_iter().map(|choice| {
                let (key, own) = (choice.value.clone(), choice.value);
                let chosen = Memo::new(move |_| value.get() == own);
                view! {
                    <button
                        type="button"
                        role="radio"
                        aria-checked=move || chosen.get().to_string()
                        class="h-7 shrink-0 rounded-selector px-2.5 text-xs font-medium whitespace-nowrap"
                        tabindex=move || if chosen.get() { "0" } else { "-1" }
                        class:bg-base-100=chosen
                        class:shadow-lifted=chosen
                        class:text-ink-neutral=move || !chosen.get()
                        on:click=move |_| on_change.run(key.clone())
                    >{choice.label}</button>
                }
            }).collect_view()}
        </div>
    }
}
