//! Departments as they stand below each other; adding one, and changing title, place and head.

use api_types::{ChangeDepartment, DepartmentView, MemberView, NewDepartment, Role};
use leptos::{ev, prelude::*, task::spawn_local};
use web_ui::{
    Button, Card, Choice, Dialog, DialogActions, Empty, Icon, Look, Notice, Quoting, SelectField, Size,
    SkeletonLines, Table, TextField, Tone,
};

use super::SectionHead;
use crate::{
    api,
    i18n::{common, hint, people, say, settings as m, t},
    load::{Loaded, load},
    notify,
    pages::door::Said,
    session,
    shell::open_while,
};

/// Each department after the one it stands below, with how deep it stands. Who stands in a circle is at the top.
fn tree(departments: &[DepartmentView]) -> Vec<(usize, DepartmentView)> {
    fn add(all: &[DepartmentView], of: Option<&str>, depth: usize, found: &mut Vec<(usize, DepartmentView)>) {
        for one in all {
            let is_new = !found.iter().any(|(_, known)| known.key == one.key);
            if is_new && one.parent.as_deref() == of {
                found.push((depth, one.clone()));
                add(all, Some(&one.key), depth + 1, found);
            }
        }
    }
    let mut found = Vec::with_capacity(departments.len());
    add(departments, None, 0, &mut found);
    let left: Vec<_> =
        departments.iter().filter(|one| !found.iter().any(|(_, known)| known.key == one.key)).collect();
    let left: Vec<_> = left.into_iter().map(|one| (0, one.clone())).collect();
    found.extend(left);
    found
}

/// Space before the title of a department that stands below others.
const INDENT: [&str; 5] = ["", "pl-5", "pl-10", "pl-15", "pl-20"];

/// Departments that another may stand below: neither itself nor what stands below it.
fn parents(departments: &[DepartmentView], of: Option<&str>) -> Vec<Choice> {
    let mut below: Vec<&str> = of.into_iter().collect();
    let mut looked_at = 0;
    while let Some(key) = below.get(looked_at).copied() {
        let children = departments.iter().filter(|one| one.parent.as_deref() == Some(key));
        let new: Vec<&str> =
            children.map(|one| one.key.as_str()).filter(|key| !below.contains(key)).collect();
        below.extend(new);
        looked_at += 1;
    }
    let fit = tree(departments).into_iter().filter(|(_, one)| !below.contains(&one.key.as_str()));
    let named =
        fit.map(|(depth, one)| Choice::new(one.key, format!("{}{}", "\u{3000}".repeat(depth), one.title)));
    std::iter::once(Choice::new("", say(people::PARENT_NONE))).chain(named).collect()
}

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
    let editing = RwSignal::new(None::<DepartmentView>);
    view! {
        <SectionHead title=m::DEPARTMENTS about=m::DEPARTMENTS_ABOUT>
            <Show when=|| session::may(Role::Admin)><Button label=t(m::ADD_DEPARTMENT) icon=Icon::Plus look=Look::Primary on_press=move |_| adding.set(true)/></Show>
        </SectionHead>
        <Card flush=true>
            {departments.view(
                || view! { <SkeletonLines lines=4/> },
                move |list| view! {
                    <Show when=move || !list.with(Vec::is_empty) fallback=|| view! { <Empty icon=Icon::Building title=t(m::NO_DEPARTMENTS)/> }>
                        <Table label=t(m::DEPARTMENTS) cards=true>
                            <thead><tr><th scope="col">{t(m::DEPARTMENT)}</th><th scope="col">{t(m::HEAD)}</th><th scope="col" class="text-right">{t(m::COUNT)}</th><th scope="col"><span class="sr-only">{t(people::EDIT)}</span></th></tr></thead>
                            <tbody>
                                <For each=move || list.with(|list| tree(list)) key=|line| format!("{line:?}") let:line>
                                    {
                                        let (depth, department) = line;
                                        let edited = StoredValue::new(department.clone());
                                        view! {
                                            <tr>
                                                <td class="cx-card-head"><span class=INDENT[depth.min(INDENT.len() - 1)]><span class="font-medium">{department.title}</span> <code class="ml-2 font-mono text-xs text-muted">{department.key}</code></span></td>
                                                <td class="text-muted" data-label=t(m::HEAD)>{ let head = department.head; move || head_of(head.clone()).unwrap_or_else(|| say(common::NOTHING).to_owned()) }</td>
                                                <td class="tabular text-right" data-label=t(m::COUNT)>{department.members}</td>
                                                <td class="text-right"><Show when=|| session::may(Role::Admin)><Button label=t(people::EDIT) size=Size::Small look=Look::Quiet on_press=move |_| editing.set(Some(edited.get_value()))/></Show></td>
                                            </tr>
                                        }
                                    }
                                </For>
                            </tbody>
                        </Table>
                    </Show>
                },
            )}
        </Card>
        <Dialog open=adding title=t(m::ADD_DEPARTMENT) close=t(common::CLOSE)><Adding adding=adding departments=departments/></Dialog>
        <Editing department=editing departments=departments members=members/>
    }
}

#[component]
fn Adding(adding: RwSignal<bool>, departments: Loaded<Vec<DepartmentView>>) -> impl IntoView {
    let [key, zh, en, parent] = [(); 4].map(|()| RwSignal::new(String::new()));
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
        let department = NewDepartment {
            key: words(key),
            title: form_engine::Text::Localized(titles),
            parent: Some(words(parent)).filter(|key| !key.is_empty()),
        };
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
    let choices = Signal::derive(move || parents(&departments.get().unwrap_or_default(), None));
    view! {
        <form class="flex flex-col gap-4" novalidate=true on:submit=send>
            <TextField id="department-key" label=t(m::KEY) value=key hint=hint(m::KEY_HINT) required=true autofocus=true error=needed(key)/>
            <TextField id="department-zh" label=t(m::TITLE_ZH) value=zh required=true error=needed(zh)/>
            <TextField id="department-en" label=t(m::TITLE_EN) value=en/>
            <SelectField id="department-parent" label=t(people::PARENT) choices=choices value=parent/>
            <DialogActions>
                <Button label=t(common::CANCEL) on_press=move |_| adding.set(false)/>
                <Button label=t(m::ADD_DEPARTMENT) look=Look::Primary submit=true busy=busy/>
            </DialogActions>
        </form>
    }
}

#[component]
fn Editing(
    department: RwSignal<Option<DepartmentView>>,
    departments: Loaded<Vec<DepartmentView>>,
    members: Loaded<Vec<MemberView>>,
) -> impl IntoView {
    let open = open_while(department);
    view! {
        <Dialog open=open title=t(people::EDIT_DEPARTMENT) close=t(common::CLOSE)>
            {move || department.get().map(|one| view! { <Edit department=one open=open departments=departments members=members/> })}
        </Dialog>
    }
}

#[component]
fn Edit(
    department: DepartmentView,
    open: RwSignal<bool>,
    departments: Loaded<Vec<DepartmentView>>,
    members: Loaded<Vec<MemberView>>,
) -> impl IntoView {
    let key = StoredValue::new(department.key.clone());
    let title = RwSignal::new(department.title.clone());
    let parent = RwSignal::new(department.parent.clone().unwrap_or_default());
    let head = RwSignal::new(department.head.clone().unwrap_or_default());
    let (said, busy) = (Said::nothing(), RwSignal::new(false));
    // What keeps it from being taken away.
    let held = RwSignal::new(Vec::<String>::new());
    let before = StoredValue::new(department);
    let send = move |event: ev::SubmitEvent| {
        event.prevent_default();
        said.clear();
        let before = before.get_value();
        let changed =
            |now: String, before: Option<String>| Some(now).filter(|now| *now != before.unwrap_or_default());
        let change = ChangeDepartment {
            title: changed(title.get_untracked(), Some(before.title)),
            parent: changed(parent.get_untracked(), before.parent),
            head: changed(head.get_untracked(), before.head),
        };
        busy.set(true);
        spawn_local(async move {
            match api::change_department(&key.get_value(), &change).await {
                Ok(()) => {
                    notify::success(m::CHANGED);
                    open.set(false);
                    departments.refresh();
                }
                Err(fault) => said.refuse(&fault),
            }
            let _ = busy.try_set(false);
        });
    };
    let above = Signal::derive(move || {
        key.with_value(|key| parents(&departments.get().unwrap_or_default(), Some(key)))
    });
    let heads = Signal::derive(move || {
        let none = Choice::new("", say(people::HEAD_NONE));
        let there = members.get().unwrap_or_default().into_iter().filter(|member| !member.disabled);
        std::iter::once(none).chain(there.map(|member| Choice::new(member.id, member.name))).collect()
    });
    let remove = move |_| {
        busy.set(true);
        spawn_local(async move {
            match api::drop_department(&key.get_value()).await {
                Ok(()) => {
                    notify::success(people::DEPARTMENT_GONE);
                    open.set(false);
                    departments.refresh();
                }
                Err(fault) => held.set(fault.problems.iter().map(|one| one.message.clone()).collect()),
            }
            let _ = busy.try_set(false);
        });
    };
    view! {
        <form class="flex flex-col gap-4" novalidate=true on:submit=send>
            <Show when=move || !held.with(Vec::is_empty)>
                <Notice tone=Tone::Warning>
                    <p>{t(people::DEPARTMENT_HELD)}</p>
                    <ul class="mt-1 list-disc pl-5">{move || held.get().into_iter().map(|why| view! { <li><Quoting text=why/></li> }).collect_view()}</ul>
                </Notice>
            </Show>
            <TextField id="department-title" label=t(people::TITLE) value=title required=true error=said.of("/title")/>
            <SelectField id="department-above" label=t(people::PARENT) choices=above value=parent error=said.of("/parent")/>
            <SelectField id="department-head" label=t(m::HEAD) choices=heads value=head error=said.of("/head")/>
            <DialogActions>
                <span class="grow"><Button label=t(people::DEPARTMENT_REMOVE) icon=Icon::Trash look=Look::Quiet busy=busy on_press=remove/></span>
                <Button label=t(common::CANCEL) on_press=move |_| open.set(false)/>
                <Button label=t(common::SAVE) look=Look::Primary submit=true busy=busy/>
            </DialogActions>
        </form>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn department(key: &str, parent: Option<&str>) -> DepartmentView {
        let parent = parent.map(str::to_owned);
        DepartmentView { key: key.to_owned(), title: key.to_owned(), head: None, members: 0, parent }
    }

    #[test]
    fn departments_follow_the_one_they_stand_below() {
        let all = [
            department("north", Some("sales")),
            department("care", None),
            department("sales", None),
            department("city", Some("north")),
            department("a", Some("b")),
            department("b", Some("a")),
        ];
        let lines: Vec<(usize, String)> =
            tree(&all).into_iter().map(|(depth, one)| (depth, one.key)).collect();
        let expected = [(0, "care"), (0, "sales"), (1, "north"), (2, "city"), (0, "a"), (0, "b")];
        assert_eq!(lines, expected.map(|(depth, key)| (depth, key.to_owned())));
    }

    #[test]
    fn nothing_is_put_below_itself_or_what_stands_below_it() {
        let all = [department("sales", None), department("north", Some("sales")), department("care", None)];
        let keys = |of: Option<&str>| -> Vec<String> {
            parents(&all, of).into_iter().map(|choice| choice.value).collect()
        };
        assert_eq!(keys(Some("sales")), ["", "care"]);
        assert_eq!(keys(Some("north")), ["", "sales", "care"]);
        assert_eq!(keys(None), ["", "sales", "north", "care"]);
    }
}
