//! When a question shows, hides or must be answered: built from chips, never typed.

use std::sync::Arc;

use form_engine::Field;
use leptos::prelude::*;
use serde_json::{Value, json};
use web_ui::{Button, Choice, Icon, IconButton, Look, Segmented, Select, Size};

use super::{Bench, beyond::Beyond};
use crate::{
    editor::form::{
        Edit, Effect,
        condition::{self, Chip, Chips, Operand},
        rules,
    },
    i18n::{Message, common, designer as m, fill, say, t},
};

const fn name(effect: Effect) -> Message {
    match effect {
        Effect::Show => m::SHOW_WHEN,
        Effect::Hide => m::HIDE_WHEN,
        Effect::Require => m::REQUIRE_WHEN,
    }
}

#[component]
pub fn Logic(bench: Bench, path: StoredValue<String>) -> impl IntoView {
    // A question cannot wait for itself.
    let others = Memo::new(move |_| {
        bench.outline.with(|outline| {
            let fields = outline.fields.iter();
            fields
                .filter(|field| path.with_value(|path| field.path != *path) && !field.in_rows())
                .cloned()
                .collect::<Vec<_>>()
        })
    });
    view! {
        <section class="cx-props cx-props-line">
            <h3 class="text-xs font-medium text-muted">{t(m::LOGIC)}</h3>
            <Show when=move || !others.with(Vec::is_empty) fallback=|| view! { <p class="text-xs text-muted">{t(m::NO_OTHERS)}</p> }>
                {Effect::ALL.into_iter().map(|effect| view! { <Rule bench=bench path=path effect=effect others=others/> }).collect_view()}
            </Show>
            <Beyond bench=bench path=path others=others/>
        </section>
    }
}

#[component]
fn Rule(
    bench: Bench,
    path: StoredValue<String>,
    effect: Effect,
    others: Memo<Vec<Arc<Field>>>,
) -> impl IntoView {
    let when = Memo::new(move |_| {
        bench.desk.document.with(|document| path.with_value(|path| rules::when(document, path, effect)))
    });
    let set = move |when: Option<Value>| bench.act(&Edit::SetRule { field: path.get_value(), effect, when });
    view! { <Conditions name=name(effect) when=when others=others on_set=Callback::new(set)/> }
}

/// A condition as chips, to be begun, written and lifted.
#[component]
pub fn Conditions(
    name: Message,
    when: Memo<Option<Value>>,
    others: Memo<Vec<Arc<Field>>>,
    on_set: Callback<Option<Value>>,
) -> impl IntoView {
    let set = move |when: Option<Value>| on_set.run(when);
    let begin = move |_| {
        let chip = others.with_untracked(|others| others.first().map(|field| condition::first(field)));
        set(Chips { any: false, chips: chip.into_iter().collect() }.condition());
    };
    // Drawn anew when chips come and go, not while one is written in.
    let count = Memo::new(move |_| {
        when.with(|when| when.as_ref().map(|when| Chips::of(when).map(|chips| chips.chips.len())))
    });
    let chips = move || when.with_untracked(|when| when.as_ref().and_then(Chips::of)).unwrap_or_default();
    move || match count.get() {
        None => {
            view! { <Button label=t(name) icon=Icon::Plus look=Look::Quiet size=Size::Small on_press=begin/> }
                .into_any()
        }
        Some(None) => view! {
            <fieldset class="cx-rule"><legend>{t(name)}</legend>
                <p class="text-xs text-muted">{t(m::COMPLEX_HINT)}</p>
                <Button label=t(m::LIFT_RULE) look=Look::Quiet size=Size::Small on_press=move |_| set(None)/>
            </fieldset>
        }
        .into_any(),
        Some(Some(count)) => {
            let joint = Signal::derive(move || {
                if when.with(|when| when.as_ref().is_some_and(|when| when.get("any").is_some())) {
                    "any"
                } else {
                    "all"
                }
                .to_owned()
            });
            let joints = Signal::derive(|| {
                vec![Choice::new("all", say(m::ALL_OF)), Choice::new("any", say(m::ANY_OF))]
            });
            let add = move |_| {
                let mut now = chips();
                now.chips.extend(
                    others.with_untracked(|others| others.first().map(|field| condition::first(field))),
                );
                set(now.condition());
            };
            view! {
                <fieldset class="cx-rule"><legend>{t(name)}</legend>
                    {(count > 1).then(|| view! { <Segmented label=t(m::JOINT) choices=joints value=joint on_change=move |word| set(Chips { any: word == "any", ..chips() }.condition())/> })}
                    {(0..count).map(|index| view! {
                        <ChipRow
                            index=index others=others chip=Signal::derive(move || when.with(|when| when.as_ref().and_then(Chips::of)).and_then(|chips| chips.chips.get(index).cloned()))
                            on_change=Callback::new(move |chip: Option<Chip>| {
                                let mut now = chips();
                                match chip {
                                    Some(chip) => now.chips[index] = chip,
                                    None => drop(now.chips.remove(index)),
                                }
                                set(now.condition());
                            })
                        />
                    }).collect_view()}
                    <div class="flex flex-wrap gap-1">
                        <Button label=t(m::ADD_CONDITION) icon=Icon::Plus look=Look::Quiet size=Size::Small on_press=add/>
                        <Button label=t(m::LIFT_RULE) look=Look::Quiet size=Size::Small on_press=move |_| set(None)/>
                    </div>
                </fieldset>
            }.into_any()
        }
    }
}

/// Field, operator, value.
#[component]
fn ChipRow(
    index: usize,
    others: Memo<Vec<Arc<Field>>>,
    chip: Signal<Option<Chip>>,
    on_change: Callback<Option<Chip>>,
) -> impl IntoView {
    let now = move || chip.get_untracked();
    let code = crate::settings::language_code;
    let find =
        move |path: &str| others.with(|others| others.iter().find(|field| field.path == path).cloned());
    let field = Memo::new(move |_| chip.get().map(|chip| chip.field));
    let op = Memo::new(move |_| chip.get().map(|chip| chip.op).unwrap_or_default());
    let known = move || field.get().and_then(|path| find(&path));
    let fields = Signal::derive(move || {
        others.with(|others| {
            others
                .iter()
                .map(|field| Choice::new(field.path.clone(), field.title.get(code())))
                .collect::<Vec<_>>()
        })
    });
    let operators = Signal::derive(move || {
        let known = known().map(|field| condition::operators(&field)).unwrap_or_default();
        known.into_iter().map(|(op, name)| Choice::new(op, say(name))).collect::<Vec<_>>()
    });
    let refield = move |path: String| on_change.run(find(&path).map(|field| condition::first(&field)));
    let reop = move |op: String| {
        if let (Some(chip), Some(field)) = (now(), known()) {
            let same = condition::operand(&field, &op) == condition::operand(&field, &chip.op);
            let value = if same { chip.value } else { condition::first_value(&field, &op) };
            on_change.run(Some(Chip { op, value, ..chip }));
        }
    };
    let revalue = move |value: Value| {
        if let Some(chip) = now() {
            on_change.run(Some(Chip { value, ..chip }));
        }
    };
    view! {
        <div class="cx-condition">
            <div class="flex items-center gap-1">
                <Select small=true label=t(m::CONDITION_FIELD) choices=fields value=Signal::derive(move || field.get().unwrap_or_default()) on_change=refield/>
                <IconButton label=Signal::derive(move || fill(m::REMOVE_CONDITION, &[("n", &(index + 1).to_string())])) icon=Icon::Close size=Size::Small tip="cx-tip-left" on_press=move |_| on_change.run(None)/>
            </div>
            <div class="flex items-start gap-1">
                <Select small=true label=t(m::CONDITION_OP) choices=operators value=op on_change=reop/>
                {move || known().map(|field| {
                    let operand = condition::operand(&field, &op.get());
                    value(operand, &field, chip, Callback::new(revalue))
                })}
            </div>
        </div>
    }
}

/// The input of a value for a field by itself, not in a condition.
pub fn value_of(field: &Field, value: Signal<Option<Value>>, on_change: Callback<Value>) -> AnyView {
    let several = matches!(field.kind, form_engine::FieldKind::Multiple | form_engine::FieldKind::Ranking);
    let op = if several { "any_of" } else { "eq" };
    let path = field.path.clone();
    let chip = Signal::derive(move || {
        value.get().map(|value| Chip { field: path.clone(), op: op.to_owned(), value })
    });
    self::value(condition::operand(field, op), field, chip, on_change)
}

fn value(operand: Operand, field: &Field, chip: Signal<Option<Chip>>, on_change: Callback<Value>) -> AnyView {
    let code = crate::settings::language_code();
    let read = move || chip.get().map(|chip| chip.value).unwrap_or(Value::Null);
    let text = move || match read() {
        Value::String(text) => text,
        Value::Null => String::new(),
        value @ (Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_)) => value.to_string(),
    };
    let options: Vec<(Value, String)> = field
        .options
        .iter()
        .map(|option| (option.value.clone(), option.label.get(code).to_owned()))
        .collect();
    match operand {
        Operand::None => ().into_any(),
        Operand::Number => view! {
            <input class="input input-sm" type="number" aria-label=t(m::CONDITION_VALUE) prop:value=text on:input=move |event| {
                if let Ok(number) = event_target_value(&event).parse::<serde_json::Number>() { on_change.run(Value::Number(number)); }
            }/>
        }.into_any(),
        Operand::Text => {
            let kind = if field.kind == form_engine::FieldKind::Date { "date" } else { "text" };
            view! { <input class="input input-sm" type=kind autocomplete="off" aria-label=t(m::CONDITION_VALUE) prop:value=text on:input=move |event| on_change.run(event_target_value(&event).into())/> }.into_any()
        }
        Operand::Truth => {
            let choices = Signal::derive(|| vec![Choice::new("true", say(common::YES)), Choice::new("false", say(common::NO))]);
            view! { <Select small=true label=t(m::CONDITION_VALUE) choices=choices value=Signal::derive(text) on_change=move |word: String| on_change.run((word == "true").into())/> }.into_any()
        }
        Operand::Option => {
            let choices: Vec<Choice> = options.iter().map(|(value, label)| Choice::new(value.to_string(), label.clone())).collect();
            view! { <Select small=true label=t(m::CONDITION_VALUE) choices=Signal::stored(choices) value=Signal::derive(move || read().to_string()) on_change=move |json: String| on_change.run(serde_json::from_str(&json).unwrap_or_default())/> }.into_any()
        }
        Operand::Options => view! {
            <div class="grid grow" role="group" aria-label=t(m::CONDITION_VALUE)>
                {options.into_iter().map(|(value, label)| {
                    let (own, toggled) = (value.clone(), value);
                    let on = Signal::derive(move || read().as_array().is_some_and(|list| list.contains(&own)));
                    let toggle = move |on: bool| {
                        let mut list = read().as_array().cloned().unwrap_or_default();
                        list.retain(|each| *each != toggled);
                        if on {
                            list.push(toggled.clone());
                        }
                        if !list.is_empty() {
                            on_change.run(json!(list));
                        }
                    };
                    view! { <web_ui::Checkbox label=Signal::stored(label) checked=on on_change=toggle/> }
                }).collect_view()}
            </div>
        }.into_any(),
    }
}
