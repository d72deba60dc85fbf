//! What left the building: the list, and one message open.

use api_types::{OutboxPage, OutboxView};
use leptos::{prelude::*, task::spawn_local};
use web_ui::{
    Badge, Button, Card, Dialog, Empty, Fact, Glyph, Icon, LinkButton, Notice, PageHead, Size, SkeletonLines,
    Stance, Tone,
};

use crate::{
    api,
    i18n::{Message, common, hint, mailbox as m, say, t},
    live,
    load::load,
    notify,
    shell::{Ago, open_while, page_title},
};

/// A status in words, and how loudly.
const fn status(status: &str) -> (Message, Tone) {
    match status.as_bytes() {
        b"sent" => (m::SENT, Tone::Success),
        b"kept" => (m::KEPT, Tone::Neutral),
        b"failed" => (m::FAILED, Tone::Error),
        _ => (m::PENDING, Tone::Info),
    }
}

/// `/s/mailbox`
#[component]
pub fn Mailbox() -> impl IntoView {
    page_title(|| say(m::TITLE).to_owned());
    let page = load(|| (), |()| async { api::outbox(None, None).await });
    live::follow(page, |change| change.entity == "outbox");
    let later = RwSignal::new(Vec::<OutboxPage>::new());
    let next = Memo::new(move |_| {
        later
            .with(|later| later.last().map(|page| page.next.clone()))
            .unwrap_or_else(|| page.with(|page| page.next.clone()).flatten())
    });
    let busy = RwSignal::new(false);
    let more = move |_| {
        let Some(cursor) = next.get_untracked() else { return };
        busy.set(true);
        spawn_local(async move {
            match api::outbox(None, Some(&cursor)).await {
                Ok(page) => later.update(|later| later.push(page)),
                Err(fault) => notify::fault(&fault),
            }
            busy.set(false);
        });
    };
    let open = RwSignal::new(None::<OutboxView>);
    let all = move |first: OutboxPage| {
        let mut all = first.items;
        for each in later.get().into_iter().flat_map(|page| page.items) {
            if !all.iter().any(|known| known.id == each.id) {
                all.push(each);
            }
        }
        all
    };
    view! {
        <div class="cx-page">
            <PageHead title=t(m::TITLE) about=hint(m::ABOUT)/>
            <Show when=move || page.with(|page| !page.delivers).unwrap_or(false)><div class="mb-3"><Notice tone=Tone::Info>{t(m::NOT_DELIVERING)}</Notice></div></Show>
            <Card flush=true>
                {page.view(
                    || view! { <SkeletonLines lines=8 line="h-14"/> },
                    move |first| view! {
                        <Show when=move || !first.with(|page| page.items.is_empty()) fallback=|| view! { <Empty icon=Icon::Mail title=t(m::NONE) hint=hint(m::NONE_HINT)/> }>
                            <For each=move || all(first.get()) key=|mail| (mail.id.clone(), mail.status.clone(), mail.attempts) let:mail><Line mail=mail open=open/></For>
                        </Show>
                    },
                )}
                <Show when=move || next.get().is_some()>
                    <div class="flex justify-center p-3"><Button label=t(common::LOAD_MORE) size=Size::Small busy=busy on_press=more/></div>
                </Show>
            </Card>
            <Opened mail=open/>
        </div>
    }
}

#[component]
fn Line(mail: OutboxView, open: RwSignal<Option<OutboxView>>) -> impl IntoView {
    let (name, tone) = status(&mail.status);
    let opened = mail.clone();
    let icon = if mail.kind == "webhook" { Icon::Link } else { Icon::Mail };
    let first_words = mail.text.split_whitespace().collect::<Vec<_>>().join(" ");
    view! {
        <button type="button" class="cx-line flex w-full cursor-pointer items-center gap-3 px-4 py-2.5 text-left" on:click=move |_| open.set(Some(opened.clone()))>
            <span class="text-muted"><Glyph icon=icon/></span>
            <span class="hidden w-52 shrink-0 truncate md:block">{mail.to.clone()}</span>
            <span class="min-w-0 grow">
                <span class="flex items-center gap-2 text-xs text-muted md:hidden"><span class="min-w-0 grow truncate">{mail.to}</span><Ago at=mail.created_at.clone()/></span>
                <span class="block truncate"><span class="font-medium">{mail.subject}</span> <span class="ml-2 text-muted">{first_words}</span></span>
            </span>
            <Badge label=t(name) tone=Signal::stored(tone)/>
            <span class="hidden w-20 shrink-0 text-right text-xs text-muted md:block"><Ago at=mail.created_at/></span>
        </button>
    }
}

#[component]
fn Opened(mail: RwSignal<Option<OutboxView>>) -> impl IntoView {
    let open = open_while(mail);
    view! {
        <Dialog open=open title=Signal::derive(move || mail.with(|mail| mail.as_ref().map(|mail| mail.subject.clone())).unwrap_or_default()) close=t(common::CLOSE) stance=Stance::Wide>
            {move || mail.get().map(|mail| {
                let (name, tone) = status(&mail.status);
                view! {
                    <dl class="mb-4">
                        <Fact label=t(m::TO)>{mail.to}</Fact>
                        <Fact label=t(common::STATE)><Badge label=t(name) tone=Signal::stored(tone)/></Fact>
                        <Fact label=t(m::CREATED)><Ago at=mail.created_at/></Fact>
                        {mail.sent_at.map(|at| view! { <Fact label=t(m::SENT_AT)><Ago at=at/></Fact> })}
                        {(mail.attempts > 0).then(|| view! { <Fact label=t(m::ATTEMPTS)>{mail.attempts}</Fact> })}
                        {mail.error.map(|error| view! { <Fact label=t(m::ERROR)><span class="text-error">{error}</span></Fact> })}
                        <Fact label=t(m::MESSAGE_ID)><code class="font-mono text-xs text-muted">{mail.message_id}</code></Fact>
                    </dl>
                    <div class="rounded-box border border-base-300 bg-base-200 p-4 whitespace-pre-wrap">{mail.text}</div>
                    {mail.submission.map(|id| view! { <div class="mt-4"><LinkButton label=t(m::SEE_SUBMISSION) icon=Icon::Ticket href=format!("/s/submissions/{id}")/></div> })}
                }
            })}
        </Dialog>
    }
}
