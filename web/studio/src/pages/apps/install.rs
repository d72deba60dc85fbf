//! Installing an app of the gallery: exactly what it makes, one button, and the link to send.

use api_types::{DefinitionKind, GalleryItem, ImportReport};
use leptos::{prelude::*, task::spawn_local};
use web_ui::{
    Button, Checkbox, Dialog, DialogActions, Icon, LinkButton, Look, Notice, SkeletonLines, Stance, Tone,
};

use super::report::Report;
use crate::{
    api,
    browser::select_all,
    i18n::{apps as m, common, fill, share, t},
    load::load,
    notify,
    shell::open_while,
};

/// Shows while `item` is some.
#[component]
pub fn Install(item: RwSignal<Option<GalleryItem>>) -> impl IntoView {
    let open = open_while(item);
    let title = Signal::derive(move || {
        item.with(|item| item.as_ref().map(|item| fill(m::INSTALL_TITLE, &[("app", &item.title)])))
            .unwrap_or_default()
    });
    view! {
        <Dialog open=open title=title close=t(common::CLOSE) stance=Stance::Wide>
            {move || item.get().map(|found| view! { <Steps found=found open=item/> })}
        </Dialog>
    }
}

#[component]
fn Steps(found: GalleryItem, open: RwSignal<Option<GalleryItem>>) -> impl IntoView {
    let done = RwSignal::new(None::<ImportReport>);
    let key = StoredValue::new(found.key.clone());
    let plan = load(
        || (),
        move |()| async move {
            let key = key.get_value();
            // The report names things by key; what they are called says the app itself.
            Ok((api::install(&key, true).await?, api::gallery_app(&key).await?.document))
        },
    );
    let (with_samples, busy) = (RwSignal::new(false), RwSignal::new(false));
    let samples = found.samples;
    let go = move |_| {
        busy.set(true);
        spawn_local(async move {
            match api::install(&key.get_value(), false).await {
                Ok(report) => {
                    if with_samples.get_untracked()
                        && let Err(fault) = api::add_samples(&report.app).await
                    {
                        notify::info(fill(m::SAMPLES_FAILED, &[("why", &fault.in_words())]));
                    }
                    done.set(Some(report));
                }
                Err(fault) => notify::fault(&fault),
            }
            let _ = busy.try_set(false);
        });
    };
    let is_stopped = Signal::derive(move || {
        plan.with(|(plan, _)| !plan.problems.is_empty() || plan.is_open()).unwrap_or(true)
    });
    let words = if found.installed { m::UPDATE } else { m::INSTALL };
    let samples_words = Signal::derive(move || fill(m::WITH_SAMPLES, &[("n", &samples.to_string())]));
    view! {
        {move || match done.get() {
            Some(report) => view! { <Live report=report/> }.into_any(),
            None => view! {
                <p class="mb-4 text-muted">{found.description.clone()}</p>
                {plan.view(|| view! { <SkeletonLines lines=5/> }, |plan| view! {
                    <Report report=Signal::derive(move || plan.get().0) document=Signal::derive(move || plan.get().1) makes_departments=true/>
                })}
                {(samples > 0).then(|| view! { <div class="mt-4"><Checkbox label=samples_words checked=with_samples on_change=move |on| with_samples.set(on)/></div> })}
                <DialogActions>
                    <Button label=t(common::CANCEL) on_press=move |_| open.set(None)/>
                    <Button label=t(words) look=Look::Primary busy=busy disabled=is_stopped on_press=go/>
                </DialogActions>
            }.into_any(),
        }}
    }
}

/// The public pages of an app that was just installed, with what to send.
#[component]
fn Live(report: ImportReport) -> impl IntoView {
    let items = report.create.into_iter().chain(report.change).chain(report.same);
    let keys: Vec<String> =
        items.filter(|item| item.kind == DefinitionKind::Form).map(|item| item.key).collect();
    let keys = StoredValue::new(keys);
    let forms = load(
        || (),
        move |()| async move {
            let mut forms = api::forms().await?;
            // In the author's order: the form that everything begins with stands first.
            let place = |key: &String| keys.with_value(|keys| keys.iter().position(|one| one == key));
            forms.retain(|form| form.url.is_some() && place(&form.key).is_some());
            forms.sort_by_key(|form| place(&form.key));
            Ok(forms)
        },
    );
    view! {
        {forms.view(
            || view! { <SkeletonLines lines=3/> },
            |forms| move || {
                match forms.with(|forms| forms.first().cloned()).and_then(|form| Some((form.url.clone()?, form))) {
                    None => view! { <Notice tone=Tone::Success>{t(m::INTERNAL)}</Notice> }.into_any(),
                    Some((url, form)) => {
                        let copied = url.clone();
                        view! {
                            <div class="flex flex-col gap-5 sm:flex-row">
                                <div class="shrink-0 self-start rounded-box border border-base-300 bg-white p-3"><img class="block size-40" width="160" height="160" src=api::qr_address(&form.key, None) alt=t(share::QR_ALT)/></div>
                                <div class="min-w-0 grow">
                                    <h3 class="text-base">{t(m::LIVE)}</h3>
                                    <p class="mb-3 text-muted">{form.title} " — " {t(m::LIVE_ABOUT)}</p>
                                    <input class="input mb-3 w-full font-mono text-xs" readonly=true aria-label=t(share::LINK) prop:value=url.clone() on:focus=select_all/>
                                    <div class="flex flex-wrap gap-2">
                                        <LinkButton label=t(m::OPEN) icon=Icon::External href=url look=Look::Primary outside=true/>
                                        <Button label=t(share::COPY_LINK) icon=Icon::Copy on_press=move |_| notify::copy(copied.clone())/>
                                        <LinkButton label=t(m::TO_BOARD) icon=Icon::ChartBar href="/s/dash"/>
                                    </div>
                                </div>
                            </div>
                        }.into_any()
                    }
                }
            },
        )}
    }
}
