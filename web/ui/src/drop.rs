//! A place for a file: dropped on it, or chosen from the device.

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;

/// A field that takes one file, by dropping or by choosing.
#[component]
pub fn FileDrop(
    /// Kinds of file, as `accept` of an input.
    accept: &'static str,
    /// Takes nothing for now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Its height and how its words stand: a column or a row.
    #[prop(default = "items-center justify-center gap-3 py-8")]
    class: &'static str,
    /// What is done with the file.
    #[prop(into)]
    on_file: Callback<web_sys::File>,
    /// The words.
    children: Children,
) -> impl IntoView {
    let over = RwSignal::new(false);
    let take = move |files: Option<web_sys::FileList>| {
        if let Some(file) = files.and_then(|files| files.get(0)).filter(|_| !disabled.get_untracked()) {
            on_file.run(file);
        }
    };
    let dropped = move |event: ev::DragEvent| {
        event.prevent_default();
        over.set(false);
        take(event.data_transfer().and_then(|data| data.files()));
    };
    let chosen = move |event: ev::Event| {
        let input = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok());
        take(input.as_ref().and_then(web_sys::HtmlInputElement::files));
        // The same file again is a new choice.
        input.into_iter().for_each(|input| input.set_value(""));
    };
    view! {
        <label
            class=format!("flex cursor-pointer rounded-box border-2 border-dashed bg-base-100 px-6 text-center focus-within:border-primary {class}")
            class:border-edge=move || !over.get() class:border-primary=over class:bg-selected=over
            on:dragover=move |event: ev::DragEvent| { event.prevent_default(); over.set(true); } on:dragleave=move |_| over.set(false) on:drop=dropped
        >
            <input type="file" class="sr-only" accept=accept disabled=disabled on:change=chosen/>
            {children()}
        </label>
    }
}
