//! The team's apps: take one along, share it, fill it with samples; and the ways to more of them.

pub mod gallery;
pub mod import;
mod install;
mod report;

use api_types::{AppView, Role};
use leptos::{prelude::*, task::spawn_local};
use web_ui::{Card, Empty, Glyph, Icon, LinkButton, Look, Menu, MenuItem, PageHead, SkeletonLines};

pub use install::Install;

use crate::{
    api,
    i18n::{Message, apps as m, fill, hint, say, t},
    live,
    load::{Loaded, load},
    notify, session,
    shell::page_title,
};

/// `/s/apps`
#[component]
pub fn Apps() -> impl IntoView {
    page_title(|| say(m::TITLE).to_owned());
    let list = load(|| (), |()| async { api::apps().await });
    live::follow(list, |change| change.entity == "definition");
    view! {
        <div class="cx-page">
            <PageHead title=t(m::TITLE) about=hint(m::ABOUT)>
                <LinkButton label=t(m::IMPORT_FILE) href="/s/apps/import" icon=Icon::Upload/>
                <LinkButton label=t(m::TO_GALLERY) href="/s/apps/gallery" icon=Icon::Spark look=Look::Primary/>
            </PageHead>
            {list.view(
                || view! { <SkeletonLines lines=4 line="h-16"/> },
                move |list| view! {
                    <Show when=move || !list.with(Vec::is_empty) fallback=|| view! {
                        <Card><Empty icon=Icon::Board title=t(m::NONE) hint=hint(m::NONE_HINT)><LinkButton label=t(m::TO_GALLERY) href="/s/apps/gallery" look=Look::Primary/></Empty></Card>
                    }>
                        <ul class="grid grid-cols-1 gap-3 md:grid-cols-2">
                            <For each=move || list.get() key=AppView::clone let:app><One app=app/></For>
                        </ul>
                    </Show>
                },
            )}
        </div>
    }
}

#[component]
fn One(app: AppView) -> impl IntoView {
    let key = StoredValue::new(app.key.clone());
    let file = format!("{}.json", app.key);
    let title = app.title.clone();
    let more = Signal::derive(move || fill(m::MORE_OF, &[("app", &title)]));
    let parts = app.definitions;
    view! {
        <li class="cx-card flex flex-col gap-3 p-4">
            <div class="flex items-start gap-3">
                <span class="grid size-9 shrink-0 place-items-center rounded-box bg-selected text-primary"><Glyph icon=Icon::Board/></span>
                <div class="min-w-0 grow">
                    <h2 class="truncate text-base">{app.title.clone()}</h2>
                    <p class="text-xs text-muted"><code class="font-mono">{app.key.clone()}</code> " · " {move || fill(m::PARTS, &[("n", &parts.to_string())])}</p>
                </div>
                <Menu label=more icon=Icon::More quiet=true end=true>
                    {(app.samples > 0).then(|| view! {
                        <MenuItem label=t(m::SAMPLES_ADD) icon=Icon::Plus on_press=move |()| samples(key.get_value(), true, None)/>
                        <MenuItem label=t(m::SAMPLES_REMOVE) icon=Icon::Trash on_press=move |()| samples(key.get_value(), false, None)/>
                    })}
                    <Show when=|| session::may(Role::Admin)>
                        <MenuItem label=t(m::SHARE) icon=Icon::Share on_press=move |()| share(key.get_value(), true)/>
                        <MenuItem label=t(m::WITHDRAW) icon=Icon::Close on_press=move |()| share(key.get_value(), false)/>
                    </Show>
                </Menu>
            </div>
            <p class="grow text-muted">{app.description}</p>
            <div><a class="btn btn-sm" href=api::app_address(&app.key) download=file rel="external"><Glyph icon=Icon::Download/><span>{t(m::EXPORT)}</span></a></div>
        </li>
    }
}

fn told(message: Message, number: u32) {
    notify::info(fill(message, &[("n", &number.to_string())]));
}

/// Adds or removes an app's samples and says how many.
pub fn samples(key: String, adds: bool, then: Option<Loaded<api_types::StartView>>) {
    spawn_local(async move {
        let done = if adds { api::add_samples(&key).await } else { api::remove_samples(&key).await };
        match done {
            Ok(done) => told(if adds { m::SAMPLES_ADDED } else { m::SAMPLES_REMOVED }, done.submissions),
            Err(fault) => notify::fault(&fault),
        }
        if let Some(then) = then {
            then.refresh();
        }
    });
}

fn share(key: String, shares: bool) {
    spawn_local(async move {
        let done = if shares { api::share_app(&key).await } else { api::withdraw_app(&key).await };
        match done {
            Ok(()) => notify::success(if shares { m::SHARED } else { m::WITHDRAWN }),
            Err(fault) => notify::fault(&fault),
        }
    });
}
