//! The row of filter chips, and the dialog that adds one.

use api_types::{FieldView, FormView};
use leptos::{ev, prelude::*};
use serde_json::Value;
use web_ui::{Button, Choice, Dialog, DialogActions, Glyph, Icon, Look, SelectField, Size, TextField};

use super::{
    Asked,
    filters::{Filters, Leaf, NOT_EMPTY, operator_name, operators},
};
use crate::{
    format,
    i18n::{common, fill, forms as m, say, t},
    pages::ticket::model::{option_key, typed},
    settings,
};

/// Columns every submission has, as fields.
pub fn system_fields() -> Vec<FieldView> {
    let field = |path: &str, title, value_type: &str| FieldView {
        path: path.to_owned(),
        title: say(title).to_owned(),
        control: String::new(),
        value_type: value_type.to_owned(),
        options: Vec::new(),
    };
    vec![
        field("created_at", common::CREATED, "datetime"),
        field("state", common::STATE, "text"),
        field("channel", common::CHANNEL, "text"),
        field("department", common::DEPARTMENT, "text"),
    ]
}

fn all_fields(form: &FormView) -> Vec<FieldView> {
    form.fields.iter().cloned().chain(system_fields()).collect()
}

/// A filter as read: `评分 不大于 6`.
fn words(fields: &[FieldView], leaf: &Leaf) -> String {
    let language = settings::language();
    let field = fields.iter().find(|field| field.path == leaf.field);
    let title = field.map_or_else(|| leaf.field.clone(), |field| field.title.clone());
    // "Not before thirty days ago" is how boards say it, not how people do.
    let days = leaf
        .value
        .get("now")
        .and_then(Value::as_str)
        .and_then(|span| span.strip_prefix('-')?.strip_suffix('d'));
    if let (Some(days), "gte" | "gt") = (days, leaf.op.as_str()) {
        return format!("{title} {}", fill(m::LAST_DAYS, &[("n", days)]));
    }
    let op = operator_name(&leaf.op).map_or_else(|| leaf.op.clone(), |name| say(name).to_owned());
    let value = match (field, &leaf.value) {
        (_, Value::Object(_)) => leaf
            .value
            .get("now")
            .and_then(Value::as_str)
            .map_or_else(|| leaf.value.to_string(), str::to_owned),
        (Some(field), value) if field.value_type == "datetime" => {
            value.as_str().map(crate::shell::full_time).unwrap_or_default()
        }
        (Some(field), value) => format::value(field, value, language),
        (None, value) => format::bare(value, language),
    };
    format!("{title} {op} {value}").trim_end().to_owned()
}

#[component]
pub fn FilterBar(form: Signal<FormView>, asked: Memo<Asked>, ask: Callback<Asked>) -> impl IntoView {
    let adding = RwSignal::new(false);
    let change = move |filters: Filters| ask.run(Asked { filters, ..asked.get_untracked() });
    let chips = move || {
        let filters = asked.get().filters;
        let fields = form.with(all_fields);
        let leaves = filters.leaves.iter().enumerate().map(|(index, leaf)| {
            let mut without = filters.clone();
            without.leaves.remove(index);
            (words(&fields, leaf), without)
        });
        let rest = filters.rest.iter().enumerate().map(|(index, _)| {
            let mut without = filters.clone();
            without.rest.remove(index);
            (say(m::OTHER_FILTER).to_owned(), without)
        });
        leaves
            .chain(rest)
            .map(|(name, without)| {
                let label = fill(m::REMOVE_FILTER, &[("name", &name)]);
                view! {
                    <span class="inline-flex h-7 max-w-full items-center gap-1 rounded-field bg-selected pl-2.5 text-link">
                        <span class="truncate">{name}</span>
                        <button type="button" class="grid h-7 w-7 cursor-pointer place-items-center" aria-label=label on:click=move |_| change(without.clone())><Glyph icon=Icon::Close/></button>
                    </span>
                }
            })
            .collect_view()
    };
    view! {
        <div class="mb-3 flex flex-wrap items-center gap-2">
            <Button label=t(m::ADD_FILTER) icon=Icon::Filter size=Size::Small on_press=move |_| adding.set(true)/>
            {chips}
            <Show when=move || !asked.with(|asked| asked.filters.is_empty())>
                <Button label=t(m::CLEAR) look=Look::Quiet size=Size::Small on_press=move |_| change(Filters::default())/>
            </Show>
        </div>
        <Dialog open=adding title=t(m::ADD_FILTER) close=t(common::CLOSE)>
            <Adding fields=form.with_untracked(all_fields) adding=adding add=Callback::new(move |leaf: Leaf| {
                let mut filters = asked.get_untracked().filters;
                if !filters.leaves.contains(&leaf) { filters.leaves.push(leaf); }
                change(filters);
            })/>
        </Dialog>
    }
}

#[component]
fn Adding(fields: Vec<FieldView>, adding: RwSignal<bool>, add: Callback<Leaf>) -> impl IntoView {
    let fields = StoredValue::new(fields);
    let chosen = RwSignal::new(
        fields.with_value(|fields| fields.first().map(|field| field.path.clone())).unwrap_or_default(),
    );
    let (op, value) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let field = Memo::new(move |_| {
        fields.with_value(|fields| fields.iter().find(|field| field.path == chosen.get()).cloned())
    });
    Effect::new(move || {
        let first = field.with(|field| {
            field.as_ref().and_then(|field| {
                operators(&field.value_type, !field.options.is_empty())
                    .first()
                    .map(|(op, _)| (*op).to_owned())
            })
        });
        op.set(first.unwrap_or_default());
        value.set(String::new());
    });
    let paths = Signal::derive(move || {
        fields.with_value(|fields| {
            fields
                .iter()
                .map(|field| Choice::new(field.path.clone(), field.title.clone()))
                .collect::<Vec<_>>()
        })
    });
    let ops = Signal::derive(move || {
        field
            .with(|field| {
                field.as_ref().map(|field| {
                    operators(&field.value_type, !field.options.is_empty())
                        .into_iter()
                        .map(|(op, name)| Choice::new(op, say(name)))
                        .collect::<Vec<_>>()
                })
            })
            .unwrap_or_default()
    });
    let confirm = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let Some(field) = field.get_untracked() else { return };
        let op = op.get_untracked();
        if needs_no_value(&op) {
            add.run(Leaf { field: field.path, op, value: Value::Null });
            adding.set(false);
        } else if let Some(value) = typed_value(&field, &op, &value.get_untracked()) {
            add.run(Leaf { field: field.path, op, value });
            adding.set(false);
        }
    };
    view! {
        <form class="flex flex-col gap-4" novalidate=true on:submit=confirm>
            <SelectField id="filter-field" label=t(m::FILTER_FIELD) choices=paths value=chosen/>
            <SelectField id="filter-op" label=t(m::FILTER_OP) choices=ops value=op/>
            <Show when=move || op.with(|op| !needs_no_value(op))>
                {move || field.get().map(|field| {
                    if field.options.is_empty() {
                        let kind = match field.value_type.as_str() { "integer" | "number" => "number", "date" => "date", "datetime" => "datetime-local", _ => "text" };
                        view! { <TextField id="filter-value" label=t(m::FILTER_VALUE) value=value kind=kind/> }.into_any()
                    } else {
                        let mut options: Vec<Choice> = vec![Choice::new("", "")];
                        options.extend(field.options.iter().map(|option| Choice::new(option_key(&option.value), option.label.clone())));
                        view! { <SelectField id="filter-value" label=t(m::FILTER_VALUE) choices=Signal::stored(options) value=value/> }.into_any()
                    }
                })}
            </Show>
            <DialogActions>
                <Button label=t(common::CANCEL) on_press=move |_| adding.set(false)/>
                <Button label=t(m::APPLY) look=Look::Primary submit=true/>
            </DialogActions>
        </form>
    }
}

fn needs_no_value(op: &str) -> bool {
    matches!(op, "empty" | NOT_EMPTY)
}

/// What was typed, as the field stores it; a local time becomes an instant.
fn typed_value(field: &FieldView, op: &str, text: &str) -> Option<Value> {
    if field.value_type == "datetime" {
        return crate::browser::instant(text).map(Value::from);
    }
    let value = typed(field, text)?;
    // A list holds single values: it contains one of them.
    match value.as_array() {
        Some(one) if op == "contains" => one.first().cloned(),
        Some(_) | None => Some(value),
    }
}
