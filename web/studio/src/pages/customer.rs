//! One customer, all around: who, how to reach, what they said over time.

use api_types::{CustomerDetail, CustomerEvent};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use web_ui::{
    Avatar, Badge, Card, Choice, Empty, Fact, Icon, IconButton, Score, Segmented, Size, Skeleton, Up,
};

use crate::{
    api, format,
    i18n::{Message, common, customers as m, say, t},
    live,
    load::load,
    notify,
    pages::ticket::{TimelineEvent, model},
    shell::{Ago, page_title},
};

/// `/s/customers/:id`
#[component]
pub fn Customer() -> impl IntoView {
    let params = use_params_map();
    let customer = load(
        move || params.with(|params| params.get("id")).unwrap_or_default(),
        |id| async move { api::customer(&id).await },
    );
    live::follow(customer, |change| matches!(change.entity.as_str(), "customer" | "submission"));
    page_title(move || customer.with(|detail| detail.customer.name.clone()).unwrap_or_default());
    customer.view(
        || view! { <div class="cx-page flex flex-col gap-4"><Skeleton class="h-10 w-64"/><Skeleton class="h-40 w-full"/></div> },
        |detail| view! { <Page detail=detail/> },
    )
}

/// What of the timeline is shown.
const KINDS: [(&str, Message); 3] =
    [("all", m::ALL_KINDS), ("answers", m::KIND_ANSWERS), ("talk", m::KIND_TALK)];

fn is_of(line: &CustomerEvent, kind: &str) -> bool {
    match kind {
        "answers" => matches!(line.event.kind.as_str(), "submitted" | "created"),
        "talk" => model::shape(&line.event) != model::Shape::Fact,
        _ => true,
    }
}

/// Each line, and whether another submission begins with it.
fn with_heads(lines: Vec<CustomerEvent>) -> Vec<(bool, CustomerEvent)> {
    let mut before = None;
    lines
        .into_iter()
        .map(|line| (before.replace(line.submission.clone()).as_ref() != Some(&line.submission), line))
        .collect()
}

const fn identity_name(kind: &str) -> Message {
    match kind.as_bytes() {
        b"mail" => m::MAIL,
        b"phone" => m::PHONE,
        _ => m::EXTERNAL,
    }
}

#[component]
fn Page(detail: Signal<CustomerDetail>) -> impl IntoView {
    let kind = RwSignal::new("all".to_owned());
    let kinds = Signal::derive(|| {
        KINDS.into_iter().map(|(key, name)| Choice::new(key, say(name))).collect::<Vec<_>>()
    });
    let lines = Memo::new(move |_| {
        detail.with(|detail| {
            kind.with(|kind| {
                detail.timeline.iter().filter(|line| is_of(line, kind)).cloned().collect::<Vec<_>>()
            })
        })
    });
    view! {
        <div class="cx-page">
            <Up href="/s/customers" label=t(m::TITLE)/>
            <Header detail=detail/>
            <div class="grid grid-cols-1 items-start gap-4 lg:grid-cols-[18rem_minmax(0,1fr)]">
                <About detail=detail/>
                <section>
                    <div class="mb-3 flex flex-wrap items-center justify-between gap-2">
                        <h2 class="text-base">{t(m::TIMELINE)}</h2>
                        <Segmented label=t(m::TIMELINE) choices=kinds value=kind on_change=move |chosen| kind.set(chosen)/>
                    </div>
                    <Show when=move || !lines.with(Vec::is_empty) fallback=|| view! { <Card><Empty icon=Icon::History title=t(m::NO_EVENTS)/></Card> }>
                        <ol class="flex flex-col gap-3">
                            <For each=move || with_heads(lines.get()) key=|(head, line)| (*head, line.event.id.clone()) let:entry>
                                {
                                    let (head, line) = entry;
                                    view! {
                                        <li>
                                            {head.then(|| view! { <a class="cx-link mt-2 mb-1.5 block text-xs font-medium" href=format!("/s/submissions/{}", line.submission)>{line.form_title} " " {format::case_number(line.number)}</a> })}
                                            <ol><TimelineEvent event=line.event/></ol>
                                        </li>
                                    }
                                }
                            </For>
                        </ol>
                    </Show>
                </section>
            </div>
        </div>
    }
}

#[component]
fn Header(detail: Signal<CustomerDetail>) -> impl IntoView {
    let head = Memo::new(move |_| {
        detail.with(|detail| {
            (
                detail.customer.name.clone(),
                detail.customer.tier.clone(),
                detail.customer.tags.clone(),
                detail.customer.last_score,
            )
        })
    });
    view! {
        <header class="mb-5 flex flex-wrap items-center gap-3">
            <Avatar name=Signal::derive(move || head.get().0) large=true/>
            <h1 class="min-w-0 truncate text-xl">{move || head.get().0}</h1>
            {move || head.get().1.map(|tier| view! { <Badge label=tier/> })}
            {move || head.get().2.into_iter().map(|tag| view! { <Badge label=tag/> }).collect_view()}
            <span class="grow"></span>
            {move || head.get().3.map(|score| view! { <span class="flex items-center gap-2 text-xs text-muted">{t(m::SCORE)} <Score score=score label=t(common::SCORE_OF)/></span> })}
        </header>
    }
}

#[component]
fn About(detail: Signal<CustomerDetail>) -> impl IntoView {
    let customer = Memo::new(move |_| detail.with(|detail| detail.customer.clone()));
    view! {
        <Card title=t(m::CONTACT)>
            {move || {
                let customer = customer.get();
                view! {
                    <dl>
                        {customer.identities.into_iter().map(|identity| {
                            let copied = identity.value.clone();
                            view! {
                                <Fact label=t(identity_name(&identity.kind))>
                                    <span class="flex items-center gap-1">
                                        <span class="min-w-0 grow truncate">{identity.value}</span>
                                        <IconButton label=t(common::COPY) icon=Icon::Copy size=Size::Small tip="cx-tip-left" on_press=move |_| notify::copy(copied.clone())/>
                                    </span>
                                </Fact>
                            }
                        }).collect_view()}
                        <Fact label=t(m::SUBMISSIONS)><span class="tabular">{customer.submissions}</span></Fact>
                        <Fact label=t(m::OPEN)><span class="tabular">{customer.open_tickets}</span></Fact>
                        <Fact label=t(m::SINCE)><Ago at=customer.created_at/></Fact>
                    </dl>
                }
            }}
        </Card>
    }
}
