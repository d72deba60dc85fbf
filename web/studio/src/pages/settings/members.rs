//! Members: role, department, head, away; inviting and editing one.

mod edit;
mod invite;
mod leave;

use std::future::Future;

use api_types::{ChangeMember, ChangeRole, DepartmentView, MemberView, Role};
use leptos::{prelude::*, task::spawn_local};
use web_ui::{
    Avatar, Badge, Button, Card, Choice, Dialog, Icon, Look, Select, Size, SkeletonLines, Table, Toggle, Tone,
};

use super::{SectionHead, second_step::TeamStep};
use crate::{
    api::{self, Fault},
    i18n::{common, people, say, settings as m, t},
    load::{Loaded, load},
    notify,
    pages::role_name,
    session,
};

const ROLES: [Role; 6] = [Role::Owner, Role::Admin, Role::Designer, Role::Agent, Role::Viewer, Role::Member];

/// Roles the caller may give: an admin makes no owner.
fn role_choices() -> Vec<Choice> {
    ROLES
        .into_iter()
        .filter(|role| *role != Role::Owner || session::may(Role::Owner))
        .map(|role| Choice::new(role.word(), say(role_name(role))))
        .collect()
}

fn department_choices(departments: &[DepartmentView]) -> Vec<Choice> {
    let none = Choice::new("", say(m::NO_DEPARTMENT));
    std::iter::once(none)
        .chain(
            departments
                .iter()
                .map(|department| Choice::new(department.key.clone(), department.title.clone())),
        )
        .collect()
}

#[component]
pub fn Members() -> impl IntoView {
    let members = load(|| (), |()| async { api::members().await });
    let departments = load(|| (), |()| async { api::departments().await });
    let choices = Signal::derive(move || department_choices(&departments.get().unwrap_or_default()));
    let inviting = RwSignal::new(false);
    let editing = RwSignal::new(None::<MemberView>);
    let invitations =
        load(
            session_admin,
            |admin| async move { if admin { api::invitations().await } else { Ok(Vec::new()) } },
        );
    view! {
        <SectionHead title=m::MEMBERS about=m::MEMBERS_ABOUT>
            <Show when=session_admin>
                <Button label=t(people::INVITE) icon=Icon::UserPlus look=Look::Primary on_press=move |_| inviting.set(true)/>
            </Show>
        </SectionHead>
        <Card flush=true>
            {members.view(
                || view! { <SkeletonLines lines=6 line="h-14"/> },
                move |list| view! {
                    <Table label=t(m::MEMBERS) cards=true>
                        <thead><tr><th scope="col">{t(m::NAME)}</th><th scope="col">{t(m::ROLE)}</th><th scope="col">{t(m::DEPARTMENT)}</th><th scope="col">{t(m::HEAD)}</th><th scope="col">{t(m::AWAY_SHORT)}</th><th scope="col"><span class="sr-only">{t(people::EDIT)}</span></th></tr></thead>
                        <tbody><For each=move || list.get() key=|member| format!("{member:?}") let:member><Line member=member members=members departments=choices editing=editing/></For></tbody>
                    </Table>
                },
            )}
        </Card>
        <Show when=session_admin><invite::Invitations invitations=invitations departments=choices/><TeamStep/></Show>
        <Dialog open=inviting title=t(people::INVITE) close=t(common::CLOSE)><invite::Inviting inviting=inviting members=members invitations=invitations departments=choices/></Dialog>
        <edit::Editing member=editing members=members departments=choices/>
    }
}

fn session_admin() -> bool {
    session::may(Role::Admin)
}

fn change(members: Loaded<Vec<MemberView>>, asked: impl Future<Output = Result<(), Fault>> + 'static) {
    spawn_local(async move {
        match asked.await {
            Ok(()) => notify::success(m::CHANGED),
            Err(fault) => notify::fault(&fault),
        }
        members.refresh();
    });
}

#[component]
fn Line(
    member: MemberView,
    members: Loaded<Vec<MemberView>>,
    departments: Signal<Vec<Choice>>,
    editing: RwSignal<Option<MemberView>>,
) -> impl IntoView {
    let edited = StoredValue::new(member.clone());
    let manages = session::may(Role::Admin);
    let id = StoredValue::new(member.id.clone());
    let alter = move |alteration: ChangeMember| {
        change(members, async move { api::change_member(&id.get_value(), &alteration).await })
    };
    let role = member.role;
    let department = member.department.clone().unwrap_or_default();
    let department_title = {
        let department = department.clone();
        move || {
            departments.get().into_iter().find(|choice| choice.value == department).map(|choice| choice.label)
        }
    };
    // The last word on owners is theirs.
    let fixed = role == Role::Owner && !session::may(Role::Owner);
    view! {
        <tr>
            <td class="cx-card-head">
                <span class="flex items-center gap-2.5">
                    <Avatar name=member.name.clone()/>
                    <span class="min-w-0">
                        <span class="flex items-center gap-1.5">
                            <span class="truncate font-medium">{member.name}</span>
                            {member.disabled.then(|| view! { <Badge label=t(people::DISABLED) tone=Tone::Warning/> })}
                            {member.waiting.then(|| view! { <Badge label=t(people::WAITING)/> })}
                        </span>
                        <span class="block truncate text-xs text-muted">{member.email.or(member.login)}</span>
                    </span>
                </span>
            </td>
            <td class="min-w-32" data-label=t(m::ROLE)>
                {if manages && !fixed {
                    view! { <Select label=t(m::ROLE) small=true choices=Signal::derive(role_choices) value=Signal::stored(role.word().to_owned()) on_change=move |key: String| {
                        if let Some(role) = ROLES.into_iter().find(|role| role.word() == key) { change(members, async move { api::change_role(&id.get_value(), &ChangeRole { role }).await }); }
                    }/> }.into_any()
                } else { view! { <Badge label=t(role_name(role))/> }.into_any() }}
            </td>
            <td class="min-w-36" data-label=t(m::DEPARTMENT)>
                {if manages {
                    view! { <Select label=t(m::DEPARTMENT) small=true choices=departments value=Signal::stored(department) on_change=move |key: String| alter(ChangeMember { department: Some(key), ..ChangeMember::default() })/> }.into_any()
                } else { department_title.into_any() }}
            </td>
            <td data-label=t(m::HEAD)><Toggle label=t(m::HEAD) checked=Signal::stored(member.head) disabled=Signal::stored(!manages || member.department.is_none()) on_change=move |on| alter(ChangeMember { head: Some(on), ..ChangeMember::default() })/></td>
            <td data-label=t(m::AWAY_SHORT)><Toggle label=t(m::AWAY) checked=Signal::stored(member.away) disabled=Signal::stored(!manages) on_change=move |on| alter(ChangeMember { away: Some(on), ..ChangeMember::default() })/></td>
            <td class="text-right">{manages.then(|| view! { <Button label=t(people::EDIT) size=Size::Small look=Look::Quiet on_press=move |_| editing.set(Some(edited.get_value()))/> })}</td>
        </tr>
    }
}
