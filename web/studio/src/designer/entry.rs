//! Inputs that show a value of the draft and say when it is to change.

use leptos::{html, prelude::*};
use web_ui::Field;

/// One line with a label; follows the draft.
#[component]
pub fn Entry(
    /// Unique on the page.
    #[prop(into)]
    id: String,
    /// Its name.
    #[prop(into)]
    label: Signal<String>,
    /// As in the draft.
    #[prop(into)]
    value: Signal<String>,
    /// `number`, `datetime-local`; a text unless told.
    #[prop(default = "text")]
    kind: &'static str,
    /// Shown below.
    #[prop(optional, into)]
    hint: Signal<Option<String>>,
    /// What is wrong.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// It was changed: with each letter.
    #[prop(into)]
    on_input: Callback<String>,
) -> impl IntoView {
    let note = format!("{id}-note");
    view! {
        <Field id=id.clone() label=label hint=hint error=error>
            <input
                id=id class="input" type=kind autocomplete="off" aria-describedby=note aria-invalid=move || error.get().map(|_| "true")
                prop:value=value on:input=move |event| on_input.run(event_target_value(&event))
            />
        </Field>
    }
}

/// A text written in place: looks like what it becomes, grows with its words.
#[component]
pub fn Written(
    /// Its name, for those who do not see where it stands.
    #[prop(into)]
    label: Signal<String>,
    /// As in the draft.
    #[prop(into)]
    value: Signal<String>,
    /// While it is empty.
    #[prop(optional, into)]
    placeholder: Signal<String>,
    /// Its look.
    #[prop(into)]
    class: String,
    /// May hold several lines.
    #[prop(optional)]
    lines: bool,
    /// Named so that it can be found.
    #[prop(optional, into)]
    id: Option<String>,
    /// It was changed: with each letter.
    #[prop(into)]
    on_input: Callback<String>,
    /// Enter was pressed in it.
    #[prop(optional, into)]
    on_enter: Option<Callback<()>>,
    /// Several lines were pasted; true says that they were used.
    #[prop(optional, into)]
    on_lines: Option<Callback<String, bool>>,
) -> impl IntoView {
    let node = NodeRef::<html::Textarea>::new();
    let keys = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Enter" && !lines && !event.is_composing() {
            event.prevent_default();
            if let Some(enter) = on_enter {
                enter.run(());
            }
        }
    };
    let paste = move |event: leptos::ev::ClipboardEvent| {
        let text = event.clipboard_data().and_then(|data| data.get_data("text").ok()).unwrap_or_default();
        if text.trim().contains('\n') && on_lines.is_some_and(|used| used.run(text)) {
            event.prevent_default();
            event.stop_propagation();
        }
    };
    view! {
        <textarea
            node_ref=node id=id class=format!("cx-written {class}") rows="1" spellcheck="false" aria-label=label placeholder=placeholder prop:value=value
            on:input=move |event| on_input.run(event_target_value(&event).replace(if lines { '\u{0}' } else { '\n' }, if lines { "" } else { " " }))
            on:keydown=keys on:paste=paste
        ></textarea>
    }
}
