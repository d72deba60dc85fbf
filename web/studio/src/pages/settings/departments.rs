//! Departments, and adding one.

use api_types::{DepartmentView, NewDepartment, Role};
use leptos::{ev, prelude::*, task::spawn_local};
use web_ui::{Button, Card, Dialog, DialogActions, Empty, Icon, Look, SkeletonLines, Table, TextField};

use super::SectionHead;
use crate::{
    api,
    i18n::{common, hint, say, settings as m, t},
    load::{Loaded, load},
    notify, session,
};

#[component]
pub fn Departments() -> impl IntoView {
    let departments = load(|| (), |()| async { api::departments().await });
    let members = load(|| (), |()| async { api::members().await });
    let head_of = move |id: Option<String>| {
        id.and_then(|id| {
            members
                .with(|members| {
                    members.iter().find(|member| member.id == id).map(|member| member.name.clone())
                })
                .flatten()
        })
    };
    let adding = RwSignal::new(false);
    view! {
        <SectionHead title=m::DEPARTMENTS about=m::DEPARTMENTS_ABOUT>
            <Show when=|| session::may(Role::Admin)><Button label=t(m::ADD_DEPARTMENT) icon=Icon::Plus look=Look::Primary on_press=move |_| adding.set(true)/></Show>
        </SectionHead>
        <Card flush=true>
            {departments.view(
                || view! { <SkeletonLines lines=4/> },
                move |list| view! {
                    <Show when=move || !list.with(Vec::is_empty) fallback=|| view! { <Empty icon=Icon::Building title=t(m::NO_DEPARTMENTS)/> }>
                        <Table label=t(m::DEPARTMENTS)>
                            <thead><tr><th scope="col">{t(m::DEPARTMENT)}</th><th scope="col">{t(m::HEAD)}</th><th scope="col" class="text-right">{t(m::COUNT)}</th></tr></thead>
                            <tbody>
                                <For each=move || list.get() key=|department| (department.key.clone(), department.title.clone(), department.members) let:department>
                                    <tr>
                                        <td><span class="font-medium">{department.title}</span> <code class="ml-2 font-mono text-xs text-muted">{department.key}</code></td>
                                        <td class="text-muted">{ let head = department.head; move || head_of(head.clone()) }</td>
                                        <td class="tabular text-right">{department.members}</td>
                                    </tr>
                                </For>
                            </tbody>
                        </Table>
                    </Show>
                },
            )}
        </Card>
        <Dialog open=adding title=t(m::ADD_DEPARTMENT) close=t(common::CLOSE)><Adding adding=adding departments=departments/></Dialog>
    }
}

#[component]
fn Adding(adding: RwSignal<bool>, departments: Loaded<Vec<DepartmentView>>) -> impl IntoView {
    let [key, zh, en] = [(); 3].map(|()| RwSignal::new(String::new()));
    let (tried, busy) = (RwSignal::new(false), RwSignal::new(false));
    let needed = move |value: RwSignal<String>| {
        Signal::derive(move || {
            (tried.get() && value.with(|value| value.trim().is_empty())).then(|| say(m::NEEDED).to_owned())
        })
    };
    let send = move |event: ev::SubmitEvent| {
        event.prevent_default();
        tried.set(true);
        let words = |value: RwSignal<String>| value.get_untracked().trim().to_owned();
        if words(key).is_empty() || words(zh).is_empty() {
            return;
        }
        let titles = [("zh".to_owned(), words(zh)), ("en".to_owned(), words(en))]
            .into_iter()
            .filter(|(_, title)| !title.is_empty())
            .collect();
        let department =
            NewDepartment { key: words(key), title: form_engine::Text::Localized(titles), parent: None };
        busy.set(true);
        spawn_local(async move {
            match api::add_department(&department).await {
                Ok(()) => {
                    notify::success(m::DEPARTMENT_ADDED);
                    adding.set(false);
                    departments.refresh();
                }
                Err(fault) => notify::fault(&fault),
            }
            let _ = busy.try_set(false);
        });
    };
    view! {
        <form class="flex flex-col gap-4" novalidate=true on:submit=send>
            <TextField id="department-key" label=t(m::KEY) value=key hint=hint(m::KEY_HINT) required=true autofocus=true error=needed(key)/>
            <TextField id="department-zh" label=t(m::TITLE_ZH) value=zh required=true error=needed(zh)/>
            <TextField id="department-en" label=t(m::TITLE_EN) value=en/>
            <DialogActions>
                <Button label=t(common::CANCEL) on_press=move |_| adding.set(false)/>
                <Button label=t(m::ADD_DEPARTMENT) look=Look::Primary submit=true busy=busy/>
            </DialogActions>
        </form>
    }
}
