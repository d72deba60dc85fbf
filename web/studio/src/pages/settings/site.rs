//! Files at the root of the server, by which WeChat and others learn that the address is the team's.

use api_types::{SetSiteFile, SiteFileView};
use leptos::{ev, prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_ui::{Button, Card, Empty, Glyph, Icon, IconButton, Look, SkeletonLines, Table, TextArea, TextField};

use super::SectionHead;
use crate::{
    api,
    i18n::{common, fill, hint, share as m, t},
    load::{Loaded, load},
    notify,
    shell::Ago,
};

#[component]
pub fn Site() -> impl IntoView {
    let files = load(|| (), |()| async { api::site_files().await });
    view! {
        <SectionHead title=m::SITE about=m::SITE_ABOUT/>
        <Card flush=true>
            {files.view(
                || view! { <SkeletonLines lines=2/> },
                move |list| view! {
                    <Show when=move || !list.with(Vec::is_empty) fallback=|| view! { <Empty icon=Icon::Globe title=t(m::SITE_NONE) hint=hint(m::SITE_NONE_HINT)/> }>
                        <Table label=t(m::SITE) cards=true>
                            <thead><tr><th scope="col">{t(m::SITE_NAME)}</th><th scope="col">{t(common::UPDATED)}</th><th scope="col"><span class="sr-only">{t(common::DELETE)}</span></th></tr></thead>
                            <tbody><For each=move || list.get() key=|file| (file.name.clone(), file.updated_at.clone()) let:file><Line file=file files=files/></For></tbody>
                        </Table>
                    </Show>
                },
            )}
        </Card>
        <Adding files=files/>
    }
}

#[component]
fn Line(file: SiteFileView, files: Loaded<Vec<SiteFileView>>) -> impl IntoView {
    let (named, removed) = (file.name.clone(), file.name.clone());
    let remove = move |_| {
        let name = removed.clone();
        spawn_local(async move {
            match api::drop_site_file(&name).await {
                Ok(()) => notify::success(m::SITE_GONE),
                Err(fault) => notify::fault(&fault),
            }
            files.refresh();
        });
    };
    view! {
        <tr>
            <td class="cx-card-head"><a class="cx-link break-all" href=file.url target="_blank" rel="external noopener">{file.name}</a></td>
            <td class="text-muted" data-label=t(common::UPDATED)><Ago at=file.updated_at/></td>
            <td class="w-0 text-right max-sm:w-auto"><IconButton label=Signal::derive(move || fill(m::SITE_REMOVE, &[("name", &named)])) icon=Icon::Trash tip="cx-tip-left" on_press=remove/></td>
        </tr>
    }
}

#[component]
fn Adding(files: Loaded<Vec<SiteFileView>>) -> impl IntoView {
    let (name, content) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let busy = RwSignal::new(false);
    let choose = move |event: ev::Event| {
        let input = event_target::<web_sys::HtmlInputElement>(&event);
        let Some(file) = input.files().and_then(|files| files.get(0)) else { return };
        input.set_value("");
        spawn_local(async move {
            let text = JsFuture::from(file.unchecked_ref::<web_sys::Blob>().text()).await.ok();
            name.set(file.name());
            content.set(text.and_then(|text| text.as_string()).unwrap_or_default());
        });
    };
    let send = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let file =
            SetSiteFile { name: name.get_untracked().trim().to_owned(), content: content.get_untracked() };
        busy.set(true);
        spawn_local(async move {
            match api::put_site_file(&file).await {
                Ok(()) => {
                    notify::success(m::SITE_KEPT);
                    name.set(String::new());
                    content.set(String::new());
                    files.refresh();
                }
                Err(fault) => notify::fault(&fault),
            }
            let _ = busy.try_set(false);
        });
    };
    let empty =
        Signal::derive(move || name.with(|name| name.trim().is_empty()) || content.with(String::is_empty));
    view! {
        <Card title=t(m::SITE_ADD) class="mt-4">
            <form class="flex max-w-xl flex-col gap-4" novalidate=true on:submit=send>
                <label class="btn w-fit cursor-pointer focus-within:outline-2">
                    <input type="file" class="sr-only" accept=".txt,.html,.xml,.json" on:change=choose/>
                    <Glyph icon=Icon::Upload/><span>{t(m::SITE_CHOOSE)}</span>
                </label>
                <TextField id="site-name" label=t(m::SITE_NAME) value=name/>
                <TextArea id="site-content" label=t(m::SITE_CONTENT) value=content rows=3/>
                <div><Button label=t(m::SITE_ADD) look=Look::Primary submit=true busy=busy disabled=empty/></div>
            </form>
        </Card>
    }
}
