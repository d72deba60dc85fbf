//! One ticket, whole: head with what can be done, the answers pinned, what happened, the composer, and the side with the customer.
//! The inbox shows it as its third pane, a submission's page as its body.

mod act;
mod answers;
mod composer;
mod input;
mod manage;
pub mod mention;
pub mod model;
mod side;
mod timeline;

use api_types::{MemberView, SubmissionDetail};
use leptos::prelude::*;
use web_ui::{
    Badge, Button, Dialog, Glyph, Icon, IconButton, LinkButton, Look, Score, Size, Skeleton, Stance, Tone,
    Toolbar, Up,
};

use crate::{
    api, browser,
    i18n::{common, fill, inbox as m, t},
    live,
    load::{Loaded, load},
    notify, session,
    shell::{Ago, on_key},
};
use act::{ActionButtons, Assignee};
use answers::Answers;
use composer::{Composer, Mode};
use manage::Manage;
use model::Head;
use side::Side;
pub use timeline::Event as TimelineEvent;
use timeline::Timeline;

/// The ticket as its parts see it.
#[derive(Clone, Copy)]
pub struct Open {
    /// Everything about it.
    pub detail: Signal<SubmissionDetail>,
    /// To ask again after a change.
    pub loaded: Loaded<SubmissionDetail>,
    /// Reply, note or call.
    pub mode: RwSignal<Mode>,
    /// Counts requests to put the cursor into the composer.
    pub focus: RwSignal<u32>,
    /// What is being written.
    pub text: RwSignal<String>,
    /// Who else works here.
    pub colleagues: Loaded<Vec<MemberView>>,
}

impl Open {
    /// The submission's id.
    pub fn id(self) -> String {
        self.detail.with_untracked(|detail| detail.submission.id.clone())
    }

    /// May the caller work on it? Who sees as a colleague only looks. Followed.
    pub fn works(self) -> bool {
        session::seen_as().is_none()
            && self.detail.with(|detail| detail.verbs.iter().any(|verb| verb == "edit"))
    }

    /// Goes on writing as `mode`.
    pub fn write(self, mode: Mode) {
        self.mode.set(mode);
        self.focus.update(|focus| *focus += 1);
    }
}

/// The ticket with `id`; `back` leads to the list on a phone.
#[component]
pub fn Ticket(
    /// Which.
    #[prop(into)]
    id: Signal<String>,
    /// Address of the list.
    #[prop(optional, into)]
    back: Signal<Option<String>>,
) -> impl IntoView {
    let loaded = load(move || id.get(), |id| async move { api::submission(&id).await });
    live::listen_calmly(
        move |change| {
            matches!(change.entity.as_str(), "submission" | "task" | "clock" | "outbox")
                && (change.id.is_empty() || change.entity != "submission" || change.id == id.get_untracked())
        },
        move || loaded.refresh(),
    );
    let (mode, focus, text) = (RwSignal::new(Mode::Reply), RwSignal::new(0), RwSignal::new(String::new()));
    // What was begun for one customer never ends up with another.
    Effect::new(move |before: Option<String>| {
        let id = id.get();
        if let Some(before) = before.filter(|before| *before != id) {
            keep_draft(&before, &text.get_untracked());
        }
        text.set(browser::recall(&format!("draft:{id}")).unwrap_or_default());
        mode.set(Mode::Reply);
        id
    });
    Effect::new(move || {
        let words = text.get();
        keep_draft(&id.get_untracked(), &words);
    });
    let colleagues = load(|| (), |()| async { api::members().await });
    loaded.view(Waiting, move |detail| {
        let open = Open { detail, loaded, mode, focus, text, colleagues };
        keys(open);
        view! { <Body open=open back=back/> }
    })
}

fn keep_draft(id: &str, text: &str) {
    if text.trim().is_empty() {
        browser::forget(&format!("draft:{id}"));
    } else {
        browser::remember(&format!("draft:{id}"), text);
    }
}

fn keys(open: Open) {
    on_key(move |key| {
        if !untrack(|| open.works()) {
            return false;
        }
        match key {
            "r" | "R" => open.write(Mode::Reply),
            "n" | "N" => open.write(Mode::Note),
            "m" | "M" => act::assign(open, session::user_id()),
            _ => return false,
        }
        true
    });
}

#[component]
fn Body(open: Open, back: Signal<Option<String>>) -> impl IntoView {
    let wide = RwSignal::new(browser::recall("ticket-side").is_none_or(|side| side != "closed"));
    let sheet = RwSignal::new(false);
    let toggle = move |_| {
        wide.update(|wide| *wide = !*wide);
        browser::remember("ticket-side", if wide.get_untracked() { "open" } else { "closed" });
    };
    view! {
        <div class="cx-ticket">
            <div class="cx-ticket-main">
                <header class="border-b border-base-300 px-4 py-2.5 md:px-5">
                    // On a page of its own there is no list beside it.
                    {move || back.get().is_none().then(|| open.detail.with(|detail| {
                        let list = format!("/s/forms/{}/submissions", browser::encode(&detail.submission.form));
                        view! { <div class="pt-1"><Up href=list label=detail.form_title.clone()/></div> }
                    }))}
                    <div class="flex items-center gap-2">
                        {move || back.get().map(|href| view! { <a href=href class="btn btn-ghost btn-square btn-sm -ml-2 lg:hidden" aria-label=t(m::BACK_TO_LIST)><Glyph icon=Icon::ArrowLeft/></a> })}
                        <HeadLine open=open/>
                        <span class="hidden xl:block"><IconButton label=t(m::SHOW_DETAILS) icon=Icon::Panel size=Size::Small pressed=wide tip="cx-tip-left" on_press=toggle/></span>
                        <span class="xl:hidden"><IconButton label=t(m::SHOW_DETAILS) icon=Icon::Info size=Size::Small tip="cx-tip-left" on_press=move |_| sheet.set(true)/></span>
                    </div>
                    <div class="mt-2 flex flex-wrap items-center gap-2">
                        <Toolbar label=t(m::ACTIONS)>
                            <ActionButtons open=open/>
                            <Assignee open=open/>
                            <Manage open=open/>
                        </Toolbar>
                    </div>
                </header>
                <div class="cx-scroll cx-thread" id="thread" tabindex="0" role="region" aria-label=t(m::TIMELINE)>
                    <Answers open=open/>
                    <Timeline open=open/>
                </div>
                <Show when=move || open.works()><Composer open=open/></Show>
            </div>
            <Show when=move || wide.get()>
                <aside class="cx-ticket-side cx-scroll" aria-label=t(m::DETAILS)><Side open=open/></aside>
            </Show>
            <Dialog open=sheet title=t(m::DETAILS) close=t(common::CLOSE) stance=Stance::Sheet><Side open=open/></Dialog>
        </div>
    }
}

#[component]
fn HeadLine(open: Open) -> impl IntoView {
    let head = Memo::new(move |_| open.detail.with(Head::of));
    view! {
        <div class="flex min-w-0 grow flex-wrap items-center gap-x-2 gap-y-1">
            {move || head.get().score.map(|score| view! { <Score score=score label=t(common::SCORE_OF)/> })}
            <h2 class="truncate text-base">{move || head.get().customer.unwrap_or_else(|| t(common::ANONYMOUS).get())}</h2>
            <span class="tabular text-muted">{move || head.get().number}</span>
            {move || head.get().state.map(|(state, done)| view! { <Badge label=state tone=if done { Tone::Success } else { Tone::Info }/> })}
            <span class="text-xs text-muted"><Ago at=Signal::derive(move || head.get().created_at)/></span>
        </div>
    }
}

#[component]
fn Waiting() -> impl IntoView {
    view! {
        <div class="flex flex-col gap-4 p-5" aria-busy="true">
            <Skeleton class="h-6 w-56"/><Skeleton class="h-8 w-72"/><Skeleton class="h-28 w-full"/><Skeleton class="h-4 w-2/3"/><Skeleton class="h-16 w-5/6"/>
        </div>
    }
}

/// Copies an address or a text that stands beside a button.
#[component]
fn CopyButton(
    /// What is copied.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    view! { <IconButton label=t(common::COPY) icon=Icon::Copy size=Size::Small tip="cx-tip-left" on_press=move |_| notify::copy(text.get_untracked())/> }
}

/// "Send and …" needs the label of the action inside the sentence.
fn send_and(action: &str) -> String {
    fill(m::SEND_AND, &[("action", action)])
}

/// Links of the side and of the answers that lead out of the studio.
#[component]
fn OutLink(href: String, #[prop(into)] label: Signal<String>) -> impl IntoView {
    view! { <LinkButton label=label href=href icon=Icon::External size=Size::Small outside=true/> }
}

/// A quiet button in a line.
#[component]
fn QuietButton(
    #[prop(into)] label: Signal<String>,
    icon: Icon,
    #[prop(into)] on_press: Callback<leptos::ev::MouseEvent>,
) -> impl IntoView {
    view! { <Button label=label icon=icon look=Look::Quiet size=Size::Small on_press=on_press/> }
}
