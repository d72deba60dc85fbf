//! Publishing: what changes for customers, what stands against it, one button.

use api_types::ProblemView;
use leptos::{prelude::*, task::spawn_local};
use web_ui::{Button, Dialog, DialogActions, Icon, LinkButton, Look, Notice, Quoting, Tone, quoted_parts};

use super::desk::{Desk, Saving};
use super::preview::language_name;
use crate::{
    api, browser,
    i18n::{common, designer as m, fill, say, t},
    notify,
};

/// More differences than this are counted.
const LISTED: usize = 12;

/// A text that is not written in one of the form's languages.
const UNTRANSLATED: &str = "form.text_untranslated";

/// What a problem says, in the studio's own words where it has some.
pub fn told(problem: &ProblemView) -> String {
    let quoted = quoted_parts(&problem.message).into_iter().filter_map(|(code, part)| code.then_some(part));
    match (problem.code.as_str(), quoted.collect::<Vec<_>>().as_slice()) {
        ("form.slug_taken", [slug, ..]) => fill(m::SLUG_TAKEN, &[("slug", slug)]),
        (UNTRANSLATED, [title, .., tag]) => fill(
            m::UNTRANSLATED,
            &[("title", title.trim_start_matches('/')), ("language", &language_name(tag))],
        ),
        (_, _) => problem.message.clone(),
    }
}

#[component]
pub fn PublishDialog(
    desk: Desk,
    open: RwSignal<bool>,
    name: Signal<String>,
    /// Against what is live.
    changes: Signal<Vec<String>>,
    /// Of the public page, when there is one.
    address: Signal<Option<String>>,
    /// What a problem is about is brought into view.
    locate: Callback<ProblemView>,
) -> impl IntoView {
    let busy = RwSignal::new(false);
    let done = RwSignal::new(None::<u32>);
    Effect::new(move |before: Option<bool>| {
        let now = open.get();
        if now {
            done.set(None);
            desk.send();
        } else if before == Some(true) {
            // The browser gives the focus back, unless what had it is gone.
            browser::after_frame(|| {
                if browser::has_lost_focus() {
                    browser::focus_on(".cx-designer-top .btn-primary");
                }
            });
        }
        now
    });
    let publish = move |_| {
        let (id, rev) = (desk.id.get_value(), desk.rev.get_untracked());
        busy.set(true);
        spawn_local(async move {
            match api::publish(&id, rev).await {
                Ok(version) => {
                    notify::info(fill(m::PUBLISHED, &[("n", &version.number.to_string())]));
                    // Publishing counts as a save.
                    if let Ok(view) = api::definition(&id).await {
                        desk.rev.set(view.rev);
                    }
                    desk.learn(Some(version.number));
                    done.set(Some(version.number));
                    browser::after_frame(|| {
                        browser::focus_on("dialog[open] .btn-primary");
                    });
                }
                Err(fault) if fault.status == 409 => {
                    desk.meet();
                    open.set(false);
                }
                Err(fault) => {
                    if fault.problems.is_empty() {
                        notify::fault(&fault);
                    } else {
                        // The dialog lists them, and what they are about is marked.
                        desk.problems.set(fault.problems);
                    }
                }
            }
            busy.set(false);
        });
    };
    let count = move || desk.problems.with(Vec::len);
    let untranslated = move || {
        let warnings = desk.warnings.get().into_iter();
        warnings.filter(|warning| warning.code == UNTRANSLATED).collect::<Vec<_>>()
    };
    let jump = move |problem: ProblemView| {
        open.set(false);
        locate.run(problem);
    };
    let list = move |problems: Vec<ProblemView>| {
        let more = problems.len().saturating_sub(LISTED);
        let line = move |problem: ProblemView| {
            let words = told(&problem);
            view! { <li><button type="button" class="cx-line w-full cursor-pointer rounded-field px-2 py-1 text-left" on:click=move |_| jump(problem.clone())><Quoting text=words/></button></li> }
        };
        view! {
            <ul class="mt-2">{problems.into_iter().take(LISTED).map(line).collect_view()}</ul>
            {(more > 0).then(|| view! { <p class="px-2 text-muted">{fill(m::MORE_PROBLEMS, &[("n", &more.to_string())])}</p> })}
        }
    };
    let same = move || desk.live.with(Option::is_some) && changes.with(Vec::is_empty);
    let blocked = Signal::derive(move || count() > 0 || desk.saving.get() != Saving::Saved || same());
    view! {
        <Dialog open=open title=Signal::derive(move || fill(m::PUBLISH_TITLE, &[("name", &name.get())])) close=t(common::CLOSE)>
            {move || match done.get() {
                Some(number) => view! {
                    <Notice tone=Tone::Success>{fill(m::PUBLISHED, &[("n", &number.to_string())])}</Notice>
                    <DialogActions>
                        <Button label=t(common::CLOSE) on_press=move |_| open.set(false)/>
                        {move || address.get().map(|address| view! { <LinkButton label=t(m::SHARE_NOW) icon=Icon::External href=address outside=true/> })}
                        <LinkButton label=t(m::SHARE) icon=Icon::Share look=Look::Primary href=Signal::derive(move || share_address(desk)) load=true/>
                    </DialogActions>
                }.into_any(),
                None => view! {
                    <Changes desk=desk changes=changes address=address/>
                    <Show when=move || { count() > 0 }>
                        <div class="mt-4"><Notice tone=Tone::Error>{move || fill(m::PUBLISH_BLOCKED, &[("n", &count().to_string())])}</Notice></div>
                        {move || list(desk.problems.get())}
                    </Show>
                    <Show when=move || !untranslated().is_empty()>
                        <div class="mt-4"><Notice tone=Tone::Warning>{t(m::UNTRANSLATED_ABOUT)}</Notice></div>
                        {move || list(untranslated())}
                    </Show>
                    <DialogActions>
                        <Button label=t(common::CANCEL) on_press=move |_| open.set(false)/>
                        <Button label=t(m::PUBLISH) look=Look::Primary busy=busy disabled=blocked on_press=publish/>
                    </DialogActions>
                }.into_any(),
            }}
        </Dialog>
    }
}

/// Where the form is sent out from.
fn share_address(desk: Desk) -> String {
    let key =
        desk.document.with(|document| document.get("key").and_then(|key| key.as_str()).map(str::to_owned));
    format!("/s/forms/{}/share", key.unwrap_or_default())
}

#[component]
fn Changes(desk: Desk, changes: Signal<Vec<String>>, address: Signal<Option<String>>) -> impl IntoView {
    // Nothing is said about a draft that the server does not have.
    let away = Memo::new(move |_| desk.saving.get() == Saving::Offline);
    move || {
        if away.get() {
            return view! { <Notice tone=Tone::Warning>{t(m::PUBLISH_OFFLINE)}</Notice> }.into_any();
        }
        let Some(number) = desk.live.with(|live| live.as_ref().map(|(number, _)| *number)) else {
            let words = if address.get().is_some() { m::PUBLISH_FIRST } else { m::PUBLISH_NO_PAGE };
            return view! { <p>{say(words)}</p> }.into_any();
        };
        let changes = changes.get();
        if changes.is_empty() {
            let words = if desk.saving.get() == Saving::Saved { m::PUBLISH_SAME } else { m::SAVING };
            return view! { <p>{say(words)}</p> }.into_any();
        }
        let more = changes.len().saturating_sub(LISTED);
        view! {
            <p>{fill(m::PUBLISH_CHANGES, &[("n", &number.to_string())])}</p>
            <ul class="my-3 list-disc pl-5">
                {changes.into_iter().take(LISTED).map(|change| view! { <li>{change}</li> }).collect_view()}
                {(more > 0).then(|| view! { <li class="text-muted">{fill(m::MORE_CHANGES, &[("n", &more.to_string())])}</li> })}
            </ul>
            <Renames desk=desk/>
            <p class="text-muted">{say(m::PUBLISH_KEPT)}</p>
        }
        .into_any()
    }
}

/// Fields that are called differently from now on, and what follows.
#[component]
fn Renames(desk: Desk) -> impl IntoView {
    let renamed = desk.document.with_untracked(|document| {
        desk.live.with_untracked(|live| {
            let known = live.as_ref().map_or(0, |(_, live)| form_engine::renamings(live).len());
            form_engine::renamings(document).into_iter().skip(known).collect::<Vec<_>>()
        })
    });
    let follow = RwSignal::new(0_usize);
    let asked: Vec<String> = renamed.iter().map(|renaming| renaming.from.clone()).collect();
    if !asked.is_empty() {
        spawn_local(async move {
            let Some(id) = desk.id.try_get_value() else { return };
            let mut found = std::collections::BTreeSet::new();
            for field in asked {
                for one in api::uses(&id, &field).await.unwrap_or_default() {
                    if Some(&one.key) != desk.key.try_get_value().as_ref() {
                        found.insert(format!("{:?} {}", one.kind, one.key));
                    }
                }
            }
            follow.try_set(found.len());
        });
    }
    (!renamed.is_empty()).then(|| view! {
        <p>{move || fill(m::PUBLISH_RENAMES, &[("n", &follow.get().to_string())])}</p>
        <ul class="my-3 list-disc pl-5">
            {renamed.into_iter().map(|renaming| view! { <li><code class="font-mono text-xs">{fill(m::PUBLISH_RENAMED, &[("from", &renaming.from), ("to", &renaming.to)])}</code></li> }).collect_view()}
        </ul>
    })
}
