//! `/join/{token}`: what an invitation offers, and taking it.

use api_types::JoinView;
use leptos::{ev, prelude::*, task::spawn_local};
use leptos_router::hooks::use_params_map;
use web_ui::{Button, Look, Notice, Size, SkeletonLines, TextField};

use super::{Door, LEAST_CHARS, Over, Said};
use crate::{
    api, browser,
    i18n::{fill, hint, people as m, say, t},
    load::load,
    notify,
    pages::role_name,
    session,
    shell::page_title,
};

#[component]
pub fn Join() -> impl IntoView {
    page_title(|| say(m::JOIN).to_owned());
    let params = use_params_map();
    let token = Memo::new(move |_| params.with(|params| params.get("token")).unwrap_or_default());
    let offer = load(
        move || token.get(),
        |token| async move {
            match api::look_at_invitation(&token).await {
                Ok(offer) => Ok(Some(offer)),
                Err(fault) if fault.status == 404 => Ok(None),
                Err(fault) => Err(fault),
            }
        },
    );
    offer.view(
        || view! { <SkeletonLines lines=4/> },
        move |found| {
            move || match found.get() {
                Some(offer) => view! { <Offer offer=offer token=token.get_untracked()/> }.into_any(),
                None => view! { <Over/> }.into_any(),
            }
        },
    )
}

#[component]
fn Offer(offer: JoinView, token: String) -> impl IntoView {
    let title = {
        let team = offer.team.clone();
        Signal::derive(move || fill(m::JOIN_TITLE, &[("team", &team)]))
    };
    let about = {
        let (role, department) = (offer.role, offer.department.clone());
        Signal::derive(move || {
            let role = say(role_name(role));
            match &department {
                Some(department) => fill(m::JOIN_AS_IN, &[("role", role), ("department", department)]),
                None => fill(m::JOIN_AS, &[("role", role)]),
            }
        })
    };
    let waiting = offer.is_waiting;
    let name = RwSignal::new(offer.name.unwrap_or_default());
    let login = RwSignal::new(offer.login.unwrap_or_default());
    let password = RwSignal::new(String::new());
    let (said, busy) = (Said::nothing(), RwSignal::new(false));
    let token = StoredValue::new(token);
    let send = move |event: ev::SubmitEvent| {
        event.prevent_default();
        said.clear();
        let join = api_types::Join {
            name: name.get_untracked().trim().to_owned(),
            login: login.get_untracked().trim().to_owned(),
            password: password.get_untracked(),
        };
        if join.password.chars().count() < LEAST_CHARS {
            said.add("/password", say(m::PASSWORD_SHORT));
            return;
        }
        busy.set(true);
        spawn_local(async move {
            match api::join(&token.get_value(), &join).await {
                Ok(_) => browser::go("/s/home"),
                Err(fault) => said.refuse(&fault),
            }
            let _ = busy.try_set(false);
        });
    };
    let with_account = move |_| {
        spawn_local(async move {
            match api::join_as(token.get_value()).await {
                Ok(()) => browser::go("/s/home"),
                Err(fault) => notify::fault(&fault),
            }
        });
    };
    view! {
        <Door title=title about=about>
            <Show when=move || session::current().is_some() && !waiting>
                <div class="mb-6 flex flex-col items-start gap-3">
                    <Notice>{move || fill(m::JOIN_SIGNED_IN, &[("name", &session::current().map(|session| session.user.name).unwrap_or_default())])}</Notice>
                    <Button label=t(m::JOIN_WITH_ACCOUNT) look=Look::Primary size=Size::Large on_press=with_account/>
                    <p class="text-xs text-muted">{t(m::JOIN_OTHER)}</p>
                </div>
            </Show>
            <form class="flex flex-col gap-4" novalidate=true on:submit=send>
                <TextField id="join-name" label=t(m::YOUR_NAME) value=name autocomplete="name" required=true error=said.of("/name")/>
                {if waiting {
                    view! { <p class="text-muted">{t(m::LOGIN)} ": " <strong class="text-base-content">{login.get_untracked()}</strong></p> }.into_any()
                } else {
                    view! { <TextField id="join-login" label=t(m::LOGIN) value=login autocomplete="username" hint=hint(m::LOGIN_HINT) required=true error=said.of("/login")/> }.into_any()
                }}
                <TextField id="join-password" label=t(m::PASSWORD) value=password kind="password" autocomplete="new-password" hint=hint(m::PASSWORD_HINT) required=true error=said.of("/password")/>
                <Button label=t(m::JOIN_DO) look=Look::Primary size=Size::Large submit=true busy=busy/>
            </form>
            <Show when=move || session::current().is_none() && !waiting>
                <p class="mt-6 text-xs text-muted">{t(m::HAVE_ACCOUNT)}</p>
            </Show>
        </Door>
    }
}
