//! A new form: blank, or one of the ready ones the server keeps; made as a draft, and straight into the designer.

use api_types::FormStarter;
use leptos::{prelude::*, task::spawn_local};
use web_ui::{Button, Choice, Empty, Field, Glyph, Icon, Look, Select};

use crate::{
    api, browser,
    editor::form::{
        starters::{begin, blank, free_key, questions, title},
        words::text_in,
    },
    i18n::{common, designer as m, fill, say, shell, t},
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

#[component]
fn Choose(ready: Signal<Vec<FormStarter>>, apps: Signal<Vec<Choice>>) -> impl IntoView {
    // None is the blank form.
    let chosen = RwSignal::new(None::<String>);
    let app = RwSignal::new(
        apps.with_untracked(|apps| apps.first().map(|app| app.value.clone()).unwrap_or_default()),
    );
    let busy = RwSignal::new(false);
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
            let word = chosen.get_untracked();
            let key = free_key(word.as_deref().unwrap_or("form"), &taken);
            let form = ready.with_untracked(|ready| {
                let starter = ready.iter().find(|starter| Some(&starter.word) == word.as_ref());
                starter.map_or_else(|| blank(&key, language), |starter| begin(&starter.form, &key, language))
            });
            match api::create_definition(app, form).await {
                Ok(_) => {
                    drop(window().location().set_href(&format!("/s/forms/{}/build", browser::encode(&key))))
                }
                Err(fault) => notify::fault(&fault),
            }
            busy.set(false);
        });
    };
    let card = move |word: Option<String>, title: Signal<String>, about: Signal<String>, count: usize| {
        let own = word.clone();
        view! {
            <label class="cx-card cx-starter">
                <input type="radio" name="starter" class="radio radio-sm" prop:checked=move || chosen.with(|chosen| *chosen == own) on:change=move |_| chosen.set(word.clone())/>
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
            {card(None, t(m::BLANK), t(m::BLANK_ABOUT), 0)}
            {ready.get_untracked().into_iter().map(|starter| {
                let (form, about) = (starter.form.clone(), starter.about.clone());
                let count = questions(&form);
                card(
                    Some(starter.word),
                    Signal::derive(move || title(&form, settings::language())),
                    Signal::derive(move || text_in(&about, settings::language_code())),
                    count,
                )
            }).collect_view()}
        </div>
        <div class="mt-5 flex flex-wrap items-end gap-3">
            <div class="w-full max-w-64">
                <Field id="new-app" label=t(m::NEW_APP)><Select id="new-app" label=t(m::NEW_APP) choices=apps value=app on_change=move |chosen| app.set(chosen)/></Field>
            </div>
            <Button label=t(m::NEW_CREATE) look=Look::Primary busy=busy on_press=create/>
        </div>
    }
}
