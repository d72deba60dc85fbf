//! Into other websites: the code, who may show the form, and customers a site knows.

use api_types::Role;
use leptos::{prelude::*, task::spawn_local};
use web_ui::{
    Button, Card, Choice, Dialog, DialogActions, Field, Icon, LinkButton, Look, Notice, Segmented, TextField,
    Tone,
};

use super::{
    Desk,
    snippet::{Mode, server_sample, snippet},
};
use crate::{
    api,
    browser::select_all,
    i18n::{common, fill, say, share as m, t},
    notify, session,
};

#[component]
pub fn Embed(desk: Desk) -> impl IntoView {
    let mode = RwSignal::new("inline".to_owned());
    let label = RwSignal::new(say(m::BUTTON_STOCK).to_owned());
    let known = RwSignal::new(false);
    let modes = Signal::derive(|| {
        [("inline", m::MODE_INLINE), ("popup", m::MODE_POPUP), ("tab", m::MODE_TAB)]
            .into_iter()
            .map(|(word, name)| Choice::new(word, say(name)))
            .collect::<Vec<_>>()
    });
    let about = move || match Mode::of(&mode.get()) {
        Mode::Inline => say(m::MODE_INLINE_HINT),
        Mode::Popup => say(m::MODE_POPUP_HINT),
        Mode::Tab => say(m::MODE_TAB_HINT),
    };
    let code = Signal::derive(move || {
        let (home, slug) = desk.share.with(|share| {
            let slug = share.url.as_ref().and_then(|url| url.rsplit('/').next()).unwrap_or_default();
            (share.home.clone(), slug.to_owned())
        });
        snippet(&home, &slug, Mode::of(&mode.get()), &label.get(), known.get())
    });
    view! {
        <div class="grid grid-cols-1 items-start gap-4 lg:grid-cols-2">
            <Card title=t(m::PART_EMBED)>
                <p class="mb-3 text-muted">{t(m::EMBED_HINT)}</p>
                <Origins desk=desk/>
                <div class="mt-4"><Segmented label=t(m::MODE) choices=modes value=mode on_change=move |word| mode.set(word)/></div>
                <p class="mt-2 text-muted">{about}</p>
                <Show when=move || mode.get() != "inline"><div class="mt-3"><TextField id="embed-label" label=t(m::BUTTON) value=label/></div></Show>
                <div class="mt-4"><Field id="embed-code" label=t(m::CODE)>
                    <textarea id="embed-code" class="textarea w-full font-mono text-xs" rows="4" readonly=true spellcheck="false" prop:value=code></textarea>
                </Field></div>
                <div class="mt-3"><Button label=t(m::COPY_CODE) icon=Icon::Copy look=Look::Primary on_press=move |_| notify::copy(code.get_untracked())/></div>
            </Card>
            <Known known=known/>
        </div>
    }
}

/// Which sites may show it: the author's word, in the definition.
#[component]
fn Origins(desk: Desk) -> impl IntoView {
    move || {
        let origins = desk.share.with(|share| share.embed.clone());
        if origins.is_empty() {
            view! {
                <Notice tone=Tone::Warning>
                    <p>{t(m::NO_ORIGINS)}</p>
                    <p class="mt-2"><LinkButton label=t(m::TO_DESIGNER) href=Signal::derive(move || desk.design()) load=true/></p>
                </Notice>
            }
            .into_any()
        } else {
            view! { <p>{fill(m::ORIGINS, &[("list", &origins.join(say(common::LIST_COMMA)))])}</p> }
                .into_any()
        }
    }
}

/// Customers that the site knows.
#[component]
fn Known(known: RwSignal<bool>) -> impl IntoView {
    view! {
        <Card title=t(m::KNOWN)>
            <p class="mb-3 text-muted">{t(m::KNOWN_ABOUT)}</p>
            <web_ui::Checkbox label=t(m::KNOWN) checked=known on_change=move |on| known.set(on)/>
            <Show when=move || known.get()>
                <h3 class="mt-3 text-sm">{t(m::KNOWN_SERVER)}</h3>
                <pre class="cx-scroll mt-1 rounded-field bg-base-200 p-3 font-mono text-xs" tabindex="0">{server_sample()}</pre>
                <div class="mt-2"><Button label=t(m::COPY_CODE) icon=Icon::Copy on_press=move |_| notify::copy(server_sample().to_owned())/></div>
                <div class="mt-5"><Secret/></div>
            </Show>
        </Card>
    }
}

/// The secret, when an admin asks for it.
#[component]
fn Secret() -> impl IntoView {
    if !session::may(Role::Admin) {
        return view! { <p class="text-muted">{t(m::SECRET_ADMIN)}</p> }.into_any();
    }
    let secret = RwSignal::new(None::<String>);
    let renewing = RwSignal::new(false);
    let ask = move |anew: bool| {
        renewing.set(false);
        spawn_local(async move {
            match api::embed_secret(anew).await {
                Ok(view) => {
                    secret.set(Some(view.secret));
                    if anew {
                        notify::success(m::RENEWED);
                    }
                }
                Err(fault) => notify::fault(&fault),
            }
        });
    };
    view! {
        <h3 class="mb-1 text-sm">{t(m::SECRET)}</h3>
        {move || match secret.get() {
            None => view! { <Button label=t(m::SHOW_SECRET) icon=Icon::Eye on_press=move |_| ask(false)/> }.into_any(),
            Some(text) => {
                let copied = text.clone();
                view! {
                    <input class="input mb-2 w-full font-mono text-xs" readonly=true aria-label=t(m::SECRET) prop:value=text on:focus=select_all/>
                    <div class="flex flex-wrap gap-2">
                        <Button label=t(common::COPY) icon=Icon::Copy on_press=move |_| notify::copy(copied.clone())/>
                        <Button label=t(m::RENEW_SECRET) icon=Icon::Refresh look=Look::Quiet on_press=move |_| renewing.set(true)/>
                    </div>
                }.into_any()
            }
        }}
        <Dialog open=renewing title=t(m::RENEW_TITLE) close=t(common::CLOSE)>
            <p>{t(m::RENEW_ABOUT)}</p>
            <DialogActions>
                <Button label=t(common::CANCEL) on_press=move |_| renewing.set(false)/>
                <Button label=t(m::RENEW_SECRET) look=Look::Danger on_press=move |_| ask(true)/>
            </DialogActions>
        </Dialog>
    }
    .into_any()
}
