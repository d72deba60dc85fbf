//! The second step of signing in: on by scanning and a first code, off by password and code.

use api_types::{EndSecondStep, SecondStepSecret};
use leptos::{ev, prelude::*, task::spawn_local};
use web_ui::{
    Badge, Button, Card, Checkbox, Dialog, DialogActions, Icon, Look, Notice, SkeletonLines, TextField, Tone,
};

use crate::{
    api, browser,
    i18n::{common, fill, hint, people as m, say, settings as words, t},
    load::load,
    notify,
    pages::door::Said,
    session,
};

/// Where switching it on stands.
#[derive(Clone, PartialEq)]
enum Stage {
    /// The password is asked for.
    Password,
    /// The secret is shown, a first code asked for.
    Scan(SecondStepSecret),
    /// It is on; the recovery codes show this once.
    Codes(Vec<String>),
}

#[component]
pub fn Step() -> impl IntoView {
    let step = load(|| (), |()| async { api::second_step().await });
    let (beginning, ending) = (RwSignal::new(false), RwSignal::new(false));
    let refresh = move || step.refresh();
    view! {
        <Card title=t(m::STEP) class="mt-4">
            {step.view(
                || view! { <SkeletonLines lines=2/> },
                move |step| view! {
                    <Show when=move || step.with(|step| step.on) fallback=move || view! {
                        <p class="mb-3 text-muted">{t(m::STEP_OFF_ABOUT)}</p>
                        <Button label=t(m::STEP_BEGIN) icon=Icon::Shield look=Look::Primary on_press=move |_| beginning.set(true)/>
                    }>
                        <div class="flex flex-wrap items-center gap-3">
                            <Badge label=t(m::STEP_ON) tone=Tone::Success icon=Icon::CircleCheck/>
                            <span class="grow text-muted">{move || fill(m::STEP_LEFT, &[("n", &step.with(|step| step.recovery_codes).to_string())])}</span>
                            <Button label=t(m::STEP_END) on_press=move |_| ending.set(true)/>
                        </div>
                    </Show>
                },
            )}
        </Card>
        <Dialog open=beginning title=t(m::STEP) close=t(common::CLOSE)><Beginning open=beginning done=refresh/></Dialog>
        <Dialog open=ending title=t(m::STEP_END) close=t(common::CLOSE)><Ending open=ending done=refresh/></Dialog>
    }
}

#[component]
fn Beginning(open: RwSignal<bool>, done: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let stage = RwSignal::new(Stage::Password);
    move || match stage.get() {
        Stage::Password => view! { <Password stage=stage open=open/> }.into_any(),
        Stage::Scan(secret) => view! { <Scan secret=secret stage=stage open=open done=done/> }.into_any(),
        Stage::Codes(codes) => view! { <Codes codes=codes open=open/> }.into_any(),
    }
}

#[component]
fn Password(stage: RwSignal<Stage>, open: RwSignal<bool>) -> impl IntoView {
    let password = RwSignal::new(String::new());
    let (said, busy) = (Said::nothing(), RwSignal::new(false));
    let send = move |event: ev::SubmitEvent| {
        event.prevent_default();
        said.clear();
        busy.set(true);
        spawn_local(async move {
            match api::begin_second_step(password.get_untracked()).await {
                Ok(secret) => stage.set(Stage::Scan(secret)),
                Err(fault) => said.refuse(&fault),
            }
            let _ = busy.try_set(false);
        });
    };
    view! {
        <form class="flex flex-col gap-4" novalidate=true on:submit=send>
            <p class="text-muted">{t(m::STEP_OFF_ABOUT)}</p>
            <TextField id="step-password" label=t(m::STEP_PASSWORD) value=password kind="password" autocomplete="current-password" required=true autofocus=true error=said.of("/password")/>
            <DialogActions>
                <Button label=t(common::CANCEL) on_press=move |_| open.set(false)/>
                <Button label=t(m::STEP_BEGIN) look=Look::Primary submit=true busy=busy/>
            </DialogActions>
        </form>
    }
}

#[component]
fn Scan(
    secret: SecondStepSecret,
    stage: RwSignal<Stage>,
    open: RwSignal<bool>,
    done: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let code = RwSignal::new(String::new());
    let (said, busy) = (Said::nothing(), RwSignal::new(false));
    let send = move |event: ev::SubmitEvent| {
        event.prevent_default();
        said.clear();
        busy.set(true);
        spawn_local(async move {
            match api::confirm_second_step(code.get_untracked()).await {
                Ok(made) => {
                    notify::success(m::STEP_BEGUN);
                    stage.set(Stage::Codes(made.codes));
                    done();
                    // Whoever owed it may go on now.
                    if let Ok(view) = api::session().await {
                        session::enter(view);
                    }
                }
                Err(fault) => said.refuse(&fault),
            }
            let _ = busy.try_set(false);
        });
    };
    let picture = format!("data:image/svg+xml,{}", browser::encode(&secret.qr));
    view! {
        <form class="flex flex-col gap-4" novalidate=true on:submit=send>
            <p class="text-muted">{t(m::STEP_SCAN)}</p>
            <img class="mx-auto size-48 rounded-field bg-white p-2" alt=t(m::STEP_QR) src=picture/>
            <p class="text-center text-xs text-muted">{t(m::STEP_SECRET)} ": " <code class="font-mono break-all text-base-content select-all">{secret.secret}</code></p>
            <TextField id="step-code" label=t(m::CODE) value=code autocomplete="one-time-code" required=true autofocus=true error=said.of("/code")/>
            <DialogActions>
                <Button label=t(common::CANCEL) on_press=move |_| open.set(false)/>
                <Button label=t(m::STEP_CONFIRM) look=Look::Primary submit=true busy=busy/>
            </DialogActions>
        </form>
    }
}

#[component]
fn Codes(codes: Vec<String>, open: RwSignal<bool>) -> impl IntoView {
    let text = StoredValue::new(codes.join("\n"));
    view! {
        <Notice tone=Tone::Warning>{t(m::STEP_CODES_ABOUT)}</Notice>
        <ul class="my-4 grid grid-cols-1 gap-x-6 gap-y-1 font-mono sm:grid-cols-2" aria-label=t(m::STEP_CODES)>
            {codes.into_iter().map(|code| view! { <li>{code}</li> }).collect_view()}
        </ul>
        <DialogActions>
            <Button label=t(common::COPY) icon=Icon::Copy on_press=move |_| notify::copy(text.get_value())/>
            <Button label=t(common::DOWNLOAD) icon=Icon::Download on_press=move |_| browser::download("huiyin-recovery-codes.txt", "text/plain", &text.get_value())/>
            <Button label=t(m::STEP_SAVED) look=Look::Primary on_press=move |_| open.set(false)/>
        </DialogActions>
    }
}

#[component]
fn Ending(open: RwSignal<bool>, done: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let (password, code) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (said, busy) = (Said::nothing(), RwSignal::new(false));
    let send = move |event: ev::SubmitEvent| {
        event.prevent_default();
        said.clear();
        let end = EndSecondStep { password: password.get_untracked(), code: code.get_untracked() };
        busy.set(true);
        spawn_local(async move {
            match api::end_second_step(&end).await {
                Ok(()) => {
                    notify::success(m::STEP_ENDED);
                    open.set(false);
                    done();
                }
                Err(fault) => said.refuse(&fault),
            }
            let _ = busy.try_set(false);
        });
    };
    view! {
        <form class="flex flex-col gap-4" novalidate=true on:submit=send>
            <TextField id="end-password" label=t(m::STEP_PASSWORD) value=password kind="password" autocomplete="current-password" required=true autofocus=true error=said.of("/password")/>
            <TextField id="end-code" label=t(m::CODE) value=code autocomplete="one-time-code" hint=hint(m::CODE_HINT) required=true error=said.of("/code")/>
            <DialogActions>
                <Button label=t(common::CANCEL) on_press=move |_| open.set(false)/>
                <Button label=t(m::STEP_END) look=Look::Danger submit=true busy=busy/>
            </DialogActions>
        </form>
    }
}

/// Must owners and admins have it? Under the list of members.
#[component]
pub fn TeamStep() -> impl IntoView {
    let asked = load(|| (), |()| async { api::team_second_step().await });
    // A refusal leaves the value as it was, but the tick is the browser's: it is drawn again.
    let refused = RwSignal::new(0_u32);
    let switch = move |required: bool| {
        spawn_local(async move {
            match api::ask_second_step(required).await {
                Ok(()) => notify::success(words::CHANGED),
                Err(fault) if fault.problems.iter().any(|problem| problem.code == "second_step.own") => {
                    notify::info(say(m::STEP_TEAM_HINT).to_owned());
                }
                Err(fault) => notify::fault(&fault),
            }
            refused.update(|times| *times = times.wrapping_add(1));
            asked.refresh();
        });
    };
    view! {
        <Card title=t(m::STEP) class="mt-6">
            {asked.view(
                || view! { <SkeletonLines lines=1/> },
                move |asked| move || {
                    refused.track();
                    let required = asked.get().required;
                    view! { <Checkbox label=t(m::STEP_TEAM) checked=Signal::stored(required) on_change=switch/> }
                },
            )}
            <p class="mt-1 text-xs text-muted">{t(m::STEP_TEAM_HINT)}</p>
        </Card>
    }
}
