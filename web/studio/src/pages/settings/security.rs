//! The safety of one's own account: the password, and the browsers signed in with it.

use api_types::{ChangePassword, SignedIn};
use leptos::{ev, prelude::*, task::spawn_local};
use web_ui::{Badge, Button, Card, Icon, Look, Size, SkeletonLines, TextField, Tone};

use crate::{
    api, format,
    i18n::{hint, say, settings as m, t},
    load::{Loaded, load},
    notify,
    shell::Ago,
};

/// As the server counts them.
const LEAST_CHARS: usize = 10;

#[component]
pub fn Security() -> impl IntoView {
    let sessions = load(|| (), |()| async { api::sessions().await });
    view! {
        <div class="mt-6 grid grid-cols-1 items-start gap-4 lg:grid-cols-2">
            <Card title=t(m::CHANGE_PASSWORD)><Password sessions=sessions/></Card>
            <Card title=t(m::SESSIONS) flush=true>
                {sessions.view(
                    || view! { <SkeletonLines lines=3 line="h-12"/> },
                    move |list| view! {
                        <For each=move || list.get() key=|line| (line.id.clone(), line.seen_at.clone()) let:line>
                            <Session line=line sessions=sessions/>
                        </For>
                    },
                )}
            </Card>
        </div>
    }
}

#[component]
fn Password(sessions: Loaded<Vec<SignedIn>>) -> impl IntoView {
    let (current, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let busy = RwSignal::new(false);
    // What the server said of each field, until it is changed.
    let (of_current, of_password) = (RwSignal::new(None::<String>), RwSignal::new(None::<String>));
    Effect::new(move || {
        current.track();
        of_current.set(None);
    });
    Effect::new(move || {
        password.track();
        of_password.set(None);
    });
    let send = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let change = ChangePassword { current: current.get_untracked(), password: password.get_untracked() };
        if change.current.is_empty() {
            of_current.set(Some(say(m::NEEDED).to_owned()));
        }
        if change.password.chars().count() < LEAST_CHARS {
            of_password.set(Some(say(m::PASSWORD_SHORT).to_owned()));
        }
        if of_current.with_untracked(Option::is_some) || of_password.with_untracked(Option::is_some) {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            match api::change_password(&change).await {
                Ok(()) => {
                    notify::success(m::PASSWORD_CHANGED);
                    current.set(String::new());
                    password.set(String::new());
                    sessions.refresh();
                }
                Err(fault) => {
                    let mut placed = false;
                    for problem in &fault.problems {
                        let words = match problem.code.as_str() {
                            "password.wrong" => say(m::PASSWORD_WRONG).to_owned(),
                            "password.common" => say(m::PASSWORD_COMMON).to_owned(),
                            _ => problem.message.clone(),
                        };
                        let place = if problem.path == "/current" { of_current } else { of_password };
                        place.set(Some(words));
                        placed = true;
                    }
                    if !placed {
                        notify::fault(&fault);
                    }
                }
            }
            let _ = busy.try_set(false);
        });
    };
    view! {
        <form class="flex flex-col gap-4" novalidate=true on:submit=send>
            <TextField id="password-current" label=t(m::PASSWORD_CURRENT) value=current kind="password" autocomplete="current-password" required=true error=of_current/>
            <TextField id="password-new" label=t(m::PASSWORD_NEW) value=password kind="password" autocomplete="new-password" required=true hint=hint(m::PASSWORD_HINT) error=of_password/>
            <p class="text-xs text-muted">{t(m::PASSWORD_ENDS)}</p>
            <div><Button label=t(m::CHANGE_PASSWORD) look=Look::Primary submit=true busy=busy/></div>
        </form>
    }
}

#[component]
fn Session(line: SignedIn, sessions: Loaded<Vec<SignedIn>>) -> impl IntoView {
    let id = line.id.clone();
    let agent = line.agent.clone();
    let name = move || {
        agent.as_deref().and_then(format::browser_name).unwrap_or_else(|| say(m::SOME_BROWSER).to_owned())
    };
    let end = move |_| {
        let id = id.clone();
        spawn_local(async move {
            match api::end_session(&id).await {
                Ok(()) => notify::success(m::SESSION_ENDED),
                Err(fault) => notify::fault(&fault),
            }
            sessions.refresh();
        });
    };
    view! {
        <div class="cx-line flex items-center gap-3 px-4 py-2.5">
            <span class="min-w-0 grow">
                <span class="block truncate font-medium">{name}</span>
                <span class="block text-xs text-muted">{t(m::LAST_USED)} " " <Ago at=line.seen_at/></span>
            </span>
            {if line.here {
                view! { <Badge label=t(m::THIS_BROWSER) tone=Tone::Success icon=Icon::CircleCheck/> }.into_any()
            } else {
                view! { <Button label=t(m::SIGN_OUT_THERE) size=Size::Small look=Look::Quiet on_press=end/> }.into_any()
            }}
        </div>
    }
}
