//! Sign-in.

use api_types::SignIn;
use leptos::{ev, prelude::*, task::spawn_local};
use leptos_router::hooks::{use_navigate, use_query_map};
use web_ui::{Button, Look, Notice, Size, TextField, Tone};

use super::door::Door;
use crate::{
    api, browser,
    i18n::{hint, people, say, shell as m, t},
    session::{self, Session},
    shell::page_title,
};

/// Where to go after signing in: a path of the studio or a form of the team's own, nothing else.
#[must_use]
pub fn next_page(asked: Option<&str>) -> String {
    let ours = |path: &&str| path.starts_with("/s/") || path.starts_with("/f/@");
    asked.filter(ours).unwrap_or("/s/home").to_owned()
}

/// `/login`
#[component]
pub fn Login() -> impl IntoView {
    page_title(|| say(m::SIGN_IN).to_owned());
    let (login, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (busy, wrong) = (RwSignal::new(false), RwSignal::new(None::<String>));
    let query = use_query_map();
    let navigate = use_navigate();
    Effect::new(move || {
        if matches!(session::session(), Session::Of(_)) {
            let next = next_page(query.with_untracked(|query| query.get("next")).as_deref());
            // A form is the server's page, not one of this program's.
            if next.starts_with("/f/") { browser::go(&next) } else { navigate(&next, Default::default()) }
        }
    });
    // Asked for once the server says so.
    let code = RwSignal::new(None::<RwSignal<String>>);
    let send = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let typed = code.get_untracked().map(|code| code.get_untracked().trim().to_owned());
        let sign_in = SignIn {
            login: login.get_untracked().trim().to_owned(),
            password: password.get_untracked(),
            code: typed.filter(|code| !code.is_empty()),
        };
        if sign_in.login.is_empty() || sign_in.password.is_empty() {
            wrong.set(Some(say(m::SIGN_IN_EMPTY).to_owned()));
            return;
        }
        busy.set(true);
        spawn_local(async move {
            match api::sign_in(&sign_in).await {
                Ok(view) => session::enter(session::in_chosen_language(view).await),
                Err(fault) if fault.code == "auth.second_step" => {
                    wrong.set(None);
                    code.set(Some(RwSignal::new(String::new())));
                }
                Err(fault) if matches!(fault.status, 401 | 403) => {
                    wrong.set(Some(fault.message.unwrap_or_else(|| say(m::SIGN_IN_WRONG).to_owned())))
                }
                Err(fault) => wrong.set(Some(fault.in_words())),
            }
            busy.set(false);
        });
    };
    view! {
        <Door title=t(m::SIGN_IN_TITLE) about=t(m::SIGN_IN_ABOUT)>
            <form class="flex flex-col gap-4" novalidate=true on:submit=send>
                <Show when=move || wrong.get().is_some()>
                    <Notice tone=Tone::Error>{move || wrong.get()}</Notice>
                </Show>
                <TextField id="login" label=t(m::LOGIN) value=login autocomplete="username" required=true autofocus=true/>
                <TextField id="password" label=t(m::PASSWORD) value=password kind="password" autocomplete="current-password" required=true/>
                {move || code.get().map(|code| view! {
                    <TextField id="code" label=t(people::CODE) value=code autocomplete="one-time-code" hint=hint(people::CODE_HINT) required=true autofocus=true/>
                })}
                <Button label=t(m::SIGN_IN) look=Look::Primary size=Size::Large submit=true busy=busy/>
            </form>
            <p class="mt-4"><a class="cx-link" href="/forgot" rel="external">{t(people::FORGOT)}</a></p>
            <p class="mt-4 text-xs text-muted">{t(m::FIRST_USER)}</p>
        </Door>
    }
}
