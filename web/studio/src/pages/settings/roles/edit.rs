//! One role: its rules form by form, and who holds it. Saving puts it in force.

use api_types::{FieldView, GiveRoles, Role, RoleView, SaveDraft};
use leptos::{ev, prelude::*, task::spawn_local};
use serde_json::Value;
use web_ui::{
    Button, Card, Checkbox, Choice, DialogActions, Icon, IconButton, Look, Notice, Quoting, Select,
    SelectField, Size, TextField, Tone,
};

use super::{
    Around,
    model::{self, Shown},
    only::Only,
};
use crate::{
    api::{self, Fault},
    browser,
    editor::form::starters::free_key,
    i18n::{Message, access as m, common, fill, say, settings as words, t},
    load::load,
    notify,
    pages::role_name,
};

/// A role in the editor.
#[derive(Clone, Copy)]
struct Edited {
    document: RwSignal<Value>,
    /// Members it is given to.
    holders: RwSignal<Vec<String>>,
    /// Counts rules taken out: those behind one are others from then on.
    cut: RwSignal<u32>,
    /// What the server said against it.
    wrong: RwSignal<Option<Fault>>,
    around: Around,
}

impl Edited {
    /// What is wrong at a place of the document.
    fn wrong_at(self, place: &'static str) -> Signal<Option<String>> {
        Signal::derive(move || {
            let fault = self.wrong.get()?;
            fault
                .problems
                .into_iter()
                .find(|problem| inside(&problem.path) == place)
                .map(|problem| problem.message)
        })
    }
}

/// The place in the document, whether it was sent by itself or as a part of something.
fn inside(path: &str) -> &str {
    path.strip_prefix("/document").unwrap_or(path)
}

#[component]
pub fn Editor(role: Option<RoleView>, around: Around, done: Callback<()>) -> impl IntoView {
    let document = RwSignal::new(model::blank());
    let holders = RwSignal::new(role.as_ref().map(|role| role.holders.clone()).unwrap_or_default());
    let (cut, wrong) = (RwSignal::new(0), RwSignal::new(None::<Fault>));
    let edited = Edited { document, holders, cut, wrong, around };
    let ready = RwSignal::new(role.is_none());
    let stored = StoredValue::new(None::<(String, u32)>);
    if let Some(id) = role.as_ref().map(|role| role.definition.clone()) {
        spawn_local(async move {
            match api::definition(&id).await {
                Ok(view) => {
                    document.set(serde_json::from_str(&view.draft).unwrap_or_else(|_| model::blank()));
                    stored.set_value(Some((id, view.rev)));
                    let _ = ready.try_set(true);
                }
                Err(fault) => notify::fault(&fault),
            }
        });
    }
    let held_before = holders.get_untracked();
    let home = RwSignal::new(String::new());
    // The first app is chosen once they are known.
    Effect::new(move |_| {
        let first = around.apps.with(|apps| apps.first().map(|app| app.key.clone())).flatten();
        if let Some(first) = first.filter(|_| home.with_untracked(String::is_empty)) {
            home.set(first);
        }
    });
    let busy = RwSignal::new(false);
    let send = move |event: ev::SubmitEvent| {
        event.prevent_default();
        wrong.set(None);
        // A condition that cannot be read is not dropped silently.
        if browser::focus_on("dialog[open] textarea[aria-invalid]") {
            return;
        }
        busy.set(true);
        let before = held_before.clone();
        spawn_local(async move {
            let app = home.get_untracked();
            match store(document.get_untracked(), stored, app, &before, &holders.get_untracked()).await {
                Ok(()) => {
                    notify::success(m::PUBLISHED);
                    around.roles.refresh();
                    done.run(());
                }
                Err(fault) => {
                    let _ = wrong.try_set(Some(fault));
                    browser::after_frame(|| {
                        browser::focus_on("dialog[open] input[aria-invalid]");
                    });
                }
            }
            let _ = busy.try_set(false);
        });
    };
    let is_new = role.is_none();
    // The rules stay while one is written in.
    let count = Memo::new(move |_| document.with(model::rules));
    view! {
        <form class="flex flex-col gap-4" novalidate=true on:submit=send>
            <Show when=move || ready.get()>
                <Names edited=edited is_new=is_new home=home/>
                <For each=move || { let cut = cut.get(); (0..count.get()).map(move |rule| (cut, rule)) } key=|key| *key let:key><Rule edited=edited rule=key.1/></For>
                <AddRule edited=edited/>
                <People edited=edited/>
            </Show>
            // Beside the button that was pressed.
            {move || wrong.get().map(|fault| view! { <Notice tone=Tone::Error><Problems fault=fault/></Notice> })}
            <DialogActions>
                <Button label=t(common::CANCEL) on_press=move |_| done.run(())/>
                <Button label=t(m::PUBLISH) look=Look::Primary submit=true busy=busy/>
            </DialogActions>
        </form>
    }
}

/// Saves the draft, puts it in force, and gives it to whom it is for.
async fn store(
    document: Value,
    stored: StoredValue<Option<(String, u32)>>,
    app: String,
    before: &[String],
    after: &[String],
) -> Result<(), Fault> {
    let (id, rev) = match stored.get_value() {
        Some((id, rev)) => {
            let draft = serde_json::to_string_pretty(&document).unwrap_or_default();
            let saved = api::save_draft(&id, &SaveDraft { rev, draft }).await?;
            (id, saved.rev)
        }
        None => {
            let made = api::create_definition(app, document.clone()).await?;
            (made.summary.id, made.rev)
        }
    };
    // Whatever is refused from here on: the draft is there, and is not made a second time.
    let _ = stored.try_update_value(|stored| *stored = Some((id.clone(), rev)));
    api::publish(&id, rev).await?;
    let key = document["key"].as_str().unwrap_or_default().to_owned();
    let changed =
        before.iter().filter(|id| !after.contains(id)).chain(after.iter().filter(|id| !before.contains(id)));
    let changed: Vec<&String> = changed.collect();
    // Asked once: what one member is given changes nothing of what others hold.
    let roles = if changed.is_empty() { Vec::new() } else { api::roles().await? };
    for member in changed {
        let held = roles.iter().filter(|role| role.key != key && role.holders.contains(member));
        let mut keys: Vec<String> = held.map(|role| role.key.clone()).collect();
        if after.contains(member) {
            keys.push(key.clone());
        }
        api::give_roles(member, &GiveRoles { roles: keys }).await?;
    }
    Ok(())
}

/// Each with the rule it is about.
#[component]
fn Problems(fault: Fault) -> impl IntoView {
    if fault.problems.is_empty() {
        return view! { <Quoting text=fault.in_words()/> }.into_any();
    }
    let line = |problem: api_types::ProblemView| {
        let rule = inside(&problem.path)
            .strip_prefix("/grants/")
            .and_then(|rest| rest.split('/').next()?.parse().ok());
        let about =
            rule.map(|rule: usize| fill(m::RULE, &[("n", &(rule + 1).to_string())]) + say(common::COLON));
        view! { <li>{about}<Quoting text=problem.message/></li> }
    };
    view! { <ul>{fault.problems.into_iter().map(line).collect_view()}</ul> }.into_any()
}

#[component]
fn Names(edited: Edited, is_new: bool, home: RwSignal<String>) -> impl IntoView {
    let Edited { document, around, .. } = edited;
    let start = |pointer: &str| {
        let text = document
            .with_untracked(|document| document.pointer(pointer).and_then(Value::as_str).map(str::to_owned));
        RwSignal::new(text.unwrap_or_default())
    };
    let plain = document.with_untracked(|document| document["title"].as_str().map(str::to_owned));
    let (key, zh, en) = (start("/key"), start("/title/zh"), start("/title/en"));
    if let Some(plain) = plain {
        zh.set(plain.clone());
        en.set(plain);
    }
    // The key follows the name until it is written by hand.
    let made = StoredValue::new(String::new());
    Effect::new(move |_| {
        let name = en.get();
        if !is_new || key.with_untracked(|key| *key != made.get_value()) {
            return;
        }
        let roles = around.roles.get_untracked().unwrap_or_default();
        let taken: Vec<String> = roles.into_iter().map(|role| role.key).collect();
        let name = name.trim();
        made.set_value(free_key(if !name.is_empty() && name.is_ascii() { name } else { "role" }, &taken));
        key.set(made.get_value());
    });
    Effect::new(move |_| {
        let (key, zh, en) = (key.get(), zh.get(), en.get());
        document.update(|document| {
            document["key"] = key.trim().into();
            document["title"] = serde_json::json!({"zh": zh.trim(), "en": en.trim()});
        });
    });
    let apps = Signal::derive(move || {
        around.apps.get().unwrap_or_default().into_iter().map(|app| Choice::new(app.key, app.title)).collect()
    });
    view! {
        <div class="grid grid-cols-1 gap-4 sm:grid-cols-2">
            <TextField id="role-zh" label=t(m::NAME_ZH) value=zh required=true autofocus=true error=edited.wrong_at("/title/zh")/>
            <TextField id="role-en" label=t(m::NAME_EN) value=en required=true error=edited.wrong_at("/title/en")/>
            <Place edited=edited/>
            <Show when=move || is_new>
                <TextField id="role-key" label=t(words::KEY) value=key required=true error=edited.wrong_at("/key")/>
                <SelectField id="role-app" label=t(m::APP) choices=apps value=home/>
            </Show>
        </div>
    }
}

/// The place that holds the role by itself.
#[component]
fn Place(edited: Edited) -> impl IntoView {
    let document = edited.document;
    let value = Signal::derive(move || document.with(model::place));
    let choices = Signal::derive(|| {
        let places = [Role::Designer, Role::Agent, Role::Viewer, Role::Member]
            .map(|role| Choice::new(role.word(), fill(m::EVERY_PLACE, &[("place", say(role_name(role)))])));
        std::iter::once(Choice::new("", say(m::NO_PLACE))).chain(places).collect::<Vec<_>>()
    });
    view! {
        <label class="flex flex-col gap-1">
            <span class="text-xs font-medium text-muted">{t(m::PLACE)}</span>
            <Select label=t(m::PLACE) choices=choices value=value on_change=move |place: String| document.update(|document| model::set_place(document, &place))/>
        </label>
    }
}

/// The form whose rules stand in one card.
#[component]
fn Rule(edited: Edited, rule: usize) -> impl IntoView {
    let Edited { document, around, .. } = edited;
    let text = move |name: &'static str| {
        Signal::derive(move || document.with(|document| model::text(document, rule, name)))
    };
    let set = move |name: &'static str| {
        Callback::new(move |value: String| {
            document.update(|document| model::set_text(document, rule, name, &value))
        })
    };
    let forms = Signal::derive(move || {
        let known = around.forms.get().unwrap_or_default();
        let mut choices = vec![Choice::new("*", say(m::EVERY_FORM))];
        choices.extend(known.into_iter().map(|form| Choice::new(form.key, form.title)));
        choices
    });
    let rows = Signal::derive(move || {
        [
            ("own", m::OWN),
            ("department", m::OF_DEPARTMENT),
            ("departments_below", m::BELOW),
            ("all", m::EVERYBODYS),
        ]
        .map(|(word, name)| Choice::new(word, say(name)))
        .to_vec()
    });
    let form = Memo::new(move |_| document.with(|document| model::text(document, rule, "form")));
    let fields = load(
        move || form.get(),
        |form| async move {
            if form.is_empty() || form == "*" {
                Ok(Vec::new())
            } else {
                api::form(&form).await.map(|form| form.fields)
            }
        },
    );
    let fields = Signal::derive(move || fields.get().unwrap_or_default());
    let title = Signal::derive(move || fill(m::RULE, &[("n", &(rule + 1).to_string())]));
    let verbs: [(&'static str, Message); 6] = [
        ("see", m::SEE),
        ("add", m::ADD),
        ("edit", m::CHANGE),
        ("delete", m::DELETE),
        ("export", m::EXPORT),
        ("print", m::PRINT),
    ];
    view! {
        <Card>
            <div class="flex items-center gap-2">
                <h3 class="grow text-sm font-semibold">{title}</h3>
                <IconButton label=t(m::REMOVE_RULE) icon=Icon::Trash size=Size::Small on_press=move |_| { document.update(|document| model::remove_rule(document, rule)); edited.cut.update(|cut| *cut += 1); }/>
            </div>
            <div class="mt-2 grid grid-cols-1 gap-3 sm:grid-cols-2">
                <label class="flex flex-col gap-1"><span class="text-xs font-medium text-muted">{t(m::FORM)}</span><Select label=t(m::FORM) choices=forms value=text("form") on_change=set("form")/></label>
                <label class="flex flex-col gap-1"><span class="text-xs font-medium text-muted">{t(m::ROWS)}</span><Select label=t(m::ROWS) choices=rows value=text("rows") on_change=set("rows")/></label>
            </div>
            <fieldset class="mt-3 flex flex-wrap gap-x-5">
                <legend class="mb-1 text-xs font-medium text-muted">{t(m::VERBS)}</legend>
                {verbs.map(|(verb, name)| view! {
                    <Checkbox label=t(name) checked=Signal::derive(move || document.with(|document| model::may(document, rule, verb))) on_change=move |on| document.update(|document| model::allow(document, rule, verb, on))/>
                }).collect_view()}
            </fieldset>
            <Fields edited=edited rule=rule fields=fields/>
            <Only document=document rule=rule fields=fields/>
        </Card>
    }
}

#[component]
fn Fields(edited: Edited, rule: usize, fields: Signal<Vec<FieldView>>) -> impl IntoView {
    let document = edited.document;
    let line = move |field: FieldView| {
        let (path, shown) = (field.path.clone(), field.path);
        let value = Signal::derive(move || {
            let shown = document.with(|document| model::shown(document, rule, &shown));
            match shown {
                Shown::Whole => "whole",
                Shown::ReadOnly => "read_only",
                Shown::Hidden => "hidden",
            }
            .to_owned()
        });
        let choices = Signal::derive(|| {
            [("whole", m::FIELD_SHOWN), ("read_only", m::FIELD_KEPT), ("hidden", m::FIELD_HIDDEN)]
                .map(|(word, name)| Choice::new(word, say(name)))
                .to_vec()
        });
        let change = move |word: String| {
            let what = match word.as_str() {
                "hidden" => Shown::Hidden,
                "read_only" => Shown::ReadOnly,
                _ => Shown::Whole,
            };
            document.update(|document| model::show(document, rule, &path, what));
        };
        let title = field.title.clone();
        view! {
            <li class="flex items-center gap-3 py-0.5">
                <span class="min-w-0 grow truncate">{field.title}</span>
                <span class="w-32 shrink-0"><Select label=title choices=choices value=value small=true on_change=change/></span>
            </li>
        }
    };
    view! {
        <Show when=move || fields.with(|fields| !fields.is_empty())>
            <details class="mt-3">
                <summary class="cursor-pointer text-xs font-medium text-muted">{t(m::FIELDS)}</summary>
                <ul class="mt-1">{move || fields.get().into_iter().map(line).collect_view()}</ul>
            </details>
        </Show>
    }
}

#[component]
fn AddRule(edited: Edited) -> impl IntoView {
    let first = move || {
        let forms = edited.around.forms.get_untracked().unwrap_or_default();
        forms.into_iter().next().map_or_else(|| "*".to_owned(), |form| form.key)
    };
    view! { <div><Button label=t(m::ADD_RULE) icon=Icon::Plus on_press=move |_| { let form = first(); edited.document.update(|document| model::add_rule(document, &form)); }/></div> }
}

#[component]
fn People(edited: Edited) -> impl IntoView {
    let Edited { document, holders, around, .. } = edited;
    let of_place = move || document.with(|document| !model::place(document).is_empty());
    view! {
        <fieldset>
            <legend class="mb-1 text-xs font-medium text-muted">{t(m::PEOPLE)}</legend>
            <Show when=of_place><p class="text-muted">{t(m::PEOPLE_OF_PLACE)}</p></Show>
            <div class="flex max-h-48 flex-wrap gap-x-5 overflow-y-auto">
                {move || around.members.get().unwrap_or_default().into_iter().map(|member| {
                    let id = member.id.clone();
                    let checked = { let id = id.clone(); Signal::derive(move || holders.with(|holders| holders.contains(&id))) };
                    let change = move |on: bool| holders.update(|holders| {
                        holders.retain(|one| *one != id);
                        if on { holders.push(id.clone()); }
                    });
                    view! { <Checkbox label=member.name checked=checked on_change=change/> }
                }).collect_view()}
            </div>
        </fieldset>
    }
}
