//! A new form: blank, one of the ready ones the server keeps, or brought from another tool; made as a draft, and straight into the designer.

use api_types::{ConvertForm, FormStarter, ProblemView};
use leptos::{prelude::*, task::spawn_local};
use serde_json::Value;
use web_ui::{Button, Choice, Empty, Field, FileDrop, Glyph, Icon, Look, Notice, Select, TextArea, Tone};

use crate::{
    api, browser,
    editor::form::{
        starters::{begin, blank, free_key, questions, title},
        words::text_in,
    },
    i18n::{common, designer as m, fill, hint, say, shell, t},
    load::load,
    notify, settings,
};

/// `/s/forms/new`
#[component]
pub fn NewForm() -> impl IntoView {
    Effect::new(move || browser::set_title(&format!("{} · {}", say(m::NEW_FORM), say(shell::PRODUCT))));
    let apps = load(|| (), |()| async { api::apps().await });
    let ready = load(|| (), |()| async { api::form_starters().await });
    view! {
        <div class="min-h-dvh bg-base-200"><main class="cx-page">
            <header class="mb-5 flex flex-wrap items-start gap-3">
                <div class="min-w-0 grow"><h1 class="text-xl">{t(m::NEW_FORM)}</h1><p class="mt-0.5 text-muted">{t(m::NEW_ABOUT)}</p></div>
                <a class="btn btn-ghost" href="/s/forms"><Glyph icon=Icon::ArrowLeft/><span>{t(common::BACK)}</span></a>
            </header>
            {apps.view(|| (), move |apps| view! {
                <Show when=move || !apps.with(Vec::is_empty) fallback=|| view! { <Empty icon=Icon::Form title=t(m::NEW_NO_APP)/> }>
                    {ready.view(|| (), move |ready| view! {
                        <Choose ready=ready apps=Signal::derive(move || apps.get().into_iter().map(|app| Choice::new(app.key, app.title)).collect())/>
                    })}
                </Show>
            })}
        </main></div>
    }
}

/// What a new form begins with.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Origin {
    Blank,
    /// A ready form, by its word.
    Ready(String),
    /// A form of another tool.
    Brought,
}

/// A form of another tool, on its way.
#[derive(Clone, Copy)]
struct Brought {
    text: RwSignal<String>,
    problems: RwSignal<Vec<ProblemView>>,
    /// What would be lost; it is shown before the form is made, and the text it is about.
    notes: RwSignal<Option<(String, Vec<ProblemView>)>>,
}

impl Brought {
    fn new() -> Self {
        Self { text: RwSignal::default(), problems: RwSignal::default(), notes: RwSignal::default() }
    }

    /// The definition; `None` while there is something to read first.
    async fn form(self, key: String) -> Option<Value> {
        let text = self.text.get_untracked();
        let is_read =
            self.notes.with_untracked(|notes| notes.as_ref().is_some_and(|(about, _)| *about == text));
        self.problems.set(Vec::new());
        match api::convert_form(&ConvertForm { key, text: text.clone() }).await {
            Ok(converted) if is_read || converted.notes.is_empty() => Some(converted.form),
            Ok(converted) => {
                self.notes.set(Some((text, converted.notes)));
                None
            }
            Err(fault) => {
                self.notes.set(None);
                if fault.problems.is_empty() {
                    notify::fault(&fault);
                }
                self.problems.set(fault.problems);
                None
            }
        }
    }
}

#[component]
fn Choose(ready: Signal<Vec<FormStarter>>, apps: Signal<Vec<Choice>>) -> impl IntoView {
    let chosen = RwSignal::new(Origin::Blank);
    let app = RwSignal::new(
        apps.with_untracked(|apps| apps.first().map(|app| app.value.clone()).unwrap_or_default()),
    );
    let (busy, brought) = (RwSignal::new(false), Brought::new());
    let create = move |_| {
        busy.set(true);
        spawn_local(async move {
            let (language, app) = (settings::language(), app.get_untracked());
            let taken = api::definitions(None)
                .await
                .unwrap_or_default()
                .into_iter()
                .map(|one| one.key)
                .collect::<Vec<_>>();
            let origin = chosen.get_untracked();
            let key = free_key(if let Origin::Ready(word) = &origin { word } else { "form" }, &taken);
            let form = match origin {
                Origin::Blank => Some(blank(&key, language)),
                Origin::Ready(word) => ready.with_untracked(|ready| {
                    let starter = ready.iter().find(|starter| starter.word == word)?;
                    Some(begin(&starter.form, &key, language))
                }),
                Origin::Brought => brought.form(key.clone()).await,
            };
            if let Some(form) = form {
                match api::create_definition(app, form).await {
                    Ok(_) => {
                        let place = format!("/s/forms/{}/build", browser::encode(&key));
                        drop(window().location().set_href(&place));
                    }
                    Err(fault) => notify::fault(&fault),
                }
            }
            busy.set(false);
        });
    };
    let card = move |origin: Origin, title: Signal<String>, about: Signal<String>, count: usize| {
        let own = origin.clone();
        view! {
            <label class="cx-card cx-starter">
                <input type="radio" name="starter" class="radio radio-sm" prop:checked=move || chosen.with(|chosen| *chosen == own) on:change=move |_| chosen.set(origin.clone())/>
                <span class="min-w-0">
                    <span class="block font-medium">{title}</span>
                    <span class="block text-muted">{about}</span>
                    {(count > 0).then(|| view! { <span class="mt-1 block text-xs text-muted">{move || fill(m::QUESTIONS_N, &[("n", &count.to_string())])}</span> })}
                </span>
            </label>
        }
    };
    view! {
        <div role="radiogroup" aria-label=t(m::NEW_FORM) class="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
            {card(Origin::Blank, t(m::BLANK), t(m::BLANK_ABOUT), 0)}
            {ready.get_untracked().into_iter().map(|starter| {
                let (form, about) = (starter.form.clone(), starter.about.clone());
                let count = questions(&form);
                card(
                    Origin::Ready(starter.word),
                    Signal::derive(move || title(&form, settings::language())),
                    Signal::derive(move || text_in(&about, settings::language_code())),
                    count,
                )
            }).collect_view()}
            // The last, so that what it asks for stands right below it.
            {card(Origin::Brought, t(m::BROUGHT), t(m::BROUGHT_ABOUT), 0)}
        </div>
        <Show when=move || chosen.with(|chosen| *chosen == Origin::Brought)><Bring brought=brought/></Show>
        <div class="sticky bottom-0 z-10 mt-5 flex flex-wrap items-end gap-3 border-t border-base-300 bg-base-200 py-3">
            <div class="w-full max-w-64">
                <Field id="new-app" label=t(m::NEW_APP)><Select id="new-app" label=t(m::NEW_APP) choices=apps value=app on_change=move |chosen| app.set(chosen)/></Field>
            </div>
            <Button label=t(m::NEW_CREATE) look=Look::Primary busy=busy on_press=create/>
        </div>
    }
}

#[component]
fn Bring(brought: Brought) -> impl IntoView {
    let take = move |file: web_sys::File| {
        spawn_local(async move { brought.text.set(browser::text_of(&file).await) });
    };
    let list = |problems: Vec<ProblemView>| {
        let line = |problem: ProblemView| view! { <li><code class="mr-2 font-mono text-xs break-all">{problem.path}</code>{problem.message}</li> };
        view! { <ul class="mt-1 flex max-h-60 flex-col gap-1 overflow-y-auto">{problems.into_iter().map(line).collect_view()}</ul> }
    };
    view! {
        <section class="mt-5 flex flex-col gap-3" aria-label=t(m::BROUGHT)>
            <FileDrop accept=".json,application/json" on_file=take>
                <span class="text-muted"><Glyph icon=Icon::Upload/></span><span class="font-medium">{t(m::BROUGHT_FILE)}</span>
            </FileDrop>
            <TextArea id="new-brought" label=t(m::BROUGHT_TEXT) hint=hint(m::BROUGHT_HINT) rows=8 value=brought.text/>
            {move || (!brought.problems.with(Vec::is_empty)).then(|| view! {
                <Notice tone=Tone::Error><p class="font-medium">{t(m::BROUGHT_WRONG)}</p>{list(brought.problems.get())}</Notice>
            })}
            {move || brought.notes.get().map(|(_, notes)| view! {
                <Notice tone=Tone::Warning><p class="font-medium">{fill(m::BROUGHT_NOTES, &[("n", &notes.len().to_string())])}</p>{list(notes)}</Notice>
            })}
        </section>
    }
}
