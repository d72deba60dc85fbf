//! Who is signed in.

use std::sync::LazyLock;

use api_types::{ChangeSession, Role, SessionView};
use leptos::{prelude::*, task::spawn_local};

use crate::{api, i18n::Language, live, notify, settings};

/// Where the sign-in stands.
#[derive(Debug, Clone, PartialEq)]
pub enum Session {
    /// Not asked yet.
    Unknown,
    /// Nobody is signed in.
    Nobody,
    /// Somebody is.
    Of(Box<SessionView>),
}

static SESSION: LazyLock<ArcRwSignal<Session>> = LazyLock::new(|| ArcRwSignal::new(Session::Unknown));

static FAULT: LazyLock<ArcRwSignal<Option<api::Fault>>> = LazyLock::new(|| ArcRwSignal::new(None));

/// Where the sign-in stands; followed.
pub fn session() -> Session {
    SESSION.get()
}

/// The session, if somebody is signed in; followed.
pub fn current() -> Option<SessionView> {
    SESSION.with(|session| match session {
        Session::Of(view) => Some((**view).clone()),
        Session::Unknown | Session::Nobody => None,
    })
}

/// The caller's role at least `least`? `Role` is ordered strongest first.
pub fn may(least: Role) -> bool {
    current().is_some_and(|session| session.role <= least)
}

/// Must the caller switch the second step on before anything else?
pub fn owes_second_step() -> bool {
    SESSION.with(|session| matches!(session, Session::Of(view) if view.owes_second_step))
}

/// Id of the signed-in user.
pub fn user_id() -> Option<String> {
    current().map(|session| session.user.id)
}

/// Asks the server who is signed in; once, at the start.
pub fn begin() {
    FAULT.set(None);
    spawn_local(async {
        match api::session().await {
            Ok(view) => enter(in_chosen_language(view).await),
            // The colleague may have left, or the rights may be gone: back to one's own.
            Err(_) if seen_as().is_some() => see_as(None),
            Err(fault) if fault.status == 401 => SESSION.set(Session::Nobody),
            // Nobody knows who is signed in while the server does not answer.
            Err(fault) => FAULT.set(Some(fault)),
        }
    });
}

/// Why it is not known who is signed in; followed.
pub fn fault() -> Option<api::Fault> {
    FAULT.get()
}

/// Whoever chose a language in this browser gets the server's words in it too.
pub async fn in_chosen_language(view: SessionView) -> SessionView {
    let chosen = settings::language_code();
    if !settings::has_chosen_language() || view.user.language == chosen || view.seen_by.is_some() {
        return view;
    }
    let change = ChangeSession { language: Some(chosen.to_owned()), team: None };
    api::change_session(&change).await.unwrap_or(view)
}

/// Somebody signed in, or moved to another team.
pub fn enter(view: SessionView) {
    if !settings::has_chosen_language() {
        settings::set_language(Language::of(&view.user.language));
    }
    let owes = view.owes_second_step;
    SESSION.set(Session::Of(Box::new(view)));
    // The server answers nothing else until it is on.
    if !owes {
        live::open();
    }
}

/// Where this tab keeps as whom it looks; other tabs go on as before.
const SEEN_AS: &str = "see-as";

fn tab_storage() -> Option<web_sys::Storage> {
    window().session_storage().ok().flatten()
}

/// The colleague as whom this tab looks.
pub fn seen_as() -> Option<String> {
    tab_storage()?.get_item(SEEN_AS).ok().flatten()
}

/// Looks as a colleague from now on, or as oneself again. Everything is loaded anew.
pub fn see_as(colleague: Option<&str>) {
    if let Some(storage) = tab_storage() {
        let _ = match colleague {
            Some(id) => storage.set_item(SEEN_AS, id),
            None => storage.remove_item(SEEN_AS),
        };
    }
    let _ = window().location().set_href("/s/home");
}

/// The server no longer knows this session.
pub fn lost() {
    live::close();
    if SESSION.with_untracked(|session| *session != Session::Nobody) {
        SESSION.set(Session::Nobody);
    }
}

/// Signs out, here and on the server.
pub fn leave() {
    spawn_local(async {
        match api::sign_out().await {
            Ok(()) => lost(),
            Err(fault) => notify::fault(&fault),
        }
    });
}

/// Switches the language without a reload. The server hears first, so that what is loaded anew comes in it.
pub fn switch_language(language: Language) {
    spawn_local(async move {
        if SESSION.with_untracked(|session| matches!(session, Session::Of(_))) {
            let change = ChangeSession { language: Some(language.code().to_owned()), team: None };
            match api::change_session(&change).await {
                Ok(view) => SESSION.set(Session::Of(Box::new(view))),
                Err(fault) => notify::fault(&fault),
            }
        }
        settings::set_language(language);
    });
}

/// Goes on in another team.
pub fn switch_team(team: String) {
    spawn_local(async move {
        match api::change_session(&ChangeSession { team: Some(team), language: None }).await {
            Ok(view) => enter(view),
            Err(fault) => notify::fault(&fault),
        }
    });
}
