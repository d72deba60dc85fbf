//! Logic on the question beyond showing and hiding: jumps, values set, options carried on, quotas, points, first values.

use std::sync::Arc;

use form_engine::{Field, FieldKind};
use leptos::prelude::*;
use serde_json::Value;
use web_ui::{Button, Choice, Field as Labelled, Icon, IconButton, Look, Select, Size};

use super::{
    Bench,
    graph::LogicGraph,
    logic::{Conditions, value_of},
};
use crate::{
    designer::entry::{Entry, Fold},
    editor::form::{
        Edit, First, Jump, Target, logic,
        outline::Item,
        words::{self, Words},
    },
    i18n::{common, designer as m, fill, hint, say, t},
};

#[component]
pub fn Beyond(bench: Bench, path: StoredValue<String>, others: Memo<Vec<Arc<Field>>>) -> impl IntoView {
    let item =
        Memo::new(move |_| bench.outline.with(|outline| path.with_value(|path| outline.item(path).cloned())));
    let kind = Memo::new(move |_| item.with(|item| item.as_ref().and_then(|item| item.kind)));
    let options = Memo::new(move |_| item.with(|item| item.as_ref().map_or(0, |item| item.options)));
    let single = move || item.with(|item| item.as_ref().is_some_and(|item| item.field.is_some()));
    view! {
        <Show when=move || !others.with(Vec::is_empty)>
            <Jumps bench=bench path=path others=others/>
            <Show when=move || kind.get().is_some_and(has_carried)><Carry bench=bench path=path others=others/></Show>
            <Show when=move || single() && kind.get() != Some(FieldKind::Formula)><Given bench=bench path=path others=others/></Show>
        </Show>
        <Show when=move || single() && !matches!(kind.get(), Some(FieldKind::Formula | FieldKind::SerialNumber))><Opening bench=bench path=path/></Show>
        <Show when=move || { options.get() > 0 && kind.get().is_some_and(has_carried) }><PerOption bench=bench path=path item=item/></Show>
    }
}

/// Options are the author's, and each submission names them.
const fn has_carried(kind: FieldKind) -> bool {
    matches!(kind, FieldKind::Single | FieldKind::Multiple | FieldKind::DropDown | FieldKind::Ranking)
}

#[component]
fn Jumps(bench: Bench, path: StoredValue<String>, others: Memo<Vec<Arc<Field>>>) -> impl IntoView {
    let jumps = Memo::new(move |_| {
        bench.desk.document.with(|document| path.with_value(|path| logic::jumps(document, path)))
    });
    let count = Memo::new(move |_| jumps.with(Vec::len));
    let set = move |jumps| bench.act(&Edit::SetJumps { field: path.get_value(), jumps });
    let change = move |index: usize, change: &dyn Fn(&mut Jump)| {
        let mut now = jumps.get_untracked();
        if let Some(jump) = now.get_mut(index) {
            change(jump);
        }
        set(now);
    };
    // What stands behind this question, and what pages follow.
    let targets = Signal::derive(move || {
        bench.language.track();
        bench.outline.with(|outline| {
            let place = path.with_value(|path| outline.place(path));
            let behind = outline.placed().filter(|(other, _)| place.is_some_and(|place| *other > place));
            let asked = behind.map(|(_, item)| item).filter(|item| item.text.is_none());
            let mut choices = vec![Choice::new("end", say(m::JUMP_END))];
            let pages = place.map_or(0, |place| place.page + 1)..outline.pages.len();
            choices.extend(pages.map(|page| {
                Choice::new(format!("page:{page}"), fill(m::JUMP_PAGE, &[("n", &(page + 1).to_string())]))
            }));
            choices.extend(asked.map(|item| Choice::new(item.path.clone(), bench.title(&item.path))));
            choices
        })
    });
    let word = |target: &Target| match target {
        Target::End => "end".to_owned(),
        Target::Page(page) => format!("page:{page}"),
        Target::Question(path) => path.clone(),
    };
    let target = |word: &str| match word.strip_prefix("page:").and_then(|page| page.parse().ok()) {
        Some(page) => Target::Page(page),
        None if word == "end" => Target::End,
        None => Target::Question(word.to_owned()),
    };
    view! {
        {move || (0..count.get()).map(|index| {
            let when = Memo::new(move |_| jumps.with(|jumps| jumps.get(index).and_then(|jump| jump.when.clone())));
            let to = Signal::derive(move || jumps.with(|jumps| jumps.get(index).map(|jump| word(&jump.to)).unwrap_or_default()));
            let own = Memo::new(move |_| {
                // A jump may read the question it leaves.
                let mut all = bench.outline.with(|outline| path.with_value(|path| outline.fields.iter().filter(|field| field.path == *path).cloned().collect::<Vec<_>>()));
                all.extend(others.get());
                all
            });
            view! {
                <fieldset class="cx-rule"><legend>{t(m::JUMP)}</legend>
                    <div class="flex items-center gap-1">
                        <Select small=true label=t(m::JUMP_TO) choices=targets value=to on_change=move |word: String| change(index, &|jump: &mut Jump| jump.to = target(&word))/>
                        <IconButton label=t(m::LIFT_RULE) icon=Icon::Close size=Size::Small tip="cx-tip-left" on_press=move |_| { let mut now = jumps.get_untracked(); now.remove(index); set(now); }/>
                    </div>
                    <Conditions name=m::JUMP_WHEN when=when others=own on_set=Callback::new(move |when: Option<Value>| change(index, &|jump: &mut Jump| jump.when.clone_from(&when)))/>
                </fieldset>
            }
        }).collect_view()}
        <div><Button label=t(m::ADD_JUMP) icon=Icon::Plus look=Look::Quiet size=Size::Small on_press=move |_| { let mut now = jumps.get_untracked(); now.push(Jump { when: None, to: Target::End }); set(now); }/></div>
    }
}

/// Only options that were, or were not, chosen in another question.
#[component]
fn Carry(bench: Bench, path: StoredValue<String>, others: Memo<Vec<Arc<Field>>>) -> impl IntoView {
    let carried = Memo::new(move |_| {
        bench.desk.document.with(|document| path.with_value(|path| logic::carried(document, path)))
    });
    let choices = Signal::derive(move || {
        let code = bench.language.get();
        let mut choices = vec![Choice::new("", say(m::CARRY_ALL))];
        others.with(|others| {
            for field in others.iter().filter(|field| has_carried(field.kind)) {
                for (mark, words) in [("+", m::CARRY_CHOSEN), ("-", m::CARRY_NOT_CHOSEN)] {
                    let name = fill(words, &[("title", field.title.get(&code))]);
                    choices.push(Choice::new(format!("{mark}{}", field.path), name));
                }
            }
        });
        choices
    });
    let value = Signal::derive(move || {
        carried
            .get()
            .map(|(from, chosen)| format!("{}{from}", if chosen { "+" } else { "-" }))
            .unwrap_or_default()
    });
    let set = move |word: String| {
        let from = word.strip_prefix('+').map(|from| (from.to_owned(), true));
        let from = from.or_else(|| word.strip_prefix('-').map(|from| (from.to_owned(), false)));
        bench.act(&Edit::Carry { field: path.get_value(), from });
    };
    view! { <Labelled id="logic-carry" label=t(m::CARRY)><Select id="logic-carry" small=true label=t(m::CARRY) choices=choices value=value on_change=set/></Labelled> }
}

/// A value filled in while a condition holds.
#[component]
fn Given(bench: Bench, path: StoredValue<String>, others: Memo<Vec<Arc<Field>>>) -> impl IntoView {
    let given = Memo::new(move |_| {
        bench.desk.document.with(|document| path.with_value(|path| logic::given(document, path)))
    });
    let own = move || {
        bench.outline.with_untracked(|outline| path.with_value(|path| outline.item(path)?.field.clone()))
    };
    let set = move |to| bench.act(&Edit::Give { field: path.get_value(), to });
    let when = Memo::new(move |_| given.get().and_then(|(when, _)| when));
    let value = Signal::derive(move || given.get().map(|(_, value)| value));
    let there = Memo::new(move |_| given.with(Option::is_some));
    let begin = move |_| {
        if let Some(field) = own() {
            set(Some((None, first_of(&field))));
        }
    };
    move || {
        if !there.get() {
            return view! { <div><Button label=t(m::GIVE) icon=Icon::Plus look=Look::Quiet size=Size::Small on_press=begin/></div> }.into_any();
        }
        let field = own();
        view! {
            <fieldset class="cx-rule"><legend>{t(m::GIVE)}</legend>
                {field.map(|field| value_of(&field, value, Callback::new(move |value| set(Some((when.get_untracked(), value))))))}
                <Conditions name=m::GIVE_WHEN when=when others=others on_set=Callback::new(move |when: Option<Value>| set(Some((when, value.get_untracked().unwrap_or_default()))))/>
                <Button label=t(m::LIFT_RULE) look=Look::Quiet size=Size::Small on_press=move |_| set(None)/>
            </fieldset>
        }.into_any()
    }
}

fn first_of(field: &Field) -> Value {
    let op = if matches!(field.kind, FieldKind::Multiple | FieldKind::Ranking) { "any_of" } else { "eq" };
    crate::editor::form::condition::first_value(field, op)
}

/// What it holds when the form is opened.
#[component]
fn Opening(bench: Bench, path: StoredValue<String>) -> impl IntoView {
    let first = Memo::new(move |_| {
        bench.desk.document.with(|document| path.with_value(|path| logic::first(document, path)))
    });
    let own = move || {
        bench.outline.with_untracked(|outline| path.with_value(|path| outline.item(path)?.field.clone()))
    };
    let set = move |first| bench.act(&Edit::SetFirst { field: path.get_value(), first });
    let sort = Memo::new(move |_| match first.get() {
        None => "",
        Some(First::Literal(_)) => "literal",
        Some(First::Parameter(_)) => "parameter",
        Some(First::Script(_)) => "script",
    });
    let sorts = Signal::derive(|| {
        [
            ("", m::FIRST_NONE),
            ("literal", m::FIRST_LITERAL),
            ("parameter", m::FIRST_PARAMETER),
            ("script", m::FIRST_SCRIPT),
        ]
        .map(|(word, name)| Choice::new(word, say(name)))
        .to_vec()
    });
    let choose = move |word: String| {
        let key = path.with_value(|path| path.rsplit('/').next().unwrap_or_default().to_owned());
        set(match word.as_str() {
            "literal" => own().map(|field| First::Literal(first_of(&field))),
            "parameter" => Some(First::Parameter(key)),
            "script" => Some(First::Script("\"\"".to_owned())),
            _ => None,
        });
    };
    let text = Signal::derive(move || match first.get() {
        Some(First::Parameter(text) | First::Script(text)) => text,
        Some(First::Literal(_)) | None => String::new(),
    });
    let literal = Signal::derive(move || match first.get() {
        Some(First::Literal(value)) => Some(value),
        Some(First::Parameter(_) | First::Script(_)) | None => None,
    });
    view! {
        <Labelled id="logic-first" label=t(m::FIRST)><Select id="logic-first" small=true label=t(m::FIRST) choices=sorts value=Signal::derive(move || sort.get().to_owned()) on_change=choose/></Labelled>
        {move || match sort.get() {
            "literal" => own().map(|field| value_of(&field, literal, Callback::new(move |value| set(Some(First::Literal(value)))))),
            "parameter" => Some(view! { <Entry id="logic-parameter" label=t(m::FIRST_PARAMETER) hint=hint(m::FIRST_PARAMETER_HINT) value=text on_input=move |text| set(Some(First::Parameter(text)))/> }.into_any()),
            "script" => Some(view! { <Entry id="logic-script" label=t(m::FIRST_SCRIPT) hint=hint(m::FORMULA_HINT) value=text on_input=move |text| set(Some(First::Script(text)))/> }.into_any()),
            _ => None,
        }}
    }
}

/// How many may choose each option, and what it is worth.
#[component]
fn PerOption(bench: Bench, path: StoredValue<String>, item: Memo<Option<Arc<Item>>>) -> impl IntoView {
    let values = Memo::new(move |_| {
        item.with(|item| {
            let field = item.as_ref().and_then(|item| item.field.as_ref());
            field
                .map(|field| field.options.iter().map(form_engine::Choice::text).collect::<Vec<_>>())
                .unwrap_or_default()
        })
    });
    let row = move |index: usize, option: String| {
        let option = StoredValue::new(option);
        let label = move || {
            let language = bench.language.get();
            bench
                .desk
                .document
                .with(|document| words::read(document, &Words::Option(path.get_value(), index), &language))
        };
        let read = move |read: fn(&Value, &str, &str) -> Option<String>| {
            bench
                .desk
                .document
                .with(|document| {
                    path.with_value(|path| option.with_value(|option| read(document, path, option)))
                })
                .unwrap_or_default()
        };
        let quota = move || {
            read(|document, path, option| logic::quota(document, path, option).map(|most| most.to_string()))
        };
        let points = move || {
            read(|document, path, option| {
                logic::points(document, path, option).map(|worth| worth.to_string())
            })
        };
        view! {
            <div class="cx-per-option">
                <span class="truncate text-xs">{label}</span>
                <input class="input input-sm" type="number" min="0" aria-label=move || format!("{}: {}", say(m::OPTION_QUOTA), label()) prop:value=quota on:input=move |event| bench.act(&Edit::SetOptionQuota { field: path.get_value(), option: option.get_value(), most: event_target_value(&event).parse().ok() })/>
                <input class="input input-sm" type="number" step="any" aria-label=move || format!("{}: {}", say(m::OPTION_POINTS), label()) prop:value=points on:input=move |event| bench.act(&Edit::SetPoints { field: path.get_value(), option: option.get_value(), worth: event_target_value(&event).parse().ok() })/>
            </div>
        }
    };
    view! {
        <Fold label=t(m::PER_OPTION)>
            <p class="text-xs text-muted">{t(m::PER_OPTION_HINT)}</p>
            <div class="cx-per-option text-xs text-muted" aria-hidden="true"><span></span><span>{t(m::OPTION_QUOTA)}</span><span>{t(m::OPTION_POINTS)}</span></div>
            {move || values.get().into_iter().enumerate().map(|(index, option)| row(index, option)).collect_view()}
        </Fold>
    }
}

/// The whole logic as a list, with what never happens and who is never asked.
#[component]
pub fn AllLogic(bench: Bench) -> impl IntoView {
    let lines = Memo::new(move |_| bench.desk.document.with(logic::lines));
    let row = move |line: logic::Line| {
        let language = crate::settings::language();
        let when = line.when.as_ref().map_or_else(
            || say(m::ALWAYS).to_owned(),
            |when| {
                bench.outline.with_untracked(|outline| {
                    crate::editor::form::condition::sentence(when, &outline.fields, language)
                })
            },
        );
        let about = line.does.iter().flat_map(logic::Does::fields).next();
        let index = line.index;
        let go = move |_| {
            if let Some(path) = &about {
                bench.choose(path, false);
            }
        };
        view! {
            <li class="cx-rule">
                <div class="flex items-start gap-1">
                    <button type="button" class="grow cursor-pointer text-left" on:click=go>
                        <span class="block text-xs text-muted">{fill(m::LOGIC_WHEN, &[("when", &when)])}</span>
                        {line.does.iter().map(|does| view! { <span class="block">{told(bench, does)}</span> }).collect_view()}
                    </button>
                    <IconButton label=Signal::derive(move || format!("{} {}", say(common::DELETE), index + 1)) icon=Icon::Trash size=Size::Small tip="cx-tip-left" on_press=move |_| bench.act(&Edit::RemoveRule { index })/>
                </div>
            </li>
        }
    };
    view! {
        <LogicGraph bench=bench/>
        {move || {
            bench.outline.track();
            bench.language.track();
            let lines = lines.get();
            if lines.is_empty() {
                return view! { <p class="py-4 text-center text-muted">{say(m::NO_LOGIC)}</p> }.into_any();
            }
            view! { <ol class="grid gap-2">{lines.into_iter().map(row).collect_view()}</ol> }.into_any()
        }}
        <Show when=move || bench.desk.warnings.with(|warnings| !warnings.is_empty())>
            <h3 class="mt-4 mb-1 text-xs font-medium text-muted">{t(m::WARNINGS)}</h3>
            <ul class="grid gap-1">
                {move || bench.desk.warnings.get().into_iter().map(|warning| {
                    let words = crate::designer::publish::told(&warning);
                    view! { <li><button type="button" class="cx-line w-full cursor-pointer px-1 py-1 text-left" on:click=move |_| bench.locate(&warning)><web_ui::Quoting text=words/></button></li> }
                }).collect_view()}
            </ul>
        </Show>
    }
}

/// What a rule does, in words.
pub fn told(bench: Bench, does: &logic::Does) -> String {
    let title = move |path: &str| format!("“{}”", bench.title(path));
    let titles = move |paths: &[String]| paths.iter().map(|path| title(path)).collect::<Vec<_>>().join(", ");
    match does {
        logic::Does::Show(fields) => fill(m::DOES_SHOW, &[("what", &titles(fields))]),
        logic::Does::Hide(fields) => fill(m::DOES_HIDE, &[("what", &titles(fields))]),
        logic::Does::Require(fields) => fill(m::DOES_REQUIRE, &[("what", &titles(fields))]),
        logic::Does::Set(field, to) => {
            let to = to.get("script").and_then(Value::as_str).map_or_else(|| to.to_string(), str::to_owned);
            fill(m::DOES_SET, &[("what", &title(field)), ("to", &to)])
        }
        logic::Does::Jump(after, to) => {
            let to = match to.as_str() {
                "end" => say(m::JUMP_END).to_owned(),
                path if path.starts_with('/') => title(path),
                page => page.to_owned(),
            };
            let after = after.as_deref().map(title).unwrap_or_default();
            fill(m::DOES_JUMP, &[("after", &after), ("to", &to)])
        }
        logic::Does::Offer(fields, from, chosen) => {
            let words = if *chosen { m::DOES_OFFER } else { m::DOES_OFFER_REST };
            fill(words, &[("what", &titles(fields)), ("from", &title(from))])
        }
    }
}
