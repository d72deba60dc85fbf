//! `/reset/{token}`: a new password by a link.

use api_types::ResetView;
use leptos::{ev, prelude::*, task::spawn_local};
use leptos_router::hooks::use_params_map;
use web_ui::{Button, LinkButton, Look, Size, SkeletonLines, TextField};

use super::{Door, LEAST_CHARS, Over, Said};
use crate::{
    api,
    i18n::{fill, hint, people as m, say, t},
    load::load,
    session,
    shell::page_title,
};

#[component]
pub fn Reset() -> impl IntoView {
    page_title(|| say(m::RESET_TITLE).to_owned());
    let params = use_params_map();
    let token = Memo::new(move |_| params.with(|params| params.get("token")).unwrap_or_default());
    let whose = load(
        move || token.get(),
        |token| async move {
            match api::look_at_reset(&token).await {
                Ok(whose) => Ok(Some(whose)),
                Err(fault) if fault.status == 404 => Ok(None),
                Err(fault) => Err(fault),
            }
        },
    );
    whose.view(
        || view! { <SkeletonLines lines=4/> },
        move |found| {
            move || match found.get() {
                Some(whose) => view! { <Set whose=whose token=token.get_untracked()/> }.into_any(),
                None => view! { <Over/> }.into_any(),
            }
        },
    )
}

#[component]
fn Set(whose: ResetView, token: String) -> impl IntoView {
    let password = RwSignal::new(String::new());
    let (said, busy, done) = (Said::nothing(), RwSignal::new(false), RwSignal::new(false));
    let send = move |event: ev::SubmitEvent| {
        event.prevent_default();
        said.clear();
        let wanted = password.get_untracked();
        if wanted.chars().count() < LEAST_CHARS {
            said.add("/password", say(m::PASSWORD_SHORT));
            return;
        }
        busy.set(true);
        let token = token.clone();
        spawn_local(async move {
            match api::reset(&token, wanted).await {
                Ok(()) => {
                    // Every session of theirs has ended, also one in this browser.
                    session::lost();
                    done.set(true);
                }
                Err(fault) => said.refuse(&fault),
            }
            let _ = busy.try_set(false);
        });
    };
    let send = StoredValue::new(send);
    let about = Signal::derive(move || {
        if done.get() {
            say(m::RESET_DONE).to_owned()
        } else {
            fill(m::RESET_FOR, &[("name", &whose.name), ("login", &whose.login)])
        }
    });
    view! {
        <Door title=t(m::RESET_TITLE) about=about>
            <Show when=move || !done.get() fallback=|| view! { <LinkButton label=t(m::TO_SIGN_IN) href="/login" look=Look::Primary/> }>
                <form class="flex flex-col gap-4" novalidate=true on:submit=move |event| send.with_value(|send| send(event))>
                    <TextField id="reset-password" label=t(m::PASSWORD) value=password kind="password" autocomplete="new-password" hint=hint(m::PASSWORD_HINT) required=true autofocus=true error=said.of("/password")/>
                    <Button label=t(m::RESET_DO) look=Look::Primary size=Size::Large submit=true busy=busy/>
                </form>
            </Show>
        </Door>
    }
}
