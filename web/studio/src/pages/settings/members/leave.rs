//! Handing over what somebody holds: how much it is, to whom it goes, and then no access.

use api_types::{HandOver, Holdings, MemberView};
use leptos::{prelude::*, task::spawn_local};
use web_ui::{Button, DialogActions, Look, SelectField, SkeletonLines};

use super::edit::others;
use super::invite::none;
use crate::{
    api,
    i18n::{Message, common, fill, people as m, t},
    load::{Loaded, load},
    notify,
};

#[component]
pub fn Leave(
    member: MemberView,
    open: RwSignal<bool>,
    leaving: RwSignal<bool>,
    members: Loaded<Vec<MemberView>>,
) -> impl IntoView {
    let id = StoredValue::new(member.id);
    let held = load(move || id.get_value(), |id| async move { api::holdings(&id).await });
    let to = RwSignal::new(String::new());
    let busy = RwSignal::new(false);
    let choices = Signal::derive(move || {
        id.with_value(|id| others(&members.get().unwrap_or_default(), id, none(m::LEAVE_RULES)))
    });
    let run = move |_| {
        let wanted = HandOver { to: Some(to.get_untracked()).filter(|to| !to.is_empty()) };
        busy.set(true);
        spawn_local(async move {
            match api::hand_over(&id.get_value(), &wanted).await {
                Ok(_) => {
                    notify::success(m::LEFT);
                    open.set(false);
                }
                Err(fault) => notify::fault(&fault),
            }
            members.refresh();
            let _ = busy.try_set(false);
        });
    };
    let name = member.name;
    view! {
        <h3 class="text-base">{move || fill(m::LEAVE_TITLE, &[("name", &name)])}</h3>
        <p class="mb-4 text-muted">{t(m::LEAVE_ABOUT)}</p>
        {held.view(|| view! { <SkeletonLines lines=5/> }, |held| view! { <Held held=held/> })}
        <div class="mt-4"><SelectField id="leave-to" label=t(m::LEAVE_TO) choices=choices value=to/></div>
        <DialogActions>
            <Button label=t(common::BACK) on_press=move |_| leaving.set(false)/>
            <Button label=t(m::LEAVE_DO) look=Look::Danger busy=busy on_press=run/>
        </DialogActions>
    }
}

#[component]
fn Held(held: Signal<Holdings>) -> impl IntoView {
    let line = |name: Message, count: fn(&Holdings) -> u64| {
        view! {
            <div class="flex justify-between border-b border-base-300 py-1.5"><dt>{t(name)}</dt><dd class="tabular font-medium">{move || held.with(count)}</dd></div>
        }
    };
    view! {
        <dl>
            {line(m::HELD_TICKETS, |held| held.tickets)}
            {line(m::HELD_TASKS, |held| held.tasks)}
            {line(m::HELD_DEPARTMENTS, |held| held.departments.len() as u64)}
            {line(m::HELD_REPORTS, |held| held.reports)}
            {line(m::HELD_DEPUTY, |held| held.deputy_of)}
        </dl>
    }
}
