//! The team's apps: take one along, share it, fill it with samples; and the ways to more of them.

pub mod gallery;
pub mod import;
mod install;
mod report;

use api_types::{AppView, GalleryItem, Role, StartView};
use leptos::{prelude::*, task::spawn_local};
use web_ui::{
    Button, Card, Dialog, DialogActions, Empty, Glyph, Icon, LinkButton, Look, Menu, MenuItem, PageHead,
    SkeletonLines,
};

pub use install::Install;

use crate::{
    api,
    i18n::{Message, apps as m, common, fill, hint, say, t},
    live,
    load::{Loaded, load},
    notify, session,
    shell::{open_while, page_title},
};

/// `/s/apps`
#[component]
pub fn Apps() -> impl IntoView {
    page_title(|| say(m::TITLE).to_owned());
    let list = load(|| (), |()| async { api::apps().await });
    live::follow(list, |change| change.entity == "definition");
    let around = Around {
        start: load(|| (), |()| async { api::start().await }),
        shelf: load(|| (), |()| async { api::gallery().await }),
        asked: RwSignal::new(None),
    };
    view! {
        <div class="cx-page">
            <Share around=around/>
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
                            <For each=move || list.get() key=AppView::clone let:app><One app=app around=around/></For>
                        </ul>
                    </Show>
                },
            )}
        </div>
    }
}

/// What is known of all apps together.
#[derive(Clone, Copy)]
struct Around {
    /// Whose samples are there.
    start: Loaded<StartView>,
    /// What is on the shelf.
    shelf: Loaded<Vec<GalleryItem>>,
    /// The app, by key and title, that is about to be shared.
    asked: RwSignal<Option<(String, String)>>,
}

impl Around {
    fn has_samples(self, app: &str) -> bool {
        self.start.with(|start| start.samples.iter().any(|one| one.app == app)).unwrap_or(false)
    }

    /// On the shelf it may have a number behind its key.
    fn is_shared(self, app: &str) -> bool {
        let is_of = |key: &str| {
            key.strip_prefix(app).is_some_and(|rest| {
                rest.is_empty() || rest.strip_prefix('-').is_some_and(|number| number.parse::<u32>().is_ok())
            })
        };
        self.shelf.with(|shelf| shelf.iter().any(|item| item.own && is_of(&item.key))).unwrap_or(false)
    }
}

#[component]
fn One(app: AppView, around: Around) -> impl IntoView {
    let key = StoredValue::new(app.key.clone());
    let named = StoredValue::new((app.key.clone(), app.title.clone()));
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
                        <MenuItem label=t(m::SAMPLES_ADD) icon=Icon::Plus on_press=move |()| samples(key.get_value(), true, Some(around.start))/>
                    })}
                    <Show when=move || key.with_value(|key| around.has_samples(key))>
                        <MenuItem label=t(m::SAMPLES_REMOVE) icon=Icon::Trash on_press=move |()| samples(key.get_value(), false, Some(around.start))/>
                    </Show>
                    <Show when=|| session::may(Role::Admin)>
                        <MenuItem label=t(m::SHARE) icon=Icon::Share on_press=move |()| around.asked.set(Some(named.get_value()))/>
                        <Show when=move || key.with_value(|key| around.is_shared(key))>
                            <MenuItem label=t(m::WITHDRAW) icon=Icon::Close on_press=move |()| share(key.get_value(), false, around)/>
                        </Show>
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

/// Who will see it, before anybody does.
#[component]
fn Share(around: Around) -> impl IntoView {
    let open = open_while(around.asked);
    let title = Signal::derive(move || {
        let title = around.asked.get().map(|(_, title)| title).unwrap_or_default();
        fill(m::SHARE_TITLE, &[("app", &title)])
    });
    let go = move |_| {
        if let Some((key, _)) = around.asked.get_untracked() {
            share(key, true, around);
        }
        open.set(false);
    };
    view! {
        <Dialog open=open title=title close=t(common::CLOSE)>
            <p>{t(m::SHARE_ABOUT)}</p>
            <DialogActions>
                <Button label=t(common::CANCEL) on_press=move |_| open.set(false)/>
                <Button label=t(m::SHARE) look=Look::Primary on_press=go/>
            </DialogActions>
        </Dialog>
    }
}

fn share(key: String, shares: bool, around: Around) {
    spawn_local(async move {
        let done = if shares { api::share_app(&key).await } else { api::withdraw_app(&key).await };
        match done {
            Ok(()) => notify::success(if shares { m::SHARED } else { m::WITHDRAWN }),
            Err(fault) => notify::fault(&fault),
        }
        around.shelf.refresh();
    });
}
