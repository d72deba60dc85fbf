//! What the person wants to be told of.

use api_types::{NotificationChoices, NotificationKind};
use leptos::{prelude::*, task::spawn_local};
use web_ui::{Card, SkeletonLines, Toggle};

use super::SectionHead;
use crate::{
    api,
    i18n::{Message, notifications as m, t},
    load::load,
    notify,
};

#[component]
pub fn Choices() -> impl IntoView {
    let choices = load(|| (), |()| async { api::notification_choices().await });
    let choose = move |kind: NotificationKind, on: bool| {
        let mut muted = choices.with(|choices| choices.muted.clone()).unwrap_or_default();
        muted.retain(|each| *each != kind);
        if !on {
            muted.push(kind);
        }
        spawn_local(async move {
            match api::choose_notifications(&NotificationChoices { muted }).await {
                Ok(now) => choices.set(now),
                Err(fault) => {
                    notify::fault(&fault);
                    choices.refresh();
                }
            }
        });
    };
    view! {
        <div class="mt-8"><SectionHead title=m::CHOICES about=m::CHOICES_ABOUT/></div>
        <Card flush=true>
            {choices.view(
                || view! { <SkeletonLines lines=8/> },
                move |choices| NotificationKind::ALL.into_iter().map(|kind| {
                    let on = Signal::derive(move || choices.with(|choices| !choices.muted.contains(&kind)));
                    view! {
                        <label class="flex items-center justify-between gap-3 border-b border-base-300 px-4 py-2.5 last:border-b-0">
                            <span>{t(name(kind))}</span>
                            <Toggle label=t(name(kind)) checked=on on_change=move |on| choose(kind, on)/>
                        </label>
                    }
                }).collect_view(),
            )}
        </Card>
    }
}

const fn name(kind: NotificationKind) -> Message {
    match kind {
        NotificationKind::Assigned => m::ASSIGNED,
        NotificationKind::Task => m::TASK,
        NotificationKind::Customer => m::CUSTOMER,
        NotificationKind::ClockWarned => m::CLOCK_WARNED,
        NotificationKind::ClockBroken => m::CLOCK_BROKEN,
        NotificationKind::Decided => m::DECIDED,
        NotificationKind::Mentioned => m::MENTIONED,
        NotificationKind::Imported => m::IMPORTED,
    }
}
