//! What stands before the form: a password, dates, how many, how often.

use leptos::{ev, prelude::*, task::spawn_local};
use web_ui::{Badge, Button, Card, Fact, Icon, LinkButton, Look, TextField, Tone};

use super::Desk;
use crate::{
    api,
    i18n::{Message, fill, hint, say, share as m, t},
    notify,
    shell::full_time,
};

#[component]
pub fn Access(desk: Desk) -> impl IntoView {
    view! {
        <div class="grid grid-cols-1 items-start gap-4 lg:grid-cols-2">
            <Password desk=desk/>
            <Limits desk=desk/>
        </div>
    }
}

#[component]
fn Password(desk: Desk) -> impl IntoView {
    let has = Memo::new(move |_| desk.share.with(|share| share.has_password));
    let typed = RwSignal::new(String::new());
    let busy = RwSignal::new(false);
    let set = move |password: Option<String>| {
        busy.set(true);
        let done = if password.is_some() { m::PASSWORD_DONE } else { m::PASSWORD_GONE };
        spawn_local(async move {
            match api::set_form_password(&desk.key.get_untracked(), password).await {
                Ok(()) => {
                    typed.set(String::new());
                    notify::success(done);
                }
                Err(fault) => notify::fault(&fault),
            }
            let _ = busy.try_set(false);
            desk.loaded.refresh();
        });
    };
    let send = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let password = typed.get_untracked();
        if !password.is_empty() {
            set(Some(password));
        }
    };
    let words =
        Signal::derive(move || say(if has.get() { m::PASSWORD_CHANGE } else { m::PASSWORD_SET }).to_owned());
    view! {
        <Card title=t(m::PASSWORD)>
            <p class="mb-3 flex items-center gap-2">
                <web_ui::Glyph icon=Icon::Lock/>
                <span>{move || say(if has.get() { m::PASSWORD_ON } else { m::PASSWORD_OFF })}</span>
            </p>
            <form novalidate=true on:submit=send>
                <TextField id="form-password" label=t(m::PASSWORD_NEW) kind="text" value=typed hint=hint(m::PASSWORD_HINT)/>
                <div class="mt-3 flex flex-wrap gap-2">
                    <Button label=words look=Look::Primary submit=true busy=busy disabled=Signal::derive(move || typed.with(String::is_empty))/>
                    <Show when=move || has.get()><Button label=t(m::PASSWORD_REMOVE) on_press=move |_| set(None)/></Show>
                </div>
            </form>
        </Card>
    }
}

#[component]
fn Limits(desk: Desk) -> impl IntoView {
    let facts = move || {
        let share = desk.share.get();
        let moment = |at: Option<String>| at.map_or_else(|| say(m::ALWAYS).to_owned(), |at| full_time(&at));
        let taken = share.taken.to_string();
        let quota = match share.quota {
            Some(max) => fill(m::QUOTA_OF, &[("max", &max.to_string()), ("n", &taken)]),
            None => fill(m::TAKEN, &[("n", &taken)]),
        };
        let is_full = share.quota.is_some_and(|max| share.taken >= max);
        let once: Message = match share.one_per.as_str() {
            "device" => m::ONE_DEVICE,
            "customer" => m::ONE_CUSTOMER,
            "invitation" => m::ONE_INVITATION,
            _ => m::ONE_NOBODY,
        };
        view! {
            <Fact label=t(m::OPENS)><span class="tabular">{moment(share.opens_at)}</span></Fact>
            <Fact label=t(m::CLOSES)><span class="tabular">{moment(share.closes_at)}</span></Fact>
            <Fact label=t(m::QUOTA)>{if is_full { view! { <Badge label=quota tone=Tone::Warning/> }.into_any() } else { quota.into_any() }}</Fact>
            <Fact label=t(m::ONE_PER)>{say(once)}</Fact>
            <Fact label=t(m::CAPTCHA)>{say(if share.captcha { m::CAPTCHA_ON } else { m::CAPTCHA_OFF })}</Fact>
        }
    };
    view! {
        <Card title=t(m::LIMITS)>
            <dl>{facts}</dl>
            <div class="mt-3"><LinkButton label=t(m::LIMITS_EDIT) icon=Icon::Pen href=Signal::derive(move || desk.design()) load=true/></div>
        </Card>
    }
}
