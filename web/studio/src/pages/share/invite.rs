//! Invitations: whom the form was sent to and how far they are, more people, a word to the silent.

mod compose;

use api_types::{InvitationList, RecipientView};
use leptos::{prelude::*, task::spawn_local};
use web_ui::{
    Badge, Button, Card, Dialog, Empty, Glyph, Icon, IconButton, Look, Notice, SkeletonLines, Stance, Table,
    Tone,
};

use super::Desk;
use crate::{
    api,
    i18n::{Message, common, fill, hint, say, share as m, t},
    live,
    load::{Loaded, load},
    notify,
    shell::Ago,
};

/// Lines the page shows; the file has all.
const SHOWN: usize = 200;

#[component]
pub fn Invite(desk: Desk) -> impl IntoView {
    let list = load(move || desk.key.get(), |key| async move { api::recipients(&key).await });
    live::follow(list, |change| change.entity == "submission");
    let open = RwSignal::new(false);
    view! {
        {list.view(
            || view! { <div class="cx-card"><SkeletonLines lines=5/></div> },
            move |people| view! {
                <Counts people=people/>
                <Show when=move || !people.with(|people| people.delivers)>
                    <div class="mb-4"><Notice tone=Tone::Warning>{t(m::NOT_DELIVERING)}</Notice></div>
                </Show>
                <Heads desk=desk list=list people=people open=open/>
                <Card flush=true>
                    <Show when=move || people.with(|people| people.invited > 0) fallback=|| view! { <Empty icon=Icon::Mail title=t(m::NO_PEOPLE) hint=hint(m::NO_PEOPLE_HINT)/> }>
                        <People people=people/>
                    </Show>
                </Card>
            },
        )}
        <Dialog open=open title=t(m::INVITE) close=t(common::CLOSE) stance=Stance::Sheet>
            <compose::Compose desk=desk list=list open=open/>
        </Dialog>
    }
}

#[component]
fn Counts(people: Signal<InvitationList>) -> impl IntoView {
    let figure = |name: Message, pick: fn(&InvitationList) -> u32| {
        view! {
            <div class="cx-card p-4">
                <p class="text-xs text-muted">{t(name)}</p>
                <p class="tabular mt-1 text-2xl font-semibold">{move || people.with(pick)}</p>
            </div>
        }
    };
    view! {
        <div class="grid grid-cols-2 gap-3 lg:grid-cols-4">
            {figure(m::INVITED, |people| people.invited)}
            {figure(m::MAILED, |people| people.mailed)}
            {figure(m::OPENED, |people| people.opened)}
            {figure(m::ANSWERED, |people| people.answered)}
        </div>
        <p class="mb-4 mt-2 text-xs text-muted">{t(m::OPENED_HINT)}</p>
    }
}

#[component]
fn Heads(
    desk: Desk,
    list: Loaded<InvitationList>,
    people: Signal<InvitationList>,
    open: RwSignal<bool>,
) -> impl IntoView {
    let busy = RwSignal::new(false);
    let remind = move |_| {
        busy.set(true);
        spawn_local(async move {
            match api::remind_recipients(&desk.key.get_untracked()).await {
                Ok(count) => {
                    let mut words = match count.reminded {
                        0 => say(m::REMIND_NOBODY).to_owned(),
                        n => fill(m::REMIND_DONE, &[("n", &n.to_string())]),
                    };
                    if count.lately > 0 {
                        words = format!(
                            "{words} {}",
                            fill(m::REMIND_LATELY, &[("n", &count.lately.to_string())])
                        );
                    }
                    notify::info(words);
                    list.refresh();
                }
                Err(fault) => notify::fault(&fault),
            }
            let _ = busy.try_set(false);
        });
    };
    let waits = move || people.with(|people| people.mailed > 0 && people.answered < people.invited);
    view! {
        <div class="mb-3 flex flex-wrap items-center gap-2">
            <Button label=t(m::INVITE) icon=Icon::UserPlus look=Look::Primary on_press=move |_| open.set(true)/>
            <Show when=waits><Button label=t(m::REMIND) icon=Icon::Bell busy=busy on_press=remind/></Show>
            <Show when=move || people.with(|people| people.invited > 0)>
                <a class="btn" rel="external" download="" href=move || api::recipients_address(&desk.key.get())><Glyph icon=Icon::Download/><span>{t(m::CSV)}</span></a>
            </Show>
        </div>
    }
}

#[component]
fn People(people: Signal<InvitationList>) -> impl IntoView {
    let shown =
        move || people.with(|people| people.items.iter().rev().take(SHOWN).cloned().collect::<Vec<_>>());
    view! {
        <Table label=t(m::PEOPLE) cards=true>
            <thead><tr><th scope="col">{t(m::WHO)}</th><th scope="col">{t(m::HOW)}</th><th scope="col">{t(common::UPDATED)}</th><th scope="col"><span class="sr-only">{t(m::COPY_LINK)}</span></th></tr></thead>
            <tbody><For each=shown key=|one| (one.url.clone(), one.opened_at.clone(), one.answered_at.clone(), one.reminded_at.clone()) let:one><Line one=one/></For></tbody>
        </Table>
        <Show when=move || people.with(|people| people.items.len() > SHOWN)>
            <p class="p-3 text-xs text-muted">{move || fill(m::SHOWN, &[("n", &SHOWN.to_string())])}</p>
        </Show>
    }
}

/// How far somebody is, and since when.
fn standing(one: &RecipientView) -> (Message, Tone, Option<String>) {
    if one.answered_at.is_some() {
        (m::ANSWERED, Tone::Success, one.answered_at.clone())
    } else if one.opened_at.is_some() {
        (m::OPENED, Tone::Info, one.opened_at.clone())
    } else if one.opted_out {
        (m::OPTED_OUT, Tone::Warning, None)
    } else if one.reminded_at.is_some() {
        (m::REMINDED, Tone::Neutral, one.reminded_at.clone())
    } else if one.mailed_at.is_some() {
        (m::SILENT, Tone::Neutral, one.mailed_at.clone())
    } else {
        (m::LINK_MADE, Tone::Neutral, None)
    }
}

#[component]
fn Line(one: RecipientView) -> impl IntoView {
    let (words, tone, since) = standing(&one);
    let who = &one.recipient;
    let contacts = [&who.mail, &who.phone, &who.external];
    let contacts: Vec<String> = contacts.into_iter().flatten().cloned().collect();
    let name = who.name.clone().unwrap_or_else(|| contacts.first().cloned().unwrap_or_default());
    let below = if who.name.is_some() {
        contacts.join(" · ")
    } else {
        contacts[1.min(contacts.len())..].join(" · ")
    };
    let called = name.clone();
    view! {
        <tr>
            <td class="cx-card-head"><div class="min-w-0"><span class="block font-medium">{name}</span><span class="block break-words text-xs text-muted">{below}</span></div></td>
            <td data-label=t(m::HOW)><Badge label=t(words) tone=tone/></td>
            <td class="text-muted" data-label=t(common::UPDATED)>{since.map_or_else(|| say(common::NOTHING).into_any(), |at| view! { <Ago at=at/> }.into_any())}</td>
            <td class="w-0 text-right max-sm:w-auto"><IconButton label=Signal::derive(move || fill(m::COPY_PERSONAL, &[("name", &called)])) icon=Icon::Link tip="cx-tip-left" on_press=move |_| notify::copy(one.url.clone())/></td>
        </tr>
    }
}
