//! A board: tiles on twelve columns, narrowed by one row of filters that the address holds; numbers move by themselves.

mod figure;
pub mod model;
mod narrow;
mod tile;

use std::collections::BTreeMap;

use api_types::{DashboardView, FieldView};
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_params_map, use_query_map};
use web_ui::{PageHead, Skeleton};

use crate::{
    api, browser,
    i18n::{board as m, hint},
    load::load,
    shell::page_title,
};
use model::Narrowing;
use narrow::Narrow;
use tile::Tile;

/// The fields of the forms that tiles ask about: which filters a tile has, and how values read.
type Datasets = BTreeMap<String, Vec<FieldView>>;

/// `/s/dash/:key?days=&in=`
#[component]
pub fn Board() -> impl IntoView {
    let params = use_params_map();
    let board = load(
        move || params.with(|params| params.get("key")).unwrap_or_default(),
        |key| async move { with_datasets(&key).await },
    );
    page_title(move || board.with(|(board, _)| board.summary.title.clone()).unwrap_or_default());
    board.view(Waiting, |board| view! { <Page board=board/> })
}

async fn with_datasets(key: &str) -> Result<(DashboardView, Datasets), api::Fault> {
    let board = api::dashboard(key).await?;
    let mut datasets = Datasets::new();
    for tile in &board.tiles {
        let name = model::dataset(&tile.query).to_owned();
        if name.starts_with('$') || datasets.contains_key(&name) {
            continue;
        }
        // A form the caller may not read only loses its filters; its tile says the rest itself.
        let fields = api::form(&name).await.map(|form| form.fields).unwrap_or_default();
        datasets.insert(name, fields);
    }
    Ok((board, datasets))
}

#[component]
fn Page(board: Signal<(DashboardView, Datasets)>) -> impl IntoView {
    let query = use_query_map();
    let narrowing = Memo::new(move |_| {
        query.with(|query| Narrowing::of(query.get("days").as_deref(), query.get("in").as_deref()))
    });
    let navigate = use_navigate();
    let narrow = Callback::new(move |narrowing: Narrowing| {
        let key = board.with_untracked(|(board, _)| board.summary.key.clone());
        let query: Vec<String> = narrowing
            .query()
            .into_iter()
            .map(|(name, value)| format!("{name}={}", browser::encode(&value)))
            .collect();
        navigate(&format!("/s/dash/{key}?{}", query.join("&")), Default::default());
    });
    let title = Signal::derive(move || board.with(|(board, _)| board.summary.title.clone()));
    let filters = Memo::new(move |_| board.with(|(board, _)| board.filters.clone()));
    view! {
        <div class="cx-page cx-wide-page">
            <PageHead title=title about=hint(m::ABOUT)/>
            <Narrow board=board filters=filters narrowing=narrowing narrow=narrow/>
            <div class="cx-board">
                <For each=move || board.with(|(board, _)| model::in_reading_order(&board.tiles)) key=|tile| (tile.key.clone(), tile.title.clone(), tile.query.to_string()) let:tile>
                    {
                        let fields = board.with_untracked(|(_, datasets)| datasets.get(model::dataset(&tile.query)).cloned());
                        view! { <Tile tile=tile fields=fields narrowing=narrowing/> }
                    }
                </For>
            </div>
        </div>
    }
}

#[component]
fn Waiting() -> impl IntoView {
    view! {
        <div class="cx-page cx-wide-page flex flex-col gap-4" aria-busy="true">
            <Skeleton class="h-7 w-48"/><Skeleton class="h-8 w-80"/>
            <div class="grid grid-cols-2 gap-3 lg:grid-cols-3"><Skeleton class="h-44"/><Skeleton class="h-44"/><Skeleton class="h-44"/><Skeleton class="h-64 col-span-2"/><Skeleton class="h-64"/></div>
        </div>
    }
}
