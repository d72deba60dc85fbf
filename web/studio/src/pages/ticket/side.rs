//! The side: who the customer is and what they had before, promises, owner, related submissions.

use api_types::{ClockView, CustomerView, LinkView};
use leptos::prelude::*;
use web_ui::{Avatar, Badge, Fact, Icon, Score};

use super::{CopyButton, Open, OutLink};
use crate::{
    api, format,
    i18n::{common, inbox as m, t},
    load::load,
    pages::inbox::model::clock_words,
    settings,
    shell::Ago,
};

#[component]
pub fn Side(open: Open) -> impl IntoView {
    let customer = Memo::new(move |_| open.detail.with(|detail| detail.customer_card.clone()));
    let clocks = Memo::new(move |_| open.detail.with(|detail| detail.clocks.clone()));
    let links = Memo::new(move |_| open.detail.with(|detail| detail.links.clone()));
    let progress = Memo::new(move |_| open.detail.with(|detail| detail.progress_url.clone()));
    view! {
        <div class="flex flex-col divide-y divide-base-300 *:py-4 *:first:pt-0">
            {move || customer.get().map(|customer| view! { <Customer customer=customer here=open.id()/> })}
            <Show when=move || !clocks.with(Vec::is_empty)>
                <section>
                    <h3 class="mb-2 text-xs font-medium text-muted">{t(m::PROMISES)}</h3>
                    <ul class="flex flex-col gap-2">{move || clocks.get().into_iter().map(|clock| view! { <Clock clock=clock/> }).collect_view()}</ul>
                </section>
            </Show>
            <section>
                <h3 class="mb-1 text-xs font-medium text-muted">{t(m::DETAILS)}</h3>
                <Details open=open/>
                {move || progress.get().map(|href| view! {
                    <div class="mt-2 flex items-center gap-1">
                        <OutLink href=href.clone() label=t(m::PROGRESS_PAGE)/>
                        <CopyButton text=href/>
                    </div>
                })}
            </section>
            <Show when=move || !links.with(Vec::is_empty)>
                <section>
                    <h3 class="mb-2 text-xs font-medium text-muted">{t(m::RELATED)}</h3>
                    <ul class="flex flex-col gap-1.5">{move || links.get().into_iter().map(|link| view! { <Related link=link/> }).collect_view()}</ul>
                </section>
            </Show>
        </div>
    }
}

#[component]
fn Customer(customer: CustomerView, here: String) -> impl IntoView {
    let id = customer.id.clone();
    let history = load(move || id.clone(), |id| async move { api::customer(&id).await });
    let before = Memo::new(move |_| {
        history
            .with(|detail| {
                detail
                    .timeline
                    .iter()
                    .filter(|line| line.submission != here && line.event.kind == "submitted")
                    .take(5)
                    .cloned()
                    .collect::<Vec<_>>()
            })
            .unwrap_or_default()
    });
    view! {
        <section>
            <div class="flex items-center gap-3">
                <Avatar name=customer.name.clone() large=true/>
                <div class="min-w-0 grow">
                    <a class="cx-link block truncate font-semibold" href=format!("/s/customers/{}", customer.id) title=t(m::SEE_CUSTOMER)>{customer.name.clone()}</a>
                    <p class="flex flex-wrap gap-1">{customer.tier.map(|tier| view! { <Badge label=tier/> })}{customer.tags.into_iter().map(|tag| view! { <Badge label=tag/> }).collect_view()}</p>
                </div>
                {customer.last_score.map(|score| view! { <Score score=score label=t(m::LAST_SCORE)/> })}
            </div>
            <ul class="mt-3 flex flex-col">
                {customer.identities.into_iter().map(|identity| view! {
                    <li class="flex items-center gap-1">
                        <span class="min-w-0 grow truncate">{identity.value.clone()}</span>
                        <CopyButton text=identity.value/>
                    </li>
                }).collect_view()}
            </ul>
            <dl class="mt-2 grid grid-cols-2 gap-2">
                <div><dt class="text-xs text-muted">{t(m::SUBMISSIONS)}</dt><dd class="tabular font-semibold">{customer.submissions}</dd></div>
                <div><dt class="text-xs text-muted">{t(m::OPEN_TICKETS)}</dt><dd class="tabular font-semibold">{customer.open_tickets}</dd></div>
            </dl>
            <Show when=move || !before.with(Vec::is_empty)>
                <h4 class="mt-3 mb-1 text-xs font-medium text-muted">{t(m::HISTORY)}</h4>
                <ul>{move || before.get().into_iter().map(|line| view! {
                    <li>
                        <a class="-mx-2 flex items-center gap-2 rounded-selector px-2 py-1 hover:bg-hover" href=format!("/s/submissions/{}", line.submission)>
                            <span class="min-w-0 grow truncate">{line.form_title} " " <span class="text-muted">{format::case_number(line.number)}</span></span>
                            <span class="text-xs text-muted"><Ago at=line.event.at/></span>
                        </a>
                    </li>
                }).collect_view()}</ul>
            </Show>
        </section>
    }
}

#[component]
fn Clock(clock: ClockView) -> impl IntoView {
    let title = clock.title.clone();
    let words = Memo::new(move |_| clock_words(&clock, settings::now(), settings::language()));
    view! {
        <li class="flex items-center gap-2">
            <span class="min-w-0 grow truncate">{title}</span>
            {move || { let (words, tone) = words.get(); view! { <Badge label=words tone=tone icon=Icon::Timer/> } }}
        </li>
    }
}

#[component]
fn Details(open: Open) -> impl IntoView {
    let facts = Memo::new(move |_| {
        open.detail.with(|detail| {
            let one = &detail.submission;
            let channel = format::channel(&one.channel).map_or_else(
                || one.channel.clone(),
                |name| name.in_language(settings::language()).to_owned(),
            );
            [
                (
                    common::NUMBER,
                    Some(format!("{} · {}", detail.form_title, format::case_number(one.number))),
                ),
                (common::OWNER, detail.assignee_name.clone()),
                (common::DEPARTMENT, detail.department_title.clone()),
                (common::CHANNEL, Some(channel)),
                (common::TAGS, (!one.tags.is_empty()).then(|| one.tags.join(", "))),
            ]
        })
    });
    view! {
        <dl>
            {move || facts.get().into_iter().filter_map(|(name, value)| Some((name, value?))).map(|(name, value)| view! { <Fact label=t(name)>{value}</Fact> }).collect_view()}
            <Fact label=t(common::CREATED)><Ago at=Signal::derive(move || open.detail.with(|detail| detail.submission.created_at.clone()))/></Fact>
        </dl>
    }
}

#[component]
fn Related(link: LinkView) -> impl IntoView {
    let direction = if link.direction == "from" { m::CAME_FROM } else { m::LED_TO };
    view! {
        <li class="flex items-center gap-2">
            <span class="text-xs whitespace-nowrap text-muted">{t(direction)}</span>
            <a class="cx-link min-w-0 grow truncate" href=format!("/s/submissions/{}", link.id)>{link.form_title} " " {format::case_number(link.number)}</a>
            <span class="text-xs text-muted"><Ago at=link.created_at/></span>
        </li>
    }
}
