//! Writing: a reply the customer sees, a note only colleagues see, or a call that was made. The three never look alike.

use api_types::{ActionView, CallOutcome, NewCall, Role};
use leptos::{ev, html, prelude::*, task::spawn_local};
use web_ui::{Button, Choice, Glyph, Icon, Look, MenuItem, Segmented, Select, SplitButton};

use super::{
    Open, QuietButton, act,
    mention::{Naming, Offer},
    model, send_and,
};
use crate::{
    api,
    i18n::{inbox as m, say, t},
    notify, session, settings,
};

/// What is being written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// To the customer.
    Reply,
    /// To colleagues.
    Note,
    /// About a call.
    Call,
}

impl Mode {
    const ALL: [Mode; 3] = [Mode::Reply, Mode::Note, Mode::Call];

    const fn key(self) -> &'static str {
        match self {
            Self::Reply => "reply",
            Self::Note => "note",
            Self::Call => "call",
        }
    }
}

const OUTCOMES: [CallOutcome; 3] = [CallOutcome::Reached, CallOutcome::NoAnswer, CallOutcome::WrongNumber];

#[component]
pub fn Composer(open: Open) -> impl IntoView {
    let busy = RwSignal::new(false);
    let outcome = RwSignal::new(CallOutcome::Reached);
    let Open { mode, text, .. } = open;
    let field = NodeRef::<html::Textarea>::new();
    Effect::new(move || {
        if open.focus.get() > 0
            && let Some(field) = field.get()
        {
            let _ = field.focus();
        }
    });
    let send = move |and: Option<ActionView>| {
        let words = text.get_untracked().trim().to_owned();
        if words.is_empty() || busy.get_untracked() {
            let _ = field.get_untracked().map(|field| field.focus());
            return;
        }
        busy.set(true);
        let (id, mode, outcome) = (open.id(), mode.get_untracked(), outcome.get_untracked());
        spawn_local(async move {
            let (answer, done) = match mode {
                Mode::Reply => (api::reply(&id, words.clone()).await, m::SENT),
                Mode::Note => (api::comment(&id, words.clone()).await, m::NOTED),
                Mode::Call => {
                    (api::log_call(&id, &NewCall { outcome, note: words.clone() }).await, m::CALLED)
                }
            };
            busy.set(false);
            match answer {
                Ok(()) => {
                    notify::success(done);
                    text.set(String::new());
                    open.loaded.refresh();
                    if let Some(action) = and {
                        act::begin(open, action, &words);
                    }
                }
                Err(fault) => notify::fault(&fault),
            }
        });
    };
    let naming = Naming::new(open, field, Signal::derive(move || mode.get() == Mode::Note));
    let keys = move |event: ev::KeyboardEvent| {
        if naming.key(&event) {
            return;
        }
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) && !event.is_composing() {
            event.prevent_default();
            send(None);
        } else if event.key() == "Escape" {
            let _ = field.get_untracked().map(|field| field.blur());
        }
    };
    let modes = Signal::derive(|| {
        Mode::ALL.into_iter().map(|mode| Choice::new(mode.key(), say(mode_name(mode)))).collect::<Vec<_>>()
    });
    let outcomes = Signal::derive(|| {
        OUTCOMES
            .into_iter()
            .map(|outcome| Choice::new(outcome_key(outcome), say(model::outcome_name(outcome))))
            .collect::<Vec<_>>()
    });
    view! {
        <div class="cx-composer" class:bg-reply=move || mode.get() == Mode::Reply class:bg-note=move || mode.get() != Mode::Reply>
            <div class="mb-2 flex flex-wrap items-center gap-x-3 gap-y-2">
                <Segmented label=t(m::WRITE_AS) choices=modes value=Signal::derive(move || mode.get().key().to_owned()) on_change=move |key: String| {
                    if let Some(chosen) = Mode::ALL.into_iter().find(|mode| mode.key() == key) { open.write(chosen); }
                }/>
                <Audience open=open/>
            </div>
            <div class="cx-menu cx-menu-up">
                <textarea
                    node_ref=field id="composer" class="textarea min-h-20 resize-y" rows="3" aria-label=move || say(holder(mode.get())) placeholder=move || say(holder(mode.get()))
                    aria-autocomplete=move || (mode.get() == Mode::Note).then_some("list") aria-controls=move || naming.is_open().then_some("colleagues") aria-activedescendant=move || naming.active()
                    bind:value=text on:keydown=keys on:input=move |_| naming.look() on:keyup=move |_| naming.look() on:click=move |_| naming.look() on:blur=move |_| naming.close()
                ></textarea>
                <Offer naming=naming/>
            </div>
            <div class="mt-2 flex flex-wrap items-center justify-end gap-2">
                <Show when=move || mode.get() == Mode::Call>
                    <div class="w-40"><Select label=t(m::OUTCOME) choices=outcomes value=Signal::derive(move || outcome_key(outcome.get()).to_owned()) on_change=move |key: String| {
                        if let Some(chosen) = OUTCOMES.into_iter().find(|outcome| outcome_key(*outcome) == key) { outcome.set(chosen); }
                    }/></div>
                </Show>
                <Show when=move || mode.get() == Mode::Reply && !text.with(|text| text.trim().is_empty())>
                    <QuietButton label=t(m::COPY_TEXT) icon=Icon::Copy on_press=move |_| notify::copy(text.get_untracked())/>
                </Show>
                <span class="grow"></span>
                <span class="hidden text-xs text-muted sm:inline"><kbd class="cx-kbd">"Ctrl"</kbd>" "<kbd class="cx-kbd">"Enter"</kbd></span>
                {move || match mode.get() {
                    Mode::Reply if open.detail.with(|detail| !detail.actions.is_empty()) => view! {
                        <SplitButton label=t(m::SEND) more=t(m::SEND_MORE) icon=Icon::Send busy=busy on_press=move |_| send(None)>
                            {move || open.detail.with(|detail| detail.actions.clone()).into_iter().map(|action| {
                                let label = send_and(&action.label);
                                view! { <MenuItem label=label icon=Icon::Send on_press=move |()| send(Some(action.clone()))/> }
                            }).collect_view()}
                        </SplitButton>
                    }.into_any(),
                    Mode::Reply => view! { <Button label=t(m::SEND) icon=Icon::Send look=Look::Primary busy=busy on_press=move |_| send(None)/> }.into_any(),
                    Mode::Note => view! { <Button label=t(m::ADD_NOTE) icon=Icon::Lock look=Look::Primary busy=busy on_press=move |_| send(None)/> }.into_any(),
                    Mode::Call => view! { <Button label=t(m::SAVE_CALL) icon=Icon::Phone look=Look::Primary busy=busy on_press=move |_| send(None)/> }.into_any(),
                }}
            </div>
        </div>
    }
}

const fn mode_name(mode: Mode) -> crate::i18n::Message {
    match mode {
        Mode::Reply => m::REPLY,
        Mode::Note => m::NOTE,
        Mode::Call => m::CALL,
    }
}

const fn holder(mode: Mode) -> crate::i18n::Message {
    match mode {
        Mode::Reply => m::REPLY_HOLDER,
        Mode::Note => m::NOTE_HOLDER,
        Mode::Call => m::CALL_HOLDER,
    }
}

const fn outcome_key(outcome: CallOutcome) -> &'static str {
    match outcome {
        CallOutcome::Reached => "reached",
        CallOutcome::NoAnswer => "no_answer",
        CallOutcome::WrongNumber => "wrong_number",
    }
}

/// Who will read this.
#[component]
fn Audience(open: Open) -> impl IntoView {
    let words = move || match open.mode.get() {
        Mode::Reply => {
            open.detail.with(|detail| model::reply_goes(detail.customer_card.as_ref(), settings::language()))
        }
        Mode::Note | Mode::Call => say(m::NOTE_VISIBLE).to_owned(),
    };
    let icon = Signal::derive(move || if open.mode.get() == Mode::Reply { Icon::Eye } else { Icon::Lock });
    view! {
        <p class="flex min-w-0 items-start gap-1.5 text-xs text-ink-neutral" class:hidden=|| !session::may(Role::Agent)>
            <Glyph icon=icon/>
            <span class="min-w-0">
                {move || (open.mode.get() == Mode::Reply).then(|| view! { <span class="font-medium">{say(m::REPLY_VISIBLE)}</span> " · " })}
                {words}
            </span>
        </p>
    }
}
