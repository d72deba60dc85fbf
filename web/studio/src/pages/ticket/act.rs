//! What can be done with a ticket: the events its flow offers, with their required fields; and who owns it.

use std::{cell::RefCell, collections::BTreeMap};

use api_types::{ActionView, MemberView, Role, SendEvent};
use leptos::{ev, prelude::*, task::spawn_local};
use serde_json::{Map, Value};
use wasm_bindgen::JsCast;
use web_ui::{Avatar, Button, Dialog, DialogActions, Glyph, Icon, Look, MenuItem};

use super::{Open, input::FieldInput, model};
use crate::{
    api,
    i18n::{common, fill, inbox as m, t},
    notify, session,
    shell::open_while,
};

thread_local! {
    /// The dialog of the ticket on the page: the composer opens it too.
    static ASK: RefCell<Option<RwSignal<Option<Asked>>>> = const { RefCell::new(None) };
}

/// An action whose required fields are being asked for.
#[derive(Clone, PartialEq)]
struct Asked {
    action: ActionView,
    given: String,
}

/// Does `action` at once, or asks for its required fields first; `given` fills the first text among them.
pub fn begin(open: Open, action: ActionView, given: &str) {
    if action.require.is_empty() {
        send(open, &action, Map::new().into(), |_| {});
    } else if let Some(ask) = ASK.with_borrow(|ask| *ask) {
        ask.set(Some(Asked { action, given: given.to_owned() }));
    }
}

fn send(open: Open, action: &ActionView, data: Value, refused: impl FnOnce(api::Fault) + 'static) {
    let (id, event, label) =
        (open.id(), SendEvent { event: action.event.clone(), data }, action.label.clone());
    spawn_local(async move {
        match api::send_event(&id, &event).await {
            Ok(()) => {
                if let Some(ask) = ASK.with_borrow(|ask| *ask) {
                    ask.set(None);
                }
                notify::info(fill(m::DONE, &[("action", &label)]));
            }
            Err(fault) => {
                notify::fault(&fault);
                refused(fault);
            }
        }
        open.loaded.refresh();
    });
}

/// Gives the ticket to `assignee`.
pub fn assign(open: Open, assignee: Option<String>) {
    let id = open.id();
    spawn_local(async move {
        match api::assign(&id, assignee).await {
            Ok(()) => notify::success(m::ASSIGNED),
            Err(fault) => notify::fault(&fault),
        }
        open.loaded.refresh();
    });
}

#[component]
pub fn ActionButtons(open: Open) -> impl IntoView {
    let asked = RwSignal::new(None::<Asked>);
    ASK.set(Some(asked));
    on_cleanup(|| ASK.set(None));
    let shows = open_while(asked);
    let actions = Memo::new(move |_| open.detail.with(|detail| detail.actions.clone()));
    view! {
        <Show when=move || open.works()>
            {move || actions.get().into_iter().enumerate().map(|(index, action)| {
                let label = action.label.clone();
                let look = if index == 0 { Look::Primary } else { Look::Plain };
                view! { <Button label=label look=look icon=if index == 0 { Icon::Check } else { Icon::ArrowRight } on_press=move |_| begin(open, action.clone(), &open.text.get_untracked())/> }
            }).collect_view()}
        </Show>
        <Dialog open=shows title=Signal::derive(move || asked.with(|asked| asked.as_ref().map(|asked| asked.action.label.clone())).unwrap_or_default()) close=t(common::CLOSE)>
            {move || asked.get().map(|asked| view! { <Required open=open asked=asked shows=shows/> })}
        </Dialog>
    }
}

/// The required fields of an action.
#[component]
fn Required(open: Open, asked: Asked, shows: RwSignal<bool>) -> impl IntoView {
    let Asked { action, given } = asked;
    let mut given = Some(given).filter(|given| !given.trim().is_empty());
    let fields: Vec<_> = action
        .require
        .iter()
        .map(|field| {
            let takes_text = field.options.is_empty() && field.value_type == "text";
            let stored = open
                .detail
                .with_untracked(|detail| detail.submission.data.pointer(&field.path).map(model::option_key))
                .filter(|text| text != "null");
            let start = stored.or_else(|| if takes_text { given.take() } else { None }).unwrap_or_default();
            (field.clone(), RwSignal::new(start))
        })
        .collect();
    let errors = RwSignal::new(BTreeMap::<String, String>::new());
    let busy = RwSignal::new(false);
    let label = action.label.clone();
    let inputs = fields.clone();
    let confirm = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let mut data = Value::Object(Map::new());
        let mut missing = BTreeMap::new();
        for (field, value) in &fields {
            match model::typed(field, &value.get_untracked()) {
                Some(value) => model::place(&mut data, &field.path, value),
                None => {
                    missing.insert(field.path.clone(), fill(m::NEEDED, &[("field", &field.title)]));
                }
            }
        }
        errors.set(missing.clone());
        if missing.is_empty() && !busy.get_untracked() {
            busy.set(true);
            send(open, &action, data, move |fault| {
                let _ = busy.try_set(false);
                let _ = errors.try_set(
                    fault.problems.into_iter().map(|problem| (problem.path, problem.message)).collect(),
                );
            });
        }
    };
    // As in the composer, from which the dialog is often opened.
    let keys = |event: ev::KeyboardEvent| {
        let form = event.current_target().and_then(|form| form.dyn_into::<web_sys::HtmlFormElement>().ok());
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) && !event.is_composing() {
            event.prevent_default();
            let _ = form.map(|form| form.request_submit());
        }
    };
    view! {
        <form class="flex flex-col gap-4" novalidate=true on:submit=confirm on:keydown=keys>
            {inputs.into_iter().map(|(field, value)| {
                let path = field.path.clone();
                view! { <FieldInput field=field value=value error=Signal::derive(move || errors.with(|errors| errors.get(&path).cloned()))/> }
            }).collect_view()}
            <DialogActions>
                <Button label=t(common::CANCEL) on_press=move |_| shows.set(false)/>
                <Button label=label look=Look::Primary submit=true busy=busy/>
            </DialogActions>
        </form>
    }
}

/// Whose it is, and the menu that changes it.
#[component]
pub fn Assignee(open: Open) -> impl IntoView {
    let name = Signal::derive(move || open.detail.with(|detail| detail.assignee_name.clone()));
    view! {
        <Show when=move || open.works() && session::may(Role::Agent) fallback=move || view! { <span class="text-muted">{name}</span> }>
            <details class="cx-menu">
                <summary class="btn">
                    <span class="sr-only">{t(common::OWNER)}</span>
                    {move || match name.get() {
                        Some(name) => view! { <Avatar name=name.clone()/><span class="max-w-32 truncate">{name}</span> }.into_any(),
                        None => view! { <Glyph icon=Icon::UserPlus/><span>{t(common::NOBODY)}</span> }.into_any(),
                    }}
                    <Glyph icon=Icon::ChevronDown/>
                </summary>
                <div class="cx-menu-list" on:click=|_| web_ui::close_menus(None)>
                    <MenuItem label=t(m::ASSIGN_ME) icon=Icon::UserCheck on_press=move |()| assign(open, session::user_id())/>
                    <div class="my-1 border-t border-base-300"></div>
                    {move || able(open.colleagues.get().unwrap_or_default()).into_iter().map(|member| {
                        let id = member.id.clone();
                        let chosen = { let id = id.clone(); Signal::derive(move || open.detail.with(|detail| detail.submission.assignee.as_deref() == Some(id.as_str()))) };
                        view! { <MenuItem label=member.name checked=chosen on_press=move |()| assign(open, Some(id.clone()))/> }
                    }).collect_view()}
                    <Show when=move || name.get().is_some()>
                        <div class="my-1 border-t border-base-300"></div>
                        <MenuItem label=t(m::UNASSIGN) icon=Icon::Close on_press=move |()| assign(open, None)/>
                    </Show>
                </div>
            </details>
        </Show>
    }
}

/// Who can work a ticket.
fn able(members: Vec<MemberView>) -> Vec<MemberView> {
    members.into_iter().filter(|member| member.role <= Role::Agent && !member.away).collect()
}
