//! Importing an app file: what it would do, who takes the work of departments that are missing, which change holds.

use std::collections::BTreeMap;

use api_types::{ConflictView, DepartmentView, ImportMap, ImportReport, ImportRequest, Side};
use leptos::{prelude::*, task::spawn_local};
use serde_json::Value;
use web_ui::{
    Button, Card, Choice, FileDrop, Glyph, Icon, IconSize, LinkButton, Look, Notice, PageHead, Segmented,
    Select, Tone, Up,
};

use super::report::{Report, place, title_of};
use crate::{
    api, browser,
    editor::form::words::text_in,
    i18n::{apps as m, common, fill, hint, say, t},
    load::{Loaded, load},
    notify, settings,
    shell::page_title,
};

/// What was decided so far.
#[derive(Clone, Copy)]
struct Desk {
    document: RwSignal<Option<Value>>,
    departments: RwSignal<BTreeMap<String, String>>,
    resolve: RwSignal<BTreeMap<String, Side>>,
    report: RwSignal<Option<ImportReport>>,
    fault: RwSignal<Option<String>>,
    done: RwSignal<bool>,
    busy: RwSignal<bool>,
    turn: StoredValue<u32>,
}

impl Desk {
    fn new() -> Self {
        Self {
            document: RwSignal::new(None),
            departments: RwSignal::default(),
            resolve: RwSignal::default(),
            report: RwSignal::new(None),
            fault: RwSignal::new(None),
            done: RwSignal::new(false),
            busy: RwSignal::new(false),
            turn: StoredValue::new(0),
        }
    }

    /// Another file: nothing is decided about it yet.
    fn open(self, text: &str) {
        self.departments.set(BTreeMap::new());
        self.resolve.set(BTreeMap::new());
        self.report.set(None);
        self.done.set(false);
        match serde_json::from_str(text) {
            Ok(document) => {
                self.fault.set(None);
                self.document.set(Some(document));
                self.ask(true);
            }
            Err(_) => self.fault.set(Some(say(m::NOT_JSON).to_owned())),
        }
    }

    fn ask(self, dry_run: bool) {
        let Some(document) = self.document.get_untracked() else { return };
        let map = ImportMap { departments: self.departments.get_untracked(), ..ImportMap::default() };
        let wanted = ImportRequest { document, map, resolve: self.resolve.get_untracked() };
        let turn = self.turn.get_value().wrapping_add(1);
        self.turn.set_value(turn);
        self.busy.set(true);
        spawn_local(async move {
            let answer = api::import_app(&wanted, dry_run).await;
            // Somebody may have decided more meanwhile: only the newest answer counts.
            if self.turn.try_get_value() != Some(turn) {
                return;
            }
            match answer {
                Ok(report) => {
                    self.report.set(Some(report));
                    self.done.set(!dry_run);
                    self.fault.set(None);
                }
                Err(fault) if dry_run => self.fault.set(Some(fault.in_words())),
                Err(fault) => notify::fault(&fault),
            }
            self.busy.set(false);
        });
    }
}

/// `/s/apps/import`
#[component]
pub fn Import() -> impl IntoView {
    page_title(|| say(m::IMPORT_TITLE).to_owned());
    let desk = Desk::new();
    let own = load(|| (), |()| async { api::departments().await });
    view! {
        <div class="cx-page">
            <Up href="/s/apps" label=t(m::TITLE)/>
            <PageHead title=t(m::IMPORT_TITLE) about=hint(m::IMPORT_ABOUT)/>
            <div class="flex max-w-3xl flex-col gap-4">
                <Choose desk=desk/>
                <Show when=move || desk.fault.get().is_some()><Notice tone=Tone::Error>{move || desk.fault.get()}</Notice></Show>
                {move || desk.report.get().map(|report| if desk.done.get() {
                    let title = desk.document.with_untracked(|document| document.as_ref().map(|document| text_in(&document["title"], settings::language_code())));
                    view! { <Done app=title.filter(|title| !title.is_empty()).unwrap_or(report.app)/> }.into_any()
                } else {
                    view! { <Plan desk=desk report=report own=own/> }.into_any()
                })}
            </div>
        </div>
    }
}

#[component]
fn Choose(desk: Desk) -> impl IntoView {
    let take = move |file: web_sys::File| {
        spawn_local(async move { desk.open(&browser::text_of(&file).await) });
    };
    let words = Signal::derive(move || {
        say(if desk.document.with(Option::is_some) { m::CHOOSE_OTHER } else { m::CHOOSE }).to_owned()
    });
    view! {
        <FileDrop accept=".json,application/json" on_file=take>
            <span class="text-muted"><Glyph icon=Icon::Upload size=IconSize::Large/></span>
            <span class="font-medium">{words}</span>
        </FileDrop>
    }
}

#[component]
fn Plan(desk: Desk, report: ImportReport, own: Loaded<Vec<DepartmentView>>) -> impl IntoView {
    let is_stopped = !report.problems.is_empty() || report.is_open();
    let missing: Vec<String> = report.missing.iter().filter(|name| !name.contains(':')).cloned().collect();
    // What was given to a department of the team's own is not missing any more; its choice stays to be seen.
    let mut asked: Vec<String> =
        desk.departments.with_untracked(|given| given.keys().cloned().collect::<Vec<_>>());
    asked.extend(missing);
    let conflicts = report.conflicts.clone();
    view! {
        <Card><div class="flex flex-col gap-5">
            <Report report=Signal::stored(report) document=Signal::derive(move || desk.document.get().unwrap_or_default())/>
            {(!asked.is_empty()).then(|| view! {
                <section>
                    <h3 class="text-sm">{t(m::DEPARTMENTS)}</h3>
                    <p class="mb-2 text-xs text-muted">{t(m::DEPARTMENTS_HINT)}</p>
                    <ul class="flex flex-col gap-2">{asked.into_iter().map(|key| view! { <Given desk=desk key=key own=own/> }).collect_view()}</ul>
                </section>
            })}
            {(!conflicts.is_empty()).then(|| view! {
                <section>
                    <h3 class="text-sm">{t(m::CONFLICTS)}</h3>
                    <p class="mb-2 text-xs text-muted">{t(m::CONFLICTS_HINT)}</p>
                    <ul class="flex flex-col gap-3">{conflicts.into_iter().map(|conflict| view! { <Conflict desk=desk conflict=conflict/> }).collect_view()}</ul>
                </section>
            })}
            <div class="flex justify-end"><Button label=t(m::IMPORT) look=Look::Primary busy=desk.busy disabled=Signal::stored(is_stopped) on_press=move |_| desk.ask(false)/></div>
        </div></Card>
    }
}

/// A department the team lacks: made, or its work given to another.
#[component]
fn Given(desk: Desk, key: String, own: Loaded<Vec<DepartmentView>>) -> impl IntoView {
    let key = StoredValue::new(key);
    let name = Signal::derive(move || {
        let title = |document: &Option<Value>| {
            key.with_value(|key| document.as_ref().map(|document| title_of(document, "departments", key)))
        };
        desk.document.with(title).unwrap_or_default()
    });
    let choices = Signal::derive(move || {
        let make = Choice::new("", fill(m::MAKE_IT, &[("name", &name.get())]));
        let there = own.get().unwrap_or_default().into_iter().map(|one| Choice::new(one.key, one.title));
        std::iter::once(make).chain(there).collect::<Vec<_>>()
    });
    let value = Signal::derive(move || {
        desk.departments.with(|given| given.get(&key.get_value()).cloned().unwrap_or_default())
    });
    let change = move |chosen: String| {
        desk.departments.update(|given| {
            if chosen.is_empty() {
                given.remove(&key.get_value());
            } else {
                given.insert(key.get_value(), chosen);
            }
        });
        desk.ask(true);
    };
    view! {
        <li class="flex flex-wrap items-center gap-2">
            <span class="w-32 shrink-0">{name}</span>
            <Glyph icon=Icon::ArrowRight/>
            <div class="min-w-48"><Select label=name choices=choices value=value on_change=change/></div>
        </li>
    }
}

#[component]
fn Conflict(desk: Desk, conflict: ConflictView) -> impl IntoView {
    let path = StoredValue::new(conflict.path.clone());
    let choices =
        Signal::derive(|| vec![Choice::new("mine", say(m::MINE)), Choice::new("theirs", say(m::THEIRS))]);
    let value = Signal::derive(move || {
        let side = desk.resolve.with(|resolve| resolve.get(&path.get_value()).copied());
        side.map_or("", |side| if side == Side::Mine { "mine" } else { "theirs" }).to_owned()
    });
    let change = move |chosen: String| {
        let side = if chosen == "mine" { Side::Mine } else { Side::Theirs };
        desk.resolve.update(|resolve| {
            resolve.insert(path.get_value(), side);
        });
        desk.ask(true);
    };
    let side = |name, value: Option<Value>| {
        view! { <div class="min-w-0"><p class="text-xs text-muted">{t(name)}</p><pre class="cx-scroll max-h-40 overflow-auto rounded-field bg-base-200 p-2 font-mono text-xs whitespace-pre-wrap">{shown(value)}</pre></div> }
    };
    view! {
        <li class="rounded-box border border-base-300 p-3">
            <p class="font-medium" title=conflict.path>{move || desk.document.with(|document| document.as_ref().map(|document| path.with_value(|path| place(document, path))))}</p>
            <div class="my-2 grid grid-cols-1 gap-2 sm:grid-cols-3">{side(m::WAS, conflict.base)} {side(m::MINE, conflict.mine)} {side(m::THEIRS, conflict.theirs)}</div>
            <Segmented label=t(m::CONFLICTS) choices=choices value=value on_change=change/>
        </li>
    }
}

fn shown(value: Option<Value>) -> String {
    match value {
        None => say(m::REMOVED).to_owned(),
        Some(Value::String(text)) => text,
        Some(other) => serde_json::to_string_pretty(&other).unwrap_or_default(),
    }
}

#[component]
fn Done(app: String) -> impl IntoView {
    view! {
        <Notice tone=Tone::Success>{move || fill(m::DONE, &[("app", &app)])}</Notice>
        <div class="flex gap-2">
            <LinkButton label=t(m::TO_APPS) href="/s/apps" look=Look::Primary/>
            <LinkButton label=t(common::OPEN) href="/s/forms"/>
        </div>
    }
}
