//! Dialogs and sheets on the native `dialog` element: it keeps the focus inside, closes on Escape and gives the focus back.

use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;

use crate::{Icon, IconButton, Size};

/// Where a dialog stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Stance {
    /// Centred.
    #[default]
    Centre,
    /// Centred, with room for a table.
    Wide,
    /// From the right edge; from below on a phone.
    Sheet,
}

/// A dialog with a title, a body that scrolls and a row of buttons.
#[component]
pub fn Dialog(
    /// Shows while true; closing sets it to false.
    open: RwSignal<bool>,
    /// Its name.
    #[prop(into)]
    title: Signal<String>,
    /// Name of the closing cross.
    #[prop(into)]
    close: Signal<String>,
    /// Where it stands.
    #[prop(optional)]
    stance: Stance,
    /// The body; made anew each time it opens.
    children: ChildrenFn,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    Effect::new(move || {
        let Some(dialog) = node.get() else { return };
        if open.get() {
            if !dialog.open() {
                let _ = dialog.show_modal();
            }
        } else if dialog.open() {
            dialog.close();
        }
    });
    let class = match stance {
        Stance::Centre => "cx-dialog",
        Stance::Wide => "cx-dialog cx-wide",
        Stance::Sheet => "cx-dialog cx-sheet",
    };
    let beside = move |event: leptos::ev::MouseEvent| {
        let on_backdrop = event
            .target()
            .zip(node.get())
            .is_some_and(|(target, dialog)| target == *dialog.unchecked_ref::<web_sys::EventTarget>());
        if on_backdrop {
            open.set(false);
        }
    };
    let children = StoredValue::new(children);
    view! {
        <dialog node_ref=node class=class aria-label=title on:close=move |_| open.set(false) on:mousedown=beside>
            <Show when=move || open.get()>
                <header class="flex items-center gap-2 border-b border-base-300 py-2.5 pr-2.5 pl-5">
                    <h2 class="grow truncate text-base">{title}</h2>
                    <IconButton label=close icon=Icon::Close size=Size::Small tip="cx-tip-left" on_press=move |_| open.set(false)/>
                </header>
                <div class="cx-scroll grow p-5">{children.with_value(|children| children())}</div>
            </Show>
        </dialog>
    }
}

/// The row of buttons at the end of a dialog's body.
#[component]
pub fn DialogActions(children: Children) -> impl IntoView {
    view! { <div class="mt-6 flex flex-wrap justify-end gap-2">{children()}</div> }
}
