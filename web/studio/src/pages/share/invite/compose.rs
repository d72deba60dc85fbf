//! More people: a list is pasted or chosen, looked at, and sent to.

use api_types::{InvitationList, InvitationMail, NewInvitations, ReadRecipients};
use leptos::{ev, prelude::*, task::spawn_local};
use wasm_bindgen::{JsCast, JsValue};
use web_ui::{Button, Checkbox, DialogActions, Field, Glyph, Icon, Look, Notice, TextArea, TextField, Tone};

use super::Desk;
use crate::{
    api,
    i18n::{common, fill, hint, say, share as m, t},
    load::Loaded,
    notify,
};

/// Lines that are left out, as far as they are named.
const NAMED: usize = 3;

#[component]
pub fn Compose(desk: Desk, list: Loaded<InvitationList>, open: RwSignal<bool>) -> impl IntoView {
    let pasted = RwSignal::new(String::new());
    let read = RwSignal::new(None::<ReadRecipients>);
    let busy = RwSignal::new(false);
    let look = move |source: JsValue| {
        busy.set(true);
        spawn_local(async move {
            match api::read_recipients(&desk.key.get_untracked(), source).await {
                Ok(found) => read.set(Some(found)),
                Err(fault) => notify::fault(&fault),
            }
            let _ = busy.try_set(false);
        });
    };
    let choose = move |event: ev::Event| {
        let input = event_target::<web_sys::HtmlInputElement>(&event);
        if let Some(file) = input.files().and_then(|files| files.get(0)) {
            look(file.unchecked_into());
        }
        // The same file can be chosen again once it was mended.
        input.set_value("");
    };
    view! {
        <Field id="invite-list" label=t(m::LIST) hint=hint(m::LIST_HINT)>
            <textarea id="invite-list" class="textarea w-full font-mono text-xs" rows="6" spellcheck="false" placeholder=t(m::LIST_SAMPLE) aria-describedby="invite-list-note" bind:value=pasted on:input=move |_| read.set(None)></textarea>
        </Field>
        <div class="mt-3 flex flex-wrap gap-2">
            <Button label=t(m::READ) icon=Icon::Users busy=busy disabled=Signal::derive(move || pasted.with(|text| text.trim().is_empty())) on_press=move |_| look(JsValue::from_str(&pasted.get_untracked()))/>
            <label class="btn cursor-pointer focus-within:outline-2">
                <input type="file" class="sr-only" accept=".csv,.txt,.xlsx,text/csv,text/plain" on:change=choose/>
                <Glyph icon=Icon::Upload/><span>{t(m::UPLOAD)}</span>
            </label>
        </div>
        {move || read.get().map(|found| view! { <Mail desk=desk list=list open=open found=found/> })}
    }
}

#[component]
fn Mail(
    desk: Desk,
    list: Loaded<InvitationList>,
    open: RwSignal<bool>,
    found: ReadRecipients,
) -> impl IntoView {
    let people = found.recipients.len();
    let mails = found.recipients.iter().filter(|one| one.mail.is_some()).count();
    let summary = move || fill(m::FOUND, &[("n", &people.to_string()), ("mails", &mails.to_string())]);
    let unread = (!found.unread.is_empty()).then(|| {
        let mut named = found.unread.iter().take(NAMED).cloned().collect::<Vec<_>>().join(" | ");
        if found.unread.len() > NAMED {
            named.push_str(" …");
        }
        named
    });
    let asks = desk.share.with_untracked(|share| share.first_scale.is_some());
    let delivers = Signal::derive(move || list.with(|list| list.delivers).unwrap_or(true));
    let with_mail = RwSignal::new(mails > 0);
    let subject = RwSignal::new(say(m::SUBJECT_STOCK).to_owned());
    let text = RwSignal::new(fill(m::TEXT_STOCK, &[("ask", if asks { "{scores}" } else { "{link}" })]));
    let days = RwSignal::new("3".to_owned());
    let busy = RwSignal::new(false);
    let recipients = StoredValue::new(found.recipients);
    let send = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let mail = with_mail.get_untracked().then(|| InvitationMail {
            subject: subject.get_untracked(),
            text: text.get_untracked(),
            remind_after_days: days.get_untracked().trim().parse().ok(),
        });
        let wanted = NewInvitations { recipients: recipients.get_value(), mail };
        busy.set(true);
        spawn_local(async move {
            match api::invite_recipients(&desk.key.get_untracked(), &wanted).await {
                Ok(count) => {
                    let values = [("n", count.invited.to_string()), ("mails", count.mailed.to_string())];
                    let said = if delivers.get_untracked() { m::SENT } else { m::SENT_KEPT };
                    let mut words =
                        fill(said, &values.each_ref().map(|(name, value)| (*name, value.as_str())));
                    if count.known > 0 {
                        words =
                            format!("{words} {}", fill(m::SENT_KNOWN, &[("n", &count.known.to_string())]));
                    }
                    notify::info(words);
                    list.refresh();
                    open.set(false);
                }
                Err(fault) => notify::fault(&fault),
            }
            let _ = busy.try_set(false);
        });
    };
    let words = Signal::derive(move || fill(m::SEND, &[("n", &people.to_string())]));
    view! {
        <form class="mt-4 flex flex-col gap-4" novalidate=true on:submit=send>
            <Notice tone=if people == 0 { Tone::Warning } else { Tone::Success }>
                <p>{summary}</p>
                {unread.map(|named| view! { <p class="mt-1 break-words text-xs">{move || fill(m::UNREAD, &[("list", &named)])}</p> })}
            </Notice>
            <Show when=move || { mails > 0 }>
                <div>
                    <Checkbox label=t(m::WITH_MAIL) checked=with_mail on_change=move |on| with_mail.set(on)/>
                    <p class="text-xs text-muted">{move || say(if delivers.get() { m::WITH_MAIL_HINT } else { m::NOT_DELIVERING })}</p>
                </div>
            </Show>
            <Show when=move || with_mail.get()>
                <TextField id="invite-subject" label=t(m::SUBJECT) value=subject required=true/>
                <TextArea id="invite-text" label=t(m::TEXT) value=text rows=9 hint=hint(if asks { m::TEXT_SCORES } else { m::TEXT_PLAIN })/>
                <TextField id="invite-days" label=t(m::REMIND_AFTER) kind="number" value=days/>
            </Show>
            <DialogActions>
                <Button label=t(common::CANCEL) on_press=move |_| open.set(false)/>
                <Button label=words icon=Icon::Send look=Look::Primary submit=true busy=busy disabled={people == 0}/>
            </DialogActions>
        </form>
    }
}
