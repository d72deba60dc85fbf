//! Inviting somebody: a link to copy or, where no mail reaches them, an account with a first password; and the links that were made.

use api_types::{InvitationState, InvitationView, MemberView, NewInvitation, NewMember, Role};
use leptos::{ev, prelude::*, task::spawn_local};
use web_ui::{
    Badge, Button, Card, Choice, DialogActions, Icon, Look, Notice, Segmented, SelectField, Size, Table,
    TextField, Tone,
};

use super::{ROLES, role_choices};
use crate::{
    api,
    browser::select_all,
    i18n::{Message, common, hint, people as m, say, settings as words, shell, t},
    load::Loaded,
    notify,
    pages::{
        door::{LEAST_CHARS, Said},
        role_name,
    },
    shell::full_time,
};

/// The two ways in.
const LINK: &str = "link";
const PASSWORD: &str = "password";

/// Owners are made of members, never by a link.
fn invited_roles() -> Vec<Choice> {
    role_choices().into_iter().filter(|choice| choice.value != Role::Owner.word()).collect()
}

#[component]
pub fn Inviting(
    inviting: RwSignal<bool>,
    members: Loaded<Vec<MemberView>>,
    invitations: Loaded<Vec<InvitationView>>,
    departments: Signal<Vec<Choice>>,
) -> impl IntoView {
    let [name, email, department, password] = [(); 4].map(|()| RwSignal::new(String::new()));
    let way = RwSignal::new(LINK.to_owned());
    let by_password = Memo::new(move |_| way.with(|way| way == PASSWORD));
    let role = RwSignal::new(Role::Agent.word().to_owned());
    let (said, busy) = (Said::nothing(), RwSignal::new(false));
    let made = RwSignal::new(None::<String>);
    let send = move |event: ev::SubmitEvent| {
        event.prevent_default();
        said.clear();
        let typed = |value: RwSignal<String>| {
            Some(value.get_untracked().trim().to_owned()).filter(|text| !text.is_empty())
        };
        let chosen = role.get_untracked();
        let role = ROLES.into_iter().find(|each| each.word() == chosen).unwrap_or(Role::Member);
        if by_password.get_untracked() {
            for (path, value) in [("/name", name), ("/email", email)] {
                if typed(value).is_none() {
                    said.add(path, say(words::NEEDED));
                }
            }
            if password.with_untracked(|password| password.chars().count() < LEAST_CHARS) {
                said.add("/password", say(words::PASSWORD_SHORT));
            }
            if !said.is_empty() {
                return;
            }
            let member = NewMember {
                name: typed(name).unwrap_or_default(),
                email: typed(email).unwrap_or_default(),
                password: password.get_untracked(),
                role,
                department: typed(department),
            };
            busy.set(true);
            spawn_local(async move {
                match api::add_member(&member).await {
                    Ok(_) => {
                        notify::success(words::ADDED);
                        inviting.set(false);
                        members.refresh();
                    }
                    Err(fault) => said.refuse(&fault),
                }
                let _ = busy.try_set(false);
            });
            return;
        }
        let invitation =
            NewInvitation { role, department: typed(department), name: typed(name), email: typed(email) };
        busy.set(true);
        spawn_local(async move {
            match api::invite(&invitation).await {
                Ok(invitation) => {
                    made.set(invitation.link);
                    invitations.refresh();
                }
                Err(fault) => said.refuse(&fault),
            }
            let _ = busy.try_set(false);
        });
    };
    move || {
        match made.get() {
        Some(link) => view! {
            <Notice tone=Tone::Success>{t(m::INVITE_READY)}</Notice>
            <Link link=link/>
            <DialogActions><Button label=t(m::DONE) on_press=move |_| inviting.set(false)/></DialogActions>
        }
        .into_any(),
        None => view! {
            <form class="flex flex-col gap-4" novalidate=true on:submit=send>
                <Segmented label=t(m::INVITE_WAY) choices=Signal::derive(|| vec![Choice::new(LINK, say(m::BY_LINK)), Choice::new(PASSWORD, say(m::BY_PASSWORD))]) value=way on_change=move |chosen| { said.clear(); way.set(chosen); }/>
                <p class="text-muted">{move || say(if by_password.get() { m::BY_PASSWORD_ABOUT } else { m::INVITE_ABOUT })}</p>
                <div class="grid grid-cols-1 gap-4 sm:grid-cols-2">
                    <SelectField id="invite-role" label=t(words::ROLE) choices=Signal::derive(invited_roles) value=role/>
                    <SelectField id="invite-department" label=t(words::DEPARTMENT) choices=departments value=department error=said.of("/department")/>
                </div>
                <TextField id="invite-name" label=Signal::derive(move || say(if by_password.get() { words::NAME } else { m::INVITE_NAME }).to_owned()) value=name error=said.of("/name")/>
                <TextField id="invite-email" label=Signal::derive(move || say(if by_password.get() { shell::LOGIN } else { m::INVITE_MAIL }).to_owned()) value=email autocomplete="off" error=said.of("/email")/>
                <Show when=move || by_password.get()>
                    <TextField id="invite-password" label=t(words::PASSWORD) value=password kind="password" autocomplete="new-password" hint=hint(words::PASSWORD_HINT) error=said.of("/password")/>
                </Show>
                <DialogActions>
                    <Button label=t(common::CANCEL) on_press=move |_| inviting.set(false)/>
                    <Button label=Signal::derive(move || say(if by_password.get() { words::ADD_MEMBER } else { m::INVITE_DO }).to_owned()) look=Look::Primary submit=true busy=busy/>
                </DialogActions>
            </form>
        }
        .into_any(),
    }
    }
}

/// A link to be handed to somebody.
#[component]
pub fn Link(link: String) -> impl IntoView {
    let copied = link.clone();
    view! {
        <div class="mt-4 flex gap-2">
            <input class="input font-mono text-xs" readonly=true aria-label=t(m::LINK) prop:value=link on:focus=select_all/>
            <Button label=t(m::COPY_LINK) icon=Icon::Copy look=Look::Primary on_press=move |_| notify::copy(copied.clone())/>
        </div>
    }
}

const fn state_words(state: InvitationState) -> (Message, Tone) {
    match state {
        InvitationState::Open => (m::STATE_OPEN, Tone::Info),
        InvitationState::Used => (m::STATE_USED, Tone::Success),
        InvitationState::Revoked => (m::STATE_REVOKED, Tone::Neutral),
        InvitationState::Over => (m::STATE_OVER, Tone::Neutral),
    }
}

/// The links that were made; nothing while there are none.
#[component]
pub fn Invitations(
    invitations: Loaded<Vec<InvitationView>>,
    departments: Signal<Vec<Choice>>,
) -> impl IntoView {
    let revoke = move |id: String| {
        spawn_local(async move {
            match api::revoke_invitation(&id).await {
                Ok(()) => notify::success(m::REVOKED),
                Err(fault) => notify::fault(&fault),
            }
            invitations.refresh();
        });
    };
    let renew = move |id: String| {
        spawn_local(async move {
            match api::renew_invitation(&id).await {
                Ok(_) => notify::success(m::RENEWED),
                Err(fault) => notify::fault(&fault),
            }
            invitations.refresh();
        });
    };
    let some = move || invitations.with(|list| !list.is_empty()).unwrap_or_default();
    view! {
        <Show when=some>
            <Card title=t(m::INVITATIONS) flush=true class="mt-6">
                <Table label=t(m::INVITATIONS) cards=true>
                    <thead><tr><th scope="col">{t(m::INVITED)}</th><th scope="col">{t(words::ROLE)}</th><th scope="col">{t(m::STATE)}</th><th scope="col">{t(m::EXPIRES)}</th><th scope="col"><span class="sr-only">{t(m::COPY_LINK)}</span></th></tr></thead>
                    <tbody>
                        <For each=move || invitations.get().unwrap_or_default() key=|one| (one.id.clone(), one.state) let:one>
                            {
                                let (state, tone) = state_words(one.state);
                                let department = one.department.clone();
                                let title = move || department.as_ref().and_then(|key| departments.get().into_iter().find(|choice| choice.value == *key)).map(|choice| choice.label);
                                let id = StoredValue::new(one.id.clone());
                                view! {
                                    <tr>
                                        <td class="cx-card-head">
                                            <span class="block font-medium">{one.name.map_or_else(|| t(m::INVITED_ANYONE).into_any(), |name| name.into_any())}</span>
                                            <span class="block text-xs text-muted">{one.email}</span>
                                        </td>
                                        <td data-label=t(words::ROLE)><span class="block">{t(role_name(one.role))}</span><span class="block text-xs text-muted">{title}</span></td>
                                        <td data-label=t(m::STATE)><Badge label=t(state) tone=tone/></td>
                                        <td class="text-muted" data-label=t(m::EXPIRES)>{move || full_time(&one.expires_at)}</td>
                                        <td class="text-right whitespace-nowrap">
                                            {one.link.map(|link| view! { <Button label=t(m::COPY_LINK) icon=Icon::Copy size=Size::Small look=Look::Quiet on_press=move |_| notify::copy(link.clone())/> })}
                                            {(one.state == InvitationState::Over).then(|| view! { <Button label=t(m::RENEW) icon=Icon::Refresh size=Size::Small look=Look::Quiet on_press=move |_| renew(id.get_value())/> })}
                                            {(one.state == InvitationState::Open).then(|| view! { <Button label=t(m::REVOKE) size=Size::Small look=Look::Quiet on_press=move |_| revoke(id.get_value())/> })}
                                        </td>
                                    </tr>
                                }
                            }
                        </For>
                    </tbody>
                </Table>
            </Card>
        </Show>
    }
}

/// Said where nobody is named.
pub fn none(message: Message) -> Choice {
    Choice::new("", say(message))
}
