//! One member: who they are, whom they answer to, how they get in, and whether they still may.

use api_types::{ChangeMember, MemberView};
use leptos::{ev, prelude::*, task::spawn_local};
use web_ui::{Button, Choice, Dialog, DialogActions, Look, SelectField, Stance, TextField};

use super::invite::{Link, none};
use super::leave::Leave;
use crate::{
    api::{self, Fault},
    i18n::{Message, common, fill, people as m, settings as words, t},
    load::Loaded,
    notify,
    pages::door::Said,
    session,
    shell::open_while,
};

/// Everybody with access but one, to choose from.
pub fn others(members: &[MemberView], but: &str, first: Choice) -> Vec<Choice> {
    let there = members.iter().filter(|member| member.id != but && !member.disabled);
    std::iter::once(first)
        .chain(there.map(|member| Choice::new(member.id.clone(), member.name.clone())))
        .collect()
}

#[component]
pub fn Editing(
    member: RwSignal<Option<MemberView>>,
    members: Loaded<Vec<MemberView>>,
    departments: Signal<Vec<Choice>>,
) -> impl IntoView {
    let open = open_while(member);
    let title = Signal::derive(move || {
        let name = |member: &Option<MemberView>| member.as_ref().map(|member| member.name.clone());
        fill(m::EDIT_MEMBER, &[("name", &member.with(name).unwrap_or_default())])
    });
    let leaving = RwSignal::new(false);
    Effect::new(move || {
        if !open.get() {
            leaving.set(false);
        }
    });
    view! {
        <Dialog open=open title=title close=t(common::CLOSE) stance=Stance::Sheet>
            {move || member.get().map(|one| match leaving.get() {
                true => view! { <Leave member=one open=open leaving=leaving members=members/> }.into_any(),
                false => view! { <Person member=one.clone() open=open members=members departments=departments/> <Access member=one open=open leaving=leaving members=members/> }.into_any(),
            })}
        </Dialog>
    }
}

#[component]
fn Person(
    member: MemberView,
    open: RwSignal<bool>,
    members: Loaded<Vec<MemberView>>,
    departments: Signal<Vec<Choice>>,
) -> impl IntoView {
    let before = StoredValue::new(member.clone());
    let field = |value: Option<String>| RwSignal::new(value.unwrap_or_default());
    let (name, login) = (RwSignal::new(member.name), field(member.login));
    let (email, mobile) = (field(member.email), field(member.mobile));
    let (department, manager, deputy) =
        (field(member.department), field(member.manager), field(member.deputy));
    let skills = RwSignal::new(member.skills.join(", "));
    let (said, busy) = (Said::nothing(), RwSignal::new(false));
    let id = StoredValue::new(member.id);
    let colleagues = move |first: Message| {
        Signal::derive(move || {
            id.with_value(|id| others(&members.get().unwrap_or_default(), id, none(first)))
        })
    };
    let send = move |event: ev::SubmitEvent| {
        event.prevent_default();
        said.clear();
        let typed = |value: RwSignal<String>| value.get_untracked().trim().to_owned();
        let before = before.get_value();
        // Only what differs is sent: rights are asked of each by itself.
        let changed =
            |now: String, before: Option<String>| Some(now).filter(|now| *now != before.unwrap_or_default());
        let now_skills: Vec<String> = skills
            .get_untracked()
            .split([',', '，', '、', ';', '；'])
            .map(str::trim)
            .filter(|skill| !skill.is_empty())
            .map(str::to_owned)
            .collect();
        let change = ChangeMember {
            name: changed(typed(name), Some(before.name)),
            login: changed(typed(login), before.login),
            email: changed(typed(email), before.email),
            mobile: changed(typed(mobile), before.mobile),
            department: changed(typed(department), before.department),
            manager: changed(typed(manager), before.manager),
            deputy: changed(typed(deputy), before.deputy),
            skills: Some(now_skills).filter(|skills| *skills != before.skills),
            ..ChangeMember::default()
        };
        busy.set(true);
        spawn_local(async move {
            match api::change_member(&id.get_value(), &change).await {
                Ok(()) => {
                    notify::success(words::CHANGED);
                    open.set(false);
                    members.refresh();
                }
                Err(fault) => said.refuse(&fault),
            }
            let _ = busy.try_set(false);
        });
    };
    view! {
        <form class="flex flex-col gap-4" novalidate=true on:submit=send>
            <TextField id="edit-name" label=t(words::NAME) value=name required=true error=said.of("/name")/>
            <TextField id="edit-login" label=t(m::LOGIN) value=login required=true error=said.of("/login")/>
            <div class="grid grid-cols-1 gap-4 sm:grid-cols-2">
                <TextField id="edit-email" label=t(words::EMAIL) value=email kind="email" error=said.of("/email")/>
                <TextField id="edit-mobile" label=t(m::MOBILE) value=mobile kind="tel" error=said.of("/mobile")/>
                <SelectField id="edit-department" label=t(words::DEPARTMENT) choices=departments value=department error=said.of("/department")/>
                <SelectField id="edit-manager" label=t(m::MANAGER) choices=colleagues(m::MANAGER_NONE) value=manager error=said.of("/manager")/>
            </div>
            <SelectField id="edit-deputy" label=t(m::DEPUTY) choices=colleagues(m::DEPUTY_NONE) value=deputy error=said.of("/deputy")/>
            <TextField id="edit-skills" label=t(m::SKILLS) value=skills error=said.of("/skills")/>
            <DialogActions>
                <Button label=t(common::CANCEL) on_press=move |_| open.set(false)/>
                <Button label=t(common::SAVE) look=Look::Primary submit=true busy=busy/>
            </DialogActions>
        </form>
    }
}

#[component]
fn Access(
    member: MemberView,
    open: RwSignal<bool>,
    leaving: RwSignal<bool>,
    members: Loaded<Vec<MemberView>>,
) -> impl IntoView {
    let link = RwSignal::new(None::<String>);
    let id = StoredValue::new(member.id.clone());
    let is_self = session::user_id().as_deref() == Some(member.id.as_str());
    let then = move |message: Message, answer: Result<(), Fault>| {
        match answer {
            Ok(()) => {
                notify::success(message);
                open.set(false);
            }
            Err(fault) => notify::fault(&fault),
        }
        members.refresh();
    };
    let make_link = move |_| {
        spawn_local(async move {
            match api::reset_link(&id.get_value()).await {
                Ok(made) => link.set(Some(made.link)),
                Err(fault) => notify::fault(&fault),
            }
        });
    };
    let drop_step = move |_| {
        spawn_local(async move { then(m::STEP_ENDED, api::drop_second_step(&id.get_value()).await) });
    };
    let disabled = member.disabled;
    let switch = move |_| {
        let change = ChangeMember { disabled: Some(!disabled), ..ChangeMember::default() };
        spawn_local(async move { then(words::CHANGED, api::change_member(&id.get_value(), &change).await) });
    };
    let remove = move |_| {
        spawn_local(async move { then(m::REMOVED, api::remove_member(&id.get_value()).await) });
    };
    view! {
        <section class="mt-8 border-t border-base-300 pt-4">
            <h3 class="mb-3 text-sm">{t(m::ACCESS)}</h3>
            <div class="flex flex-wrap gap-2">
                <Button label=t(m::RESET_LINK) on_press=make_link/>
                {(member.second_step == Some(true)).then(|| view! { <Button label=t(m::RESET_STEP) on_press=drop_step/> })}
                {(!is_self).then(|| view! {
                    <Button label=t(if disabled { m::ENABLE } else { m::DISABLE }) on_press=switch/>
                    <Button label=t(m::LEAVE) on_press=move |_| leaving.set(true)/>
                })}
                {(disabled && !is_self).then(|| view! { <Button label=t(m::REMOVE) look=Look::Danger on_press=remove/> })}
            </div>
            <p class="mt-2 text-xs text-muted">{t(m::RESET_LINK_ABOUT)}</p>
            {move || link.get().map(|link| view! { <Link link=link/> })}
        </section>
    }
}
