//! Publishing: what changes for customers, what stands against it, one button.

use leptos::{prelude::*, task::spawn_local};
use web_ui::{Button, Dialog, DialogActions, Icon, LinkButton, Look, Notice, Quoting, Tone};

use super::desk::{Desk, Saving};
use crate::{
    api,
    i18n::{common, designer as m, fill, say, t},
    notify,
};

/// More differences than this are counted.
const LISTED: usize = 12;

#[component]
pub fn PublishDialog(
    desk: Desk,
    open: RwSignal<bool>,
    name: Signal<String>,
    /// Against what is live.
    changes: Signal<Vec<String>>,
    /// Of the public page, when there is one.
    address: Signal<Option<String>>,
) -> impl IntoView {
    let busy = RwSignal::new(false);
    let done = RwSignal::new(None::<u32>);
    Effect::new(move || {
        if open.get() {
            done.set(None);
            desk.send();
        }
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
                }
                Err(fault) if fault.status == 409 => {
                    desk.meet();
                    open.set(false);
                }
                Err(fault) => {
                    if !fault.problems.is_empty() {
                        desk.problems.set(fault.problems.clone());
                    }
                    notify::fault(&fault);
                }
            }
            busy.set(false);
        });
    };
    let count = move || desk.problems.with(Vec::len);
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
                        <ul class="mt-3 list-disc pl-5 text-muted">{move || desk.problems.get().into_iter().take(6).map(|problem| view! { <li><Quoting text=problem.message/></li> }).collect_view()}</ul>
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
    move || {
        let Some(number) = desk.live.with(|live| live.as_ref().map(|(number, _)| *number)) else {
            let words = if address.get().is_some() { m::PUBLISH_FIRST } else { m::PUBLISH_NO_PAGE };
            return view! { <p>{say(words)}</p> }.into_any();
        };
        let changes = changes.get();
        if changes.is_empty() {
            return view! { <p>{say(m::PUBLISH_SAME)}</p> }.into_any();
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
