//! The first steps: what do you want first, and a list that fills itself.

use api_types::{AppSamples, StartView};
use leptos::{prelude::*, task::spawn_local};
use web_ui::{Button, Card, Glyph, Icon, Look, PageHead, Size, SkeletonLines};

use crate::{
    api,
    i18n::{Message, apps as m, fill, hint, say, t},
    live,
    load::{Loaded, load},
    notify,
    pages::apps::{gallery::Shelf, samples},
    shell::page_title,
};

/// Each step, its words, and where it is done.
const STEPS: [(&str, Message, &str); 5] = [
    ("form", m::STEP_FORM, "/s/forms"),
    ("answer", m::STEP_ANSWER, "/s/forms"),
    ("ticket", m::STEP_TICKET, "/s/inbox"),
    ("colleague", m::STEP_COLLEAGUE, "/s/settings/members"),
    ("board", m::STEP_BOARD, "/s/dash"),
];

/// `/s/start`
#[component]
pub fn Start() -> impl IntoView {
    page_title(|| say(m::START).to_owned());
    let start = load(|| (), |()| async { api::start().await });
    follow_steps(start);
    view! {
        <div class="cx-page">
            <PageHead title=t(m::START) about=hint(m::START_ABOUT)/>
            <div class="grid grid-cols-1 items-start gap-4 lg:grid-cols-[1fr_18rem]">
                <div class="min-w-0"><Shelf/></div>
                {start.view(
                    || view! { <SkeletonLines lines=5/> },
                    move |view| view! { <Steps view=view start=start/> },
                )}
            </div>
        </div>
    }
}

/// What happens ticks steps off.
pub fn follow_steps(start: Loaded<StartView>) {
    live::follow(start, |change| {
        matches!(change.entity.as_str(), "submission" | "definition" | "member" | "task")
    });
}

#[component]
fn Steps(#[prop(into)] view: Signal<StartView>, start: Loaded<StartView>) -> impl IntoView {
    let done = Memo::new(move |_| {
        view.with(|view| {
            view.steps.iter().filter(|step| step.done).map(|step| step.key.clone()).collect::<Vec<_>>()
        })
    });
    let dismissed = Memo::new(move |_| view.with(|view| view.dismissed));
    let change = move |dismissed: bool| {
        spawn_local(async move {
            match api::dismiss_start(dismissed).await {
                Ok(view) => start.set(view),
                Err(fault) => notify::fault(&fault),
            }
        });
    };
    let count = move || {
        fill(m::STEPS_N, &[("n", &done.with(Vec::len).to_string()), ("all", &STEPS.len().to_string())])
    };
    view! {
        <aside class="flex flex-col gap-3 max-lg:order-first">
            <Show when=move || !dismissed.get() fallback=move || view! { <Button label=t(m::RECALL) size=Size::Small look=Look::Quiet on_press=move |_| change(false)/> }>
                <Card>
                    <header class="mb-2 flex items-center justify-between"><h2 class="text-sm">{t(m::STEPS)}</h2><span class="tabular text-xs text-muted">{count}</span></header>
                    <ul class="flex flex-col gap-1">
                        {STEPS.into_iter().map(|(key, name, href)| {
                            let is_done = Memo::new(move |_| done.with(|done| done.iter().any(|one| one == key)));
                            view! {
                                <li><a class="cx-line flex items-center gap-2 px-1 py-1.5" href=href>
                                    <span class:text-success=is_done class:text-muted=move || !is_done.get()><Glyph icon=Signal::derive(move || if is_done.get() { Icon::CircleCheck } else { Icon::Circle })/></span>
                                    <span class:text-muted=is_done>{t(name)}</span>
                                    <span class="sr-only">{move || say(if is_done.get() { m::STEP_DONE } else { m::STEP_OPEN })}</span>
                                </a></li>
                            }
                        }).collect_view()}
                    </ul>
                    <div class="mt-2"><Button label=t(m::DISMISS) size=Size::Small look=Look::Quiet on_press=move |_| change(true)/></div>
                </Card>
            </Show>
            <For each=move || view.with(|view| view.samples.clone()) key=AppSamples::clone let:one>
                <Card>
                    <p class="mb-2">{ let one = one.clone(); move || fill(m::SAMPLES_THERE, &[("app", &one.title), ("n", &one.samples.to_string())]) }</p>
                    <Button label=t(m::SAMPLES_REMOVE) icon=Icon::Trash size=Size::Small on_press=move |_| samples(one.app.clone(), false, Some(start))/>
                </Card>
            </For>
        </aside>
    }
}
