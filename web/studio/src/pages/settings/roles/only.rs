//! Which rows of its form a rule is about: comparisons one can choose, and the JSON behind them.

use api_types::FieldView;
use leptos::prelude::*;
use serde_json::{Number, Value};
use web_ui::{Button, Choice, Icon, IconButton, Look, Select, Size, TextArea};

use super::model::{self, Unread};
use crate::{
    i18n::{access as m, common, fill, forms as words, say, t},
    pages::submissions::filters::{Filters, Leaf, NOT_EMPTY, operators},
};

#[component]
pub fn Only(document: RwSignal<Value>, rule: usize, fields: Signal<Vec<FieldView>>) -> impl IntoView {
    let stored = Memo::new(move |_| document.with(|document| model::only(document, rule)));
    let leaves = Memo::new(move |_| {
        document.with(|document| fields.with(|fields| model::comparisons(document, rule, fields)))
    });
    // Drawn anew when comparisons come and go, not while one is written in.
    let count = Memo::new(move |_| leaves.with(|leaves| leaves.as_ref().map(Vec::len)));
    let set = Callback::new(move |leaves: Vec<Leaf>| {
        let condition = Filters { leaves, rest: Vec::new() }.condition();
        document.update(|document| model::set_only(document, rule, condition));
    });
    let add = move |_| {
        let mut now = leaves.get_untracked().unwrap_or_default();
        let next = fields.with_untracked(|fields| {
            let free = fields.iter().find(|field| now.iter().all(|leaf| leaf.field != field.path));
            free.or(fields.first()).map(model::comparison)
        });
        now.extend(next);
        set.run(now);
    };
    view! {
        <details class="mt-3" open=stored.with_untracked(|stored| !stored.is_empty())>
            <summary class="cursor-pointer text-xs font-medium text-muted">{t(m::ONLY_WHERE)}</summary>
            <div class="mt-2 flex flex-col gap-2">
                {move || (0..count.get().unwrap_or(0)).map(|index| view! { <Comparison leaves=leaves index=index fields=fields set=set/> }).collect_view()}
                <Show when=move || count.get().is_some() && fields.with(|fields| !fields.is_empty())>
                    <div><Button label=t(m::ONLY_ADD) icon=Icon::Plus look=Look::Quiet size=Size::Small on_press=add/></div>
                </Show>
                <Written document=document rule=rule stored=stored/>
            </div>
        </details>
    }
}

/// The condition as JSON: what is typed stays as it is typed, and counts as soon as it can be read.
#[component]
fn Written(document: RwSignal<Value>, rule: usize, stored: Memo<String>) -> impl IntoView {
    let text = RwSignal::new(stored.get_untracked());
    let wrong = RwSignal::new(None::<Unread>);
    let says = move |condition: &Option<Value>, stored: &str| {
        condition.as_ref().map(Value::to_string).unwrap_or_default() == stored
    };
    Effect::new(move |_| match text.with(|text| model::condition(text)) {
        Ok(condition) => {
            wrong.set(None);
            if !says(&condition, &stored.get_untracked()) {
                document.update(|document| model::set_only(document, rule, condition));
            }
        }
        Err(why) => wrong.set(Some(why)),
    });
    // Comparisons were chosen, or another form.
    Effect::new(move |_| {
        let stored = stored.get();
        let same =
            text.with_untracked(|text| model::condition(text)).is_ok_and(|typed| says(&typed, &stored));
        if !same {
            text.set(stored);
        }
    });
    let example = r#"{"field": "/amount", "op": "lt", "value": 1000}"#;
    let tip = Signal::derive(move || Some(fill(m::ONLY_HINT, &[("example", example)])));
    let error = Signal::derive(move || {
        Some(match wrong.get()? {
            Unread::NoJson(line, column) => {
                fill(m::ONLY_BROKEN, &[("line", &line.to_string()), ("column", &column.to_string())])
            }
            Unread::NoCondition => fill(m::ONLY_NOTHING, &[("example", example)]),
        })
    });
    view! { <TextArea id=format!("only-{rule}") label=t(m::ONLY_JSON) value=text rows=2 hint=tip error=error/> }
}

/// Field, operator, value.
#[component]
fn Comparison(
    leaves: Memo<Option<Vec<Leaf>>>,
    index: usize,
    fields: Signal<Vec<FieldView>>,
    set: Callback<Vec<Leaf>>,
) -> impl IntoView {
    let leaf = Memo::new(move |_| leaves.with(|leaves| leaves.as_ref()?.get(index).cloned()));
    let change = move |change: &dyn Fn(&mut Leaf)| {
        let mut now = leaves.get_untracked().unwrap_or_default();
        if let Some(leaf) = now.get_mut(index) {
            change(leaf);
            set.run(now);
        }
    };
    let path = Memo::new(move |_| {
        leaf.with(|leaf| leaf.as_ref().map(|leaf| leaf.field.clone())).unwrap_or_default()
    });
    let op =
        Memo::new(move |_| leaf.with(|leaf| leaf.as_ref().map(|leaf| leaf.op.clone())).unwrap_or_default());
    let find = move |path: &str| {
        fields.with_untracked(|fields| fields.iter().find(|field| field.path == path).cloned())
    };
    let paths = Signal::derive(move || {
        fields.with(|fields| {
            fields.iter().map(|field| Choice::new(&field.path, &field.title)).collect::<Vec<_>>()
        })
    });
    let ops = Signal::derive(move || {
        let known = find(&path.get()).map(|field| operators(&field.value_type, !field.options.is_empty()));
        known.into_iter().flatten().map(|(op, name)| Choice::new(op, say(name))).collect::<Vec<_>>()
    });
    let refield = move |path: String| {
        if let Some(field) = find(&path) {
            change(&|leaf| *leaf = model::comparison(&field));
        }
    };
    let reop = move |op: String| {
        let first = find(&path.get_untracked()).map(|field| model::comparison(&field).value);
        change(&|leaf| {
            leaf.op.clone_from(&op);
            match (op.as_str(), &first) {
                ("empty" | NOT_EMPTY, _) => leaf.value = Value::Null,
                (_, Some(first)) if leaf.value.is_null() => leaf.value = first.clone(),
                (_, _) => {}
            }
        });
    };
    let remove = move |_| {
        let mut now = leaves.get_untracked().unwrap_or_default();
        now.remove(index);
        set.run(now);
    };
    // As JSON where it is chosen, as text where it is written.
    let value = move || leaf.with(|leaf| leaf.as_ref().map(|leaf| leaf.value.clone())).unwrap_or_default();
    let choices = move |field: &FieldView| {
        if field.options.is_empty() {
            vec![Choice::new("true", say(common::YES)), Choice::new("false", say(common::NO))]
        } else {
            let options = field.options.iter();
            options.map(|option| Choice::new(option.value.to_string(), &option.label)).collect()
        }
    };
    view! {
        <div class="flex flex-wrap items-center gap-2 sm:flex-nowrap">
            <Select small=true label=t(words::FILTER_FIELD) choices=paths value=path on_change=refield/>
            <Select small=true label=t(words::FILTER_OP) choices=ops value=op on_change=reop/>
            {move || {
                let field = find(&path.get()).filter(|_| op.with(|op| !matches!(op.as_str(), "empty" | NOT_EMPTY)))?;
                let chosen = !field.options.is_empty() || field.value_type == "boolean";
                Some(if chosen {
                    let choices = Signal::stored(choices(&field));
                    view! { <Select small=true label=t(words::FILTER_VALUE) choices=choices value=Signal::derive(move || value().to_string()) on_change=move |json: String| change(&|leaf| leaf.value = serde_json::from_str(&json).unwrap_or_default())/> }.into_any()
                } else {
                    let number = matches!(field.value_type.as_str(), "integer" | "number");
                    let kind = match field.value_type.as_str() { "date" => "date", _ if number => "number", _ => "text" };
                    let written = move || { let value = value(); value.as_str().map_or_else(|| value.to_string(), str::to_owned) };
                    view! {
                        <input class="input input-sm" type=kind autocomplete="off" aria-label=t(words::FILTER_VALUE) prop:value=written on:input=move |event| {
                            let typed = event_target_value(&event);
                            if !number {
                                change(&|leaf| leaf.value = typed.clone().into());
                            } else if let Ok(typed) = typed.parse::<Number>() {
                                change(&|leaf| leaf.value = Value::Number(typed.clone()));
                            }
                        }/>
                    }.into_any()
                })
            }}
            <IconButton label=t(common::DELETE) icon=Icon::Trash size=Size::Small on_press=remove/>
        </div>
    }
}
