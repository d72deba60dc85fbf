//! `/forgot`: a link by mail. What comes of it is not said, whoever asks.

use leptos::{ev, prelude::*, task::spawn_local};
use web_ui::{Button, LinkButton, Look, Notice, Size, TextField, Tone};

use super::Door;
use crate::{
    api,
    i18n::{people as m, say, shell as words, t},
    notify,
    shell::page_title,
};

#[component]
pub fn Forgot() -> impl IntoView {
    page_title(|| say(m::FORGOT_TITLE).to_owned());
    let login = RwSignal::new(String::new());
    let (busy, sent) = (RwSignal::new(false), RwSignal::new(false));
    let send = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let login = login.get_untracked().trim().to_owned();
        if login.is_empty() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            match api::ask_reset(login).await {
                Ok(()) => sent.set(true),
                Err(fault) => notify::fault(&fault),
            }
            let _ = busy.try_set(false);
        });
    };
    view! {
        <Door title=t(m::FORGOT_TITLE) about=t(m::FORGOT_ABOUT)>
            <Show when=move || !sent.get() fallback=|| view! { <Notice tone=Tone::Success>{t(m::FORGOT_SENT)}</Notice> }>
                <form class="flex flex-col gap-4" novalidate=true on:submit=send>
                    <TextField id="forgot-login" label=t(words::LOGIN) value=login autocomplete="username" required=true autofocus=true/>
                    <Button label=t(m::FORGOT_SEND) look=Look::Primary size=Size::Large submit=true busy=busy/>
                </form>
            </Show>
            <p class="mt-6 text-xs text-muted">{t(m::FORGOT_ADMIN)}</p>
            <div class="mt-4"><LinkButton label=t(m::TO_SIGN_IN) href="/login" look=Look::Quiet size=Size::Small/></div>
        </Door>
    }
}
