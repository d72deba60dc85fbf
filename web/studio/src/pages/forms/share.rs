//! The share sheet: the public link to copy, the QR code to print.

use api_types::FormSummary;
use leptos::prelude::*;
use web_ui::{Button, Dialog, Icon, LinkButton, Look, Stance};

use crate::{
    api,
    i18n::{common, fill, forms as m, t},
    notify,
    shell::open_while,
};

/// Shows while `form` is some.
#[component]
pub fn Share(form: RwSignal<Option<FormSummary>>) -> impl IntoView {
    let open = open_while(form);
    let title = Signal::derive(move || {
        form.with(|form| form.as_ref().map(|form| fill(m::SHARE_TITLE, &[("form", &form.title)])))
            .unwrap_or_default()
    });
    view! {
        <Dialog open=open title=title close=t(common::CLOSE) stance=Stance::Sheet>
            {move || form.get().map(|form| match form.url.clone() {
                Some(url) => view! { <Ways url=url form=form/> }.into_any(),
                None => view! { <p class="text-muted">{t(m::NO_LINK)}</p> }.into_any(),
            })}
        </Dialog>
    }
}

/// A click into the field is for copying.
pub fn select_all(event: leptos::ev::FocusEvent) {
    event_target::<web_sys::HtmlInputElement>(&event).select();
}

#[component]
fn Ways(url: String, form: FormSummary) -> impl IntoView {
    let qr = api::qr_address(&form.key);
    let copied = url.clone();
    let file = format!("{}-qr.svg", form.key);
    view! {
        <section class="mb-8">
            <h3 class="text-sm">{t(m::SHARE_LINK)}</h3>
            <p class="mb-2 text-xs text-muted">{t(m::SHARE_LINK_HINT)}</p>
            <input class="input mb-2 font-mono text-xs" readonly=true aria-label=t(m::SHARE_LINK) prop:value=url.clone() on:focus=select_all/>
            <div class="flex flex-wrap gap-2">
                <Button label=t(m::COPY_LINK) icon=Icon::Copy look=Look::Primary on_press=move |_| notify::copy(copied.clone())/>
                <LinkButton label=t(m::OPEN_FORM) icon=Icon::External href=url outside=true/>
            </div>
        </section>
        <section>
            <h3 class="text-sm">{t(m::SHARE_QR)}</h3>
            <p class="mb-3 text-xs text-muted">{t(m::SHARE_QR_HINT)}</p>
            <div class="inline-block rounded-box border border-base-300 bg-white p-3"><img class="block size-48" width="192" height="192" src=qr.clone() alt=t(m::SHARE_QR_ALT)/></div>
            <div class="mt-3"><a class="btn" href=qr download=file rel="external"><web_ui::Glyph icon=Icon::Download/><span>{t(m::DOWNLOAD_QR)}</span></a></div>
        </section>
    }
}
