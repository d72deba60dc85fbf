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
    let value = Memo::new(move |_| value.get());
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
    // An attribute is set whenever its signal speaks, also with what it was.
    let (value, placeholder) = (Memo::new(move |_| value.get()), Memo::new(move |_| placeholder.get()));
    let keys = move |event: leptos::ev::KeyboardEvent| {
        // With Ctrl it is the designer's.
        let strong = event.ctrl_key() || event.meta_key();
        if event.key() == "Enter" && !lines && !strong && !event.is_composing() {
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
    let input = move |event: leptos::ev::Event| {
        let typed = event_target_value(&event);
        let kept = if lines { typed.replace('\0', "") } else { typed.replace('\n', " ") };
        if kept != typed
            && let Some(node) = node.get_untracked()
        {
            node.set_value(&kept);
        }
        on_input.run(kept);
    };
    // Written into an element that is shown already, a value has the whole page laid out at once: it begins with its text,
    // and what follows is only written where it differs.
    let first = value.get_untracked();
    Effect::new(move || {
        let (value, node) = (value.get(), node.get());
        if let Some(node) = node.filter(|node| node.value() != value) {
            node.set_value(&value);
        }
    });
    view! {
        <textarea
            node_ref=node id=id class=format!("cx-written {class}") rows="1" spellcheck="false" aria-label=label placeholder=placeholder
            on:input=input on:keydown=keys on:paste=paste
        >{first}</textarea>
    }
}

/// What is looked at seldom, below a line: drawn when it is opened.
#[component]
pub fn Fold(
    /// Named so that it can be found.
    #[prop(optional, into)]
    id: Option<String>,
    /// What it is about.
    #[prop(into)]
    label: Signal<String>,
    /// The rest.
    children: ChildrenFn,
) -> impl IntoView {
    let drawn = RwSignal::new(false);
    view! {
        <details id=id class="cx-fold" on:toggle=move |_| drawn.set(true)>
            <summary on:click=move |_| drawn.set(true)>{label}</summary>
            <Show when=move || drawn.get()><div class="cx-props">{children()}</div></Show>
        </details>
    }
}

/// The tools of a line, at its end. Most lines are never touched: they are drawn once somebody came near.
#[component]
pub fn Tools(
    /// Somebody did.
    awake: RwSignal<bool>,
    /// The buttons.
    children: ChildrenFn,
) -> impl IntoView {
    view! { <span class="cx-option-tools"><Show when=move || awake.get()>{children()}</Show></span> }
}
