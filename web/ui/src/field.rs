//! Labelled fields over native inputs: label, hint and error are tied to the control for screen readers.

use leptos::{html, prelude::*};

use crate::{Glyph, Icon};

/// A label over a control, with a hint and an error below it.
#[component]
pub fn Field(
    /// Id of the control inside.
    #[prop(into)]
    id: String,
    /// Its name.
    #[prop(into)]
    label: Signal<String>,
    /// Shown below while there is no error.
    #[prop(optional, into)]
    hint: Signal<Option<String>>,
    /// What is wrong.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Marks it as needed.
    #[prop(optional)]
    required: bool,
    /// The control.
    children: Children,
) -> impl IntoView {
    let note = format!("{id}-note");
    view! {
        <div class="flex flex-col gap-1">
            <label for=id class="text-xs font-medium text-muted">
                {label}
                {required.then(|| view! { <span class="text-error" aria-hidden="true">" *"</span> })}
            </label>
            {children()}
            <p id=note class="text-xs empty:hidden" class:text-error=move || error.get().is_some() class:text-muted=move || error.get().is_none() role=move || error.get().map(|_| "alert")>
                {move || error.get().or_else(|| hint.get())}
            </p>
        </div>
    }
}

/// One line of text.
#[component]
pub fn TextField(
    /// Unique on the page.
    #[prop(into)]
    id: String,
    /// Its name.
    #[prop(into)]
    label: Signal<String>,
    /// What is typed.
    value: RwSignal<String>,
    /// `text`, `email`, `password`, `number`, `date` …
    #[prop(optional, into)]
    kind: Option<&'static str>,
    /// For password managers and phones.
    #[prop(optional, into)]
    autocomplete: Option<&'static str>,
    /// Shown below.
    #[prop(optional, into)]
    hint: Signal<Option<String>>,
    /// What is wrong.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Must not stay empty.
    #[prop(optional)]
    required: bool,
    /// Has the focus when it appears.
    #[prop(optional)]
    autofocus: bool,
) -> impl IntoView {
    let note = format!("{id}-note");
    let node = NodeRef::<html::Input>::new();
    node.on_load(move |input| {
        if autofocus {
            request_animation_frame(move || drop(input.focus()));
        }
    });
    view! {
        <Field id=id.clone() label=label hint=hint error=error required=required>
            <input
                node_ref=node
                id=id
                class="input"
                type=kind.unwrap_or("text")
                autocomplete=autocomplete.unwrap_or("off")
                required=required
                aria-describedby=note
                aria-invalid=move || error.get().map(|_| "true")
                bind:value=value
            />
        </Field>
    }
}

/// Several lines of text.
#[component]
pub fn TextArea(
    /// Unique on the page.
    #[prop(into)]
    id: String,
    /// Its name.
    #[prop(into)]
    label: Signal<String>,
    /// What is typed.
    value: RwSignal<String>,
    /// How many lines show.
    #[prop(default = 4)]
    rows: u32,
    /// Shown below.
    #[prop(optional, into)]
    hint: Signal<Option<String>>,
    /// What is wrong.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Must not stay empty.
    #[prop(optional)]
    required: bool,
) -> impl IntoView {
    let note = format!("{id}-note");
    view! {
        <Field id=id.clone() label=label hint=hint error=error required=required>
            <textarea id=id class="textarea" rows=rows required=required aria-describedby=note aria-invalid=move || error.get().map(|_| "true") bind:value=value></textarea>
        </Field>
    }
}

/// A choice: what is stored, and what is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Stored.
    pub value: String,
    /// Read.
    pub label: String,
}

impl Choice {
    /// A choice of `value`, shown as `label`.
    #[must_use]
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into() }
    }
}

/// A native drop-down without a visible label.
#[component]
pub fn Select(
    /// Unique on the page.
    #[prop(optional, into)]
    id: Option<String>,
    /// Its name, for screen readers.
    #[prop(into)]
    label: Signal<String>,
    /// In order.
    #[prop(into)]
    choices: Signal<Vec<Choice>>,
    /// The value chosen.
    #[prop(into)]
    value: Signal<String>,
    /// In lines and tables.
    #[prop(optional)]
    small: bool,
    /// Cannot be changed.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// A value was chosen.
    #[prop(into)]
    on_change: Callback<String>,
) -> impl IntoView {
    let (choices, value) = (Memo::new(move |_| choices.get()), Memo::new(move |_| value.get()));
    view! {
        <select id=id class="select" class:select-sm=small aria-label=label disabled=disabled prop:value=value on:change=move |event| on_change.run(event_target_value(&event))>
            {move || {
                // Another choice among the same is the property's to show.
                let chosen = value.get_untracked();
                choices.get().into_iter().map(|choice| {
                    let selected = choice.value == chosen;
                    view! { <option value=choice.value selected=selected>{choice.label}</option> }
                }).collect_view()
            }}
        </select>
    }
}

/// A drop-down with a visible label.
#[component]
pub fn SelectField(
    /// Unique on the page.
    #[prop(into)]
    id: String,
    /// Its name.
    #[prop(into)]
    label: Signal<String>,
    /// In order.
    #[prop(into)]
    choices: Signal<Vec<Choice>>,
    /// The value chosen.
    value: RwSignal<String>,
    /// What is wrong.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
) -> impl IntoView {
    view! {
        <Field id=id.clone() label=label error=error>
            <Select id=id label=label choices=choices value=value on_change=move |chosen| value.set(chosen)/>
        </Field>
    }
}

/// A tick with its words.
#[component]
pub fn Checkbox(
    /// The words.
    #[prop(into)]
    label: Signal<String>,
    /// Ticked or not.
    #[prop(into)]
    checked: Signal<bool>,
    /// Cannot be changed.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// It was changed.
    #[prop(into)]
    on_change: Callback<bool>,
) -> impl IntoView {
    view! {
        <label class="flex min-h-8 cursor-pointer items-center gap-2">
            <input type="checkbox" class="checkbox checkbox-sm" prop:checked=checked disabled=disabled on:change=move |event| on_change.run(event_target_checked(&event))/>
            <span>{label}</span>
        </label>
    }
}

/// A switch with its name for screen readers.
#[component]
pub fn Toggle(
    /// Its name.
    #[prop(into)]
    label: Signal<String>,
    /// On or off.
    #[prop(into)]
    checked: Signal<bool>,
    /// Cannot be changed.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// It was changed.
    #[prop(into)]
    on_change: Callback<bool>,
) -> impl IntoView {
    view! {
        <input type="checkbox" role="switch" class="toggle toggle-sm checked:toggle-primary" aria-label=label prop:checked=checked disabled=disabled on:change=move |event| on_change.run(event_target_checked(&event))/>
    }
}

/// A search box with its magnifier.
#[component]
pub fn SearchField(
    /// Its name; also what it says while empty.
    #[prop(into)]
    label: Signal<String>,
    /// What is typed.
    value: RwSignal<String>,
) -> impl IntoView {
    view! {
        <label class="input">
            <span class="text-muted"><Glyph icon=Icon::Search/></span>
            <input type="search" aria-label=label placeholder=label autocomplete="off" bind:value=value/>
        </label>
    }
}
