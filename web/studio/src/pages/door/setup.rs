//! `/setup/{token}`: the first team of an empty server.

use api_types::NewSetup;
use leptos::{ev, prelude::*, task::spawn_local};
use leptos_router::hooks::use_params_map;
use web_ui::{Button, Look, Size, TextField};

use super::{Door, LEAST_CHARS, Over, Said};
use crate::{
    api, browser,
    i18n::{hint, people as m, say, settings as words, t},
    settings,
    shell::page_title,
};

#[component]
pub fn Setup() -> impl IntoView {
    page_title(|| say(m::SETUP_TITLE).to_owned());
    let params = use_params_map();
    let [team, name, login, password] = [(); 4].map(|()| RwSignal::new(String::new()));
    let (said, busy, over) = (Said::nothing(), RwSignal::new(false), RwSignal::new(false));
    let send = move |event: ev::SubmitEvent| {
        event.prevent_default();
        said.clear();
        let token = params.with_untracked(|params| params.get("token")).unwrap_or_default();
        let typed = |value: RwSignal<String>| value.get_untracked().trim().to_owned();
        let setup = NewSetup {
            team: typed(team),
            name: typed(name),
            login: typed(login),
            password: password.get_untracked(),
            language: settings::language_code().to_owned(),
        };
        for (path, value) in [("/team", &setup.team), ("/name", &setup.name), ("/login", &setup.login)] {
            if value.is_empty() {
                said.add(path, say(words::NEEDED));
            }
        }
        if setup.password.chars().count() < LEAST_CHARS {
            said.add("/password", say(m::PASSWORD_SHORT));
        }
        if !said.is_empty() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            match api::set_up(&token, &setup).await {
                Ok(_) => browser::go("/s/start"),
                Err(fault) if fault.status == 404 => over.set(true),
                Err(fault) => said.refuse(&fault),
            }
            let _ = busy.try_set(false);
        });
    };
    view! {
        <Show when=move || !over.get() fallback=|| view! { <Over/> }>
            <Door title=t(m::SETUP_TITLE) about=t(m::SETUP_ABOUT)>
                <form class="flex flex-col gap-4" novalidate=true on:submit=send>
                    <TextField id="setup-team" label=t(m::SETUP_TEAM) value=team autocomplete="organization" hint=hint(m::SETUP_TEAM_HINT) required=true autofocus=true error=said.of("/team")/>
                    <TextField id="setup-name" label=t(m::YOUR_NAME) value=name autocomplete="name" required=true error=said.of("/name")/>
                    <TextField id="setup-login" label=t(m::LOGIN) value=login autocomplete="username" hint=hint(m::LOGIN_HINT) required=true error=said.of("/login")/>
                    <TextField id="setup-password" label=t(m::PASSWORD) value=password kind="password" autocomplete="new-password" hint=hint(m::PASSWORD_HINT) required=true error=said.of("/password")/>
                    <Button label=t(m::SETUP_DO) look=Look::Primary size=Size::Large submit=true busy=busy/>
                </form>
            </Door>
        </Show>
    }
}
