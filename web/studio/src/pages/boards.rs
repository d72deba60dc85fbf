//! The list of boards; with only one it opens at once.

use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};
use web_ui::{Card, Empty, Glyph, Icon, LinkButton, Look, PageHead, SkeletonLines};

use crate::{
    api,
    i18n::{board as m, hint, say, t},
    load::load,
    session,
    shell::page_title,
};

/// `/s/dash`
#[component]
pub fn Boards() -> impl IntoView {
    page_title(|| say(m::TITLE).to_owned());
    let boards = load(|| (), |()| async { api::dashboards().await });
    let navigate = use_navigate();
    Effect::new(move || {
        if let Some(only) =
            boards.get().filter(|boards| boards.len() == 1).and_then(|mut boards| boards.pop())
        {
            navigate(
                &format!("/s/dash/{}", only.key),
                NavigateOptions { replace: true, ..NavigateOptions::default() },
            );
        }
    });
    view! {
        <div class="cx-page">
            <PageHead title=t(m::TITLE) about=hint(m::ABOUT)/>
            <Card flush=true>
                {boards.view(
                    || view! { <SkeletonLines lines=3 line="h-12"/> },
                    |list| view! {
                        <Show when=move || !list.with(Vec::is_empty) fallback=|| view! {
                            <Empty icon=Icon::ChartBar title=t(m::NONE) hint=hint(m::NONE_HINT)>
                                <Show when=|| session::may(api_types::Role::Designer)><LinkButton label=t(m::TO_DEFINITIONS) href="/s/definitions" look=Look::Primary/></Show>
                            </Empty>
                        }>
                            <For each=move || list.get() key=|board| (board.key.clone(), board.title.clone()) let:board>
                                <a class="cx-line flex items-center gap-3 px-4 py-3 last:border-b-0" href=format!("/s/dash/{}", board.key)>
                                    <Glyph icon=Icon::ChartBar/><span class="grow truncate font-medium">{board.title}</span><Glyph icon=Icon::ChevronRight/>
                                </a>
                            </For>
                        </Show>
                    },
                )}
            </Card>
        </div>
    }
}
