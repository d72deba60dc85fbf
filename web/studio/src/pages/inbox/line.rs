//! One ticket in the list.

use api_types::{InboxView, TicketLine};
use leptos::prelude::*;
use web_ui::{Avatar, Badge, Icon, Score, Tone};

use super::model::{clock_words, view_key};
use crate::{
    format,
    i18n::{common, inbox as m, t},
    settings,
    shell::Ago,
};

#[component]
pub fn Line(view: InboxView, line: Memo<TicketLine>, ticket: Memo<Option<String>>) -> impl IntoView {
    let id = line.with_untracked(|line| line.id.clone());
    let href = format!("/s/inbox/{}/{id}", view_key(view));
    let current = move || (ticket.get().as_deref() == Some(id.as_str())).then_some("true");
    let clock = Memo::new(move |_| {
        line.with(|line| {
            line.clock.as_ref().map(|clock| clock_words(clock, settings::now(), settings::language()))
        })
    });
    view! {
        <a class="cx-line px-4 py-2.5" href=href aria-current=current>
            <div class="flex items-center gap-2">
                {move || line.with(|line| line.score).map(|score| view! { <Score score=score label=t(common::SCORE_OF)/> })}
                <span class="min-w-0 grow truncate font-medium">{move || line.with(|line| line.customer.clone())}</span>
                <span class="text-xs text-muted"><Ago at=Signal::derive(move || line.with(|line| line.created_at.clone()))/></span>
            </div>
            <p class="mt-1 truncate text-muted">{move || line.with(|line| line.summary.clone())}</p>
            <div class="mt-1.5 flex items-center gap-1.5">
                <span class="tabular text-xs text-muted">{move || line.with(|line| format::case_number(line.number))}</span>
                {move || match clock.get() {
                    Some((words, tone)) => view! { <Badge label=words tone=tone icon=Icon::Timer/> }.into_any(),
                    None if line.with(|line| line.breached) => view! { <Badge label=t(m::LATE) tone=Tone::Error/> }.into_any(),
                    None => ().into_any(),
                }}
                <span class="grow truncate text-xs text-muted">{move || line.with(|line| line.state_title.clone())}</span>
                {move || match line.with(|line| line.assignee_name.clone()) {
                    Some(name) => view! { <Avatar name=name alone=true/> }.into_any(),
                    None => view! { <span class="cx-chip border border-dashed border-edge text-muted">{t(common::NOBODY)}</span> }.into_any(),
                }}
            </div>
        </a>
    }
}
