//! Versions of a definition: who published what and when, what differs between any two, and back to an older one.

use api_types::VersionView;
use leptos::{ev, prelude::*, task::spawn_local};
use serde_json::Value;
use web_ui::{Badge, Button, Choice, Dialog, DialogActions, Field, Icon, Look, Notice, Select, Size, Tone};

use super::{
    desk::{Desk, Saving},
    shell::Stage,
};
use crate::{
    api, browser, format,
    i18n::{common, designer as m, fill, say, t},
    notify,
};

/// The word for the draft in the choices of what is compared.
const DRAFT: &str = "draft";

/// The list, and the comparison below it.
#[component]
pub fn Versions(
    desk: Desk,
    stage: Stage,
    /// From one document to another, in plain words.
    differences: Callback<(Value, Value), Vec<String>>,
) -> impl IntoView {
    let versions = RwSignal::new(None::<Vec<VersionView>>);
    // What could not be had while the server was away is asked for again.
    let again = RwSignal::new(0_u32);
    let online = window_event_listener(ev::online, move |_| again.update(|times| *times += 1));
    on_cleanup(move || online.remove());
    let away = Memo::new(move |_| desk.saving.get() == Saving::Offline);
    // Asked again whenever another version is in force.
    Effect::new(move || {
        desk.live.track();
        again.track();
        if away.get() {
            return;
        }
        let id = desk.id.get_value();
        spawn_local(async move {
            match api::versions(&id).await {
                Ok(found) => drop(versions.try_set(Some(found))),
                Err(fault) => notify::fault(&fault),
            }
        });
    });
    let (from, to) = (RwSignal::new(String::new()), RwSignal::new(DRAFT.to_owned()));
    Effect::new(move || {
        let newest = versions
            .with(|versions| versions.as_ref().and_then(|found| found.first()).map(|newest| newest.number));
        if let Some(newest) = newest
            && from.with_untracked(String::is_empty)
        {
            from.set(newest.to_string());
        }
    });
    let choices = Signal::derive(move || {
        let mut choices = vec![Choice::new(DRAFT, say(m::STATE_DRAFT))];
        versions.with(|versions| {
            choices.extend(
                versions
                    .iter()
                    .flatten()
                    .map(|version| Choice::new(version.number.to_string(), format!("v{}", version.number))),
            );
        });
        choices
    });
    let said = RwSignal::new(None::<Vec<String>>);
    Effect::new(move || {
        let (from, to) = (from.get(), to.get());
        // The draft is compared as it is now.
        if from == DRAFT || to == DRAFT {
            desk.document.track();
        }
        again.track();
        // What differs is not known now, and not what it was.
        if away.get() {
            said.set(None);
            return;
        }
        if from.is_empty() {
            return;
        }
        spawn_local(async move {
            if let (Some(old), Some(new)) = (document_of(desk, &from).await, document_of(desk, &to).await) {
                said.try_set(Some(differences.run((old, new))));
            }
        });
    });
    let asked = RwSignal::new(None::<(u32, Value)>);
    let back = move |number: u32| {
        spawn_local(async move {
            if let Some(mut document) = document_of(desk, &number.to_string()).await {
                // Fields were renamed since: the old version in today's names.
                desk.live.with_untracked(|live| {
                    if let Some((_, live)) = live {
                        let then = form_engine::renamings(&document).len();
                        for renaming in form_engine::renamings(live).into_iter().skip(then) {
                            renaming.form(&mut document);
                        }
                        if let Some(told) = live.get("renamed") {
                            document["renamed"] = told.clone();
                        }
                    }
                });
                asked.try_set(Some((number, document)));
            }
        });
    };
    view! {
        <RollBack desk=desk stage=stage asked=asked differences=differences/>
        {move || match versions.get() {
            None => ().into_any(),
            Some(found) if found.is_empty() => view! { <p class="py-4 text-center text-muted">{say(m::NO_VERSIONS)}</p> }.into_any(),
            Some(found) => view! {
                <ol class="grid gap-2">
                    {found.into_iter().map(|version| {
                        let number = version.number;
                        view! {
                            <li class="cx-rule">
                                <div class="flex items-center gap-2"><b>{format!("v{number}")}</b>{version.live.then(|| view! { <Badge label=t(m::VERSION_LIVE) tone=Signal::stored(Tone::Success)/> })}<span class="grow"></span><span class="text-xs text-muted">{when(&version.published_at)}</span></div>
                                <p class="text-xs text-muted">{version.published_by.clone().unwrap_or_else(|| say(m::BY_SYSTEM).to_owned())}</p>
                                <div class="flex flex-wrap gap-1">
                                    <Button label=t(m::COMPARE) look=Look::Quiet size=Size::Small on_press=move |_| { from.set(number.to_string()); to.set(DRAFT.to_owned()); }/>
                                    {(!version.live).then(|| view! { <Button label=t(m::ROLL_BACK) icon=Icon::History look=Look::Quiet size=Size::Small on_press=move |_| back(number)/> })}
                                </div>
                            </li>
                        }
                    }).collect_view()}
                </ol>
                <section class="cx-props cx-props-line">
                    <h3 class="text-xs font-medium text-muted">{t(m::DIFFERENCES)}</h3>
                    <div class="grid grid-cols-2 gap-2">
                        <Field id="versions-from" label=t(m::FROM)><Select id="versions-from" small=true label=t(m::FROM) choices=choices value=from on_change=move |word| from.set(word)/></Field>
                        <Field id="versions-to" label=t(m::TO)><Select id="versions-to" small=true label=t(m::TO) choices=choices value=to on_change=move |word| to.set(word)/></Field>
                    </div>
                    {move || said.get().map(|said| if said.is_empty() {
                        view! { <p class="text-muted">{say(m::NO_DIFFERENCES)}</p> }.into_any()
                    } else {
                        view! { <ul class="list-disc pl-5">{said.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul> }.into_any()
                    })}
                </section>
            }.into_any(),
        }}
    }
}

/// What going back would do, before it is done.
#[component]
fn RollBack(
    desk: Desk,
    stage: Stage,
    asked: RwSignal<Option<(u32, Value)>>,
    differences: Callback<(Value, Value), Vec<String>>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    Effect::new(move || {
        if asked.with(Option::is_some) {
            open.set(true);
        }
    });
    let number = move || asked.with(|asked| asked.as_ref().map_or(0, |(number, _)| *number)).to_string();
    let title = Signal::derive(move || fill(m::ROLL_BACK_TITLE, &[("n", &number())]));
    // In the draft and not in force: nowhere else.
    let lost = move || {
        let live = desk.live.get_untracked().map(|(_, live)| live);
        live.map(|live| differences.run((live, desk.document.get_untracked()))).unwrap_or_default()
    };
    let put = move |_| {
        if let Some((number, document)) = asked.get_untracked() {
            desk.change(document, None);
            desk.said.set(fill(m::ROLLED_BACK, &[("n", &number.to_string())]));
            open.set(false);
            // What changes for customers is shown before anything is published.
            stage.publishing.set(true);
        }
    };
    view! {
        <Dialog open=open title=title close=t(common::CLOSE)>
            <p>{move || fill(m::ROLL_BACK_ABOUT, &[("n", &number())])}</p>
            {move || {
                let lost = lost();
                let count = fill(m::ROLL_BACK_LOSES, &[("n", &lost.len().to_string())]);
                (!lost.is_empty()).then(|| view! {
                    <div class="mt-4"><Notice tone=Tone::Warning>{count}</Notice></div>
                    <ul class="cx-scroll mt-2 max-h-48 list-disc pl-5 text-muted">{lost.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul>
                })
            }}
            <DialogActions>
                <Button label=t(common::CANCEL) on_press=move |_| open.set(false)/>
                <Button label=title look=Look::Primary on_press=put/>
            </DialogActions>
        </Dialog>
    }
}

/// The draft, or what was published as a number.
async fn document_of(desk: Desk, word: &str) -> Option<Value> {
    let Ok(number) = word.parse::<u32>() else { return desk.document.try_get_untracked() };
    match api::version(&desk.id.try_get_value()?, number).await {
        Ok(version) => serde_json::from_str(&version.document).ok(),
        Err(fault) => {
            notify::fault(&fault);
            None
        }
    }
}

/// An instant of the server's, where the reader is.
pub fn when(at: &str) -> String {
    format::parse_ms(at)
        .map_or_else(|| at.to_owned(), |ms| format::Moment::at(ms, browser::offset_minutes(ms)).full())
}
