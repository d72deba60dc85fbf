//! Roles: what each allows with which form, who holds it, and seeing as a colleague.

mod edit;
pub mod model;
mod only;

use api_types::{AppView, FormSummary, MemberView, RoleView};
use leptos::{prelude::*, task::spawn_local};
use web_ui::{
    Badge, Button, Card, Choice, Dialog, Empty, Icon, Look, SelectField, Size, SkeletonLines, Stance, Table,
};

use super::SectionHead;
use crate::{
    api,
    i18n::{access as m, common, fill, hint, say, t},
    load::{Loaded, load},
    pages::role_name,
    session, settings,
    shell::open_while,
};
use edit::Editor;

/// What the editor needs around it.
#[derive(Clone, Copy)]
pub struct Around {
    /// To look again after a change.
    pub roles: Loaded<Vec<RoleView>>,
    /// Forms a rule can be about.
    pub forms: Loaded<Vec<FormSummary>>,
    /// Who a role can be given to.
    pub members: Loaded<Vec<MemberView>>,
    /// Where a new role can live.
    pub apps: Loaded<Vec<AppView>>,
}

#[component]
pub fn Roles() -> impl IntoView {
    let roles = load(|| (), |()| async { api::roles().await });
    let forms = load(|| (), |()| async { api::forms().await });
    let members = load(|| (), |()| async { api::members().await });
    let apps = load(|| (), |()| async { api::apps().await });
    let around = Around { roles, forms, members, apps };
    let edited = RwSignal::new(None::<Option<RoleView>>);
    let open = open_while(edited);
    let title = Signal::derive(move || match edited.get() {
        Some(Some(role)) => role.title,
        _ => t(m::ADD_ROLE).get(),
    });
    view! {
        <SectionHead title=m::ROLES about=m::ROLES_ABOUT>
            <Button label=t(m::ADD_ROLE) icon=Icon::Plus look=Look::Primary on_press=move |_| edited.set(Some(None))/>
        </SectionHead>
        <Card flush=true>
            {roles.view(
                || view! { <SkeletonLines lines=4/> },
                move |list| view! {
                    <Show when=move || !list.with(Vec::is_empty) fallback=|| view! { <Empty icon=Icon::Shield title=t(m::NO_ROLES) hint=hint(m::NO_ROLES_HINT)/> }>
                        <Table label=t(m::ROLES) cards=true>
                            <thead><tr><th scope="col">{t(m::ROLE)}</th><th scope="col">{t(m::HOLDERS)}</th><th scope="col">{t(m::RULES)}</th><th scope="col"><span class="sr-only">{t(m::EDIT)}</span></th></tr></thead>
                            <tbody>
                                <For each=move || list.get() key=|role| format!("{role:?}") let:role>
                                    <Line role=role edited=edited/>
                                </For>
                            </tbody>
                        </Table>
                    </Show>
                },
            )}
        </Card>
        <SeeAs members=members/>
        <Dialog open=open title=title close=t(common::CLOSE) stance=Stance::Wide>
            {move || edited.get().map(|role| view! { <Editor role=role around=around done=Callback::new(move |()| open.set(false))/> })}
        </Dialog>
    }
}

#[component]
fn Line(role: RoleView, edited: RwSignal<Option<Option<RoleView>>>) -> impl IntoView {
    let holders = model::holders(&role);
    let rules: Vec<String> = role.grants.iter().map(|grant| grant.form_title.clone()).collect();
    let chosen = role.clone();
    view! {
        <tr>
            <td class="cx-card-head"><span class="font-medium">{role.title.clone()}</span> <code class="ml-2 font-mono text-xs text-muted">{role.key.clone()}</code></td>
            <td class="text-muted" data-label=t(m::HOLDERS)>
                {move || match holders {
                    (Some(place), 0) => fill(m::EVERY_PLACE, &[("place", role_name(place).in_language(settings::language()))]),
                    (Some(place), n) => format!("{} + {}", fill(m::EVERY_PLACE, &[("place", role_name(place).in_language(settings::language()))]), fill(m::HOLDS, &[("n", &n.to_string())])),
                    (None, n) => fill(m::HOLDS, &[("n", &n.to_string())]),
                }}
            </td>
            <td data-label=t(m::RULES)><span class="flex flex-wrap gap-1">{rules.into_iter().map(|rule| view! { <Badge label=rule/> }).collect_view()}</span></td>
            <td class="text-right"><Button label=t(m::EDIT) size=Size::Small look=Look::Quiet on_press=move |_| edited.set(Some(Some(chosen.clone())))/></td>
        </tr>
    }
}

/// Looks at the studio as somebody else.
#[component]
fn SeeAs(members: Loaded<Vec<MemberView>>) -> impl IntoView {
    let chosen = RwSignal::new(String::new());
    let choices = Signal::derive(move || {
        let own = session::user_id();
        let others =
            members.get().unwrap_or_default().into_iter().filter(|member| Some(&member.id) != own.as_ref());
        let named = others.map(|member| {
            let place = role_name(member.role).in_language(settings::language());
            Choice::new(member.id, format!("{} · {place}", member.name))
        });
        std::iter::once(Choice::new("", say(m::PICK_COLLEAGUE))).chain(named).collect()
    });
    let begin = move |_| {
        let id = chosen.get_untracked();
        if !id.is_empty() {
            spawn_local(async move { session::see_as(Some(&id)) });
        }
    };
    view! {
        <div class="mt-6">
            <Card title=t(m::SEE_AS)>
                <p class="mb-3 text-muted">{t(m::SEE_AS_ABOUT)}</p>
                <div class="flex flex-wrap items-end gap-3">
                    <div class="w-72 max-w-full"><SelectField id="see-as" label=t(m::COLLEAGUE) choices=choices value=chosen/></div>
                    <Button label=t(m::BEGIN_SIGHT) icon=Icon::Eye on_press=begin/>
                </div>
            </Card>
        </div>
    }
}
