//! What else can be done with a submission, as far as the caller may: change its answers, delete it, ask who sees it.

use std::collections::BTreeMap;

use api_types::{AccessView, ChangeAnswers, FieldAccess, FieldView, Role};
use leptos::{ev, prelude::*, task::spawn_local};
use leptos_router::hooks::use_navigate;
use serde_json::{Map, Value};
use web_ui::{
    Badge, Button, Choice, Dialog, DialogActions, Glyph, Icon, Look, MenuItem, SelectField, SkeletonLines,
    Stance, Table, Tone,
};

use super::{Open, input::FieldInput, model};
use crate::{
    api,
    i18n::{access as m, common, say, t},
    load::load,
    notify,
    pages::role_name,
    session, settings,
};

/// Which dialog is open.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asked {
    Edit,
    Erase,
    Who,
}

#[component]
pub fn Manage(open: Open) -> impl IntoView {
    let [edit, erase, who] = [(); 3].map(|()| RwSignal::new(false));
    let may = move |verb: &'static str| open.detail.with(|detail| detail.verbs.iter().any(|one| one == verb));
    let any = move || may("edit") || may("delete") || session::may(Role::Admin);
    let show = move |asked: Asked| match asked {
        Asked::Edit => edit.set(true),
        Asked::Erase => erase.set(true),
        Asked::Who => who.set(true),
    };
    view! {
        <Show when=any>
            <details class="cx-menu cx-menu-end">
                <summary class="btn btn-ghost btn-square" aria-label=t(m::MORE_ACTIONS)><Glyph icon=Icon::More/></summary>
                <div class="cx-menu-list" on:click=|_| web_ui::close_menus(None)>
                    <Show when=move || may("edit")><MenuItem label=t(m::EDIT_ANSWERS) icon=Icon::Pen on_press=move |()| show(Asked::Edit)/></Show>
                    <Show when=|| session::may(Role::Admin)><MenuItem label=t(m::WHO) icon=Icon::Eye on_press=move |()| show(Asked::Who)/></Show>
                    <Show when=move || may("delete")><MenuItem label=t(m::ERASE) icon=Icon::Trash on_press=move |()| show(Asked::Erase)/></Show>
                </div>
            </details>
        </Show>
        <Dialog open=edit title=t(m::EDIT_ANSWERS) close=t(common::CLOSE) stance=Stance::Wide><Edit open=open shows=edit/></Dialog>
        <Dialog open=who title=t(m::WHO) close=t(common::CLOSE) stance=Stance::Wide><Who open=open/></Dialog>
        <Dialog open=erase title=t(m::ERASE_TITLE) close=t(common::CLOSE)><Erase open=open shows=erase/></Dialog>
    }
}

/// Kinds whose answer is one value that a plain control can hold.
fn is_plain(field: &FieldView) -> bool {
    !matches!(field.value_type.as_str(), "list")
        && !matches!(
            field.control.as_str(),
            "matrix"
                | "file"
                | "image"
                | "signature"
                | "linked_record"
                | "member"
                | "department"
                | "serial_number"
                | "formula"
        )
}

#[component]
fn Edit(open: Open, shows: RwSignal<bool>) -> impl IntoView {
    let detail = open.detail.get_untracked();
    let seen_at = detail.submission.updated_at.clone();
    let changeable =
        detail.fields.iter().filter(|field| !detail.read_only.contains(&field.path) && is_plain(field));
    let fields: Vec<(FieldView, RwSignal<String>, String)> = changeable
        .map(|field| {
            let stored =
                detail.submission.data.pointer(&field.path).map(model::option_key).unwrap_or_default();
            (field.clone(), RwSignal::new(stored.clone()), stored)
        })
        .collect();
    let errors = RwSignal::new(BTreeMap::<String, String>::new());
    let busy = RwSignal::new(false);
    let inputs = fields.clone();
    let send = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let mut data = Map::new();
        for (field, value, before) in &fields {
            let text = value.get_untracked();
            if text != *before {
                data.insert(field.path.clone(), model::typed(field, &text).unwrap_or(Value::Null));
            }
        }
        if data.is_empty() {
            shows.set(false);
            return;
        }
        busy.set(true);
        let (id, change) = (open.id(), ChangeAnswers { data, updated_at: Some(seen_at.clone()) });
        spawn_local(async move {
            match api::change_answers(&id, &change).await {
                Ok(()) => {
                    notify::success(m::ANSWERS_CHANGED);
                    shows.set(false);
                }
                Err(fault) => {
                    notify::fault(&fault);
                    let told = fault.problems.into_iter().map(|problem| (problem.path, problem.message));
                    let _ = errors.try_set(told.collect());
                }
            }
            let _ = busy.try_set(false);
            open.loaded.refresh();
        });
    };
    view! {
        <form class="flex flex-col gap-4" novalidate=true on:submit=send>
            {inputs.into_iter().map(|(field, value, _)| {
                let path = field.path.clone();
                view! { <FieldInput field=field value=value error=Signal::derive(move || errors.with(|errors| errors.get(&path).cloned()))/> }
            }).collect_view()}
            <DialogActions>
                <Button label=t(common::CANCEL) on_press=move |_| shows.set(false)/>
                <Button label=t(common::SAVE) look=Look::Primary submit=true busy=busy/>
            </DialogActions>
        </form>
    }
}

#[component]
fn Erase(open: Open, shows: RwSignal<bool>) -> impl IntoView {
    let form = open.detail.with_untracked(|detail| detail.submission.form.clone());
    let ticket = open.detail.with_untracked(|detail| detail.ticket);
    let navigate = StoredValue::new_local(use_navigate());
    let erase = move |_| {
        let (id, list) =
            (open.id(), if ticket { "/s/inbox".to_owned() } else { format!("/s/forms/{form}/submissions") });
        shows.set(false);
        spawn_local(async move {
            match api::erase(&id).await {
                Ok(()) => {
                    notify::success(m::ERASED);
                    navigate.with_value(|navigate| navigate(&list, Default::default()));
                }
                Err(fault) => notify::fault(&fault),
            }
        });
    };
    view! {
        <p>{t(m::ERASE_ABOUT)}</p>
        <DialogActions>
            <Button label=t(common::CANCEL) on_press=move |_| shows.set(false)/>
            <Button label=t(m::ERASE) look=Look::Danger on_press=erase/>
        </DialogActions>
    }
}

#[component]
fn Who(open: Open) -> impl IntoView {
    let field = RwSignal::new(String::new());
    let choices = Signal::derive(move || {
        let fields = open.detail.with(|detail| detail.fields.clone());
        std::iter::once(Choice::new("", say(m::WHOLE)))
            .chain(fields.into_iter().map(|field| Choice::new(field.path, field.title)))
            .collect()
    });
    let people = load(
        move || field.get(),
        move |field| {
            let id = open.id();
            async move { api::who(&id, &field).await }
        },
    );
    view! {
        <p class="mb-3 text-muted">{t(m::WHO_ABOUT)}</p>
        <div class="mb-3 w-72 max-w-full"><SelectField id="who-field" label=t(m::WHO_FIELD) choices=choices value=field/></div>
        {people.view(
            || view! { <SkeletonLines lines=6/> },
            move |people| view! {
                <Table label=t(m::WHO) cards=true>
                    <thead><tr><th scope="col">{t(m::BY)}</th><th scope="col">{t(m::VERBS)}</th><th scope="col">{t(m::BECAUSE)}</th></tr></thead>
                    <tbody>{move || people.get().into_iter().map(|person| view! { <Person person=person/> }).collect_view()}</tbody>
                </Table>
            },
        )}
    }
}

#[component]
fn Person(person: AccessView) -> impl IntoView {
    let seen = !person.because.is_empty();
    let verbs = Signal::derive(move || {
        person.verbs.iter().map(|verb| say(verb_name(verb))).collect::<Vec<_>>().join(say(common::LIST_COMMA))
    });
    let field = person.field.map(|field| match field {
        FieldAccess::Hidden => (m::FIELD_HIDDEN, Tone::Error),
        FieldAccess::See => (m::FIELD_KEPT, Tone::Neutral),
        FieldAccess::Edit => (m::FIELD_SHOWN, Tone::Success),
    });
    view! {
        <tr>
            <td class="cx-card-head"><span class="font-medium">{person.name}</span> " " <span class="text-xs text-muted">{move || role_name(person.role).in_language(settings::language())}</span></td>
            <td data-label=t(m::VERBS)>{if seen { verbs.into_any() } else { view! { <span class="text-muted">{t(m::NOT_SEEN)}</span> }.into_any() }} " " {field.map(|(words, tone)| view! { <Badge label=t(words) tone=tone/> })}</td>
            <td class="text-muted" data-label=t(m::BECAUSE)><ul>{person.because.into_iter().map(|reason| view! { <li>{reason}</li> }).collect_view()}</ul></td>
        </tr>
    }
}

fn verb_name(verb: &str) -> crate::i18n::Message {
    match verb {
        "add" => m::ADD,
        "edit" => m::CHANGE,
        "delete" => m::DELETE,
        "export" => m::EXPORT,
        "print" => m::PRINT,
        _ => m::SEE,
    }
}
