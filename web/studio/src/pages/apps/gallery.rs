//! The gallery: cards, and what an app makes before it is made.

use api_types::GalleryItem;
use leptos::prelude::*;
use web_ui::{Badge, Button, PageHead, Size, SkeletonLines, Tone, Up};

use super::Install;
use crate::{
    api,
    i18n::{apps as m, fill, hint, say, t},
    live,
    load::load,
    shell::page_title,
};

/// `/s/apps/gallery`
#[component]
pub fn Gallery() -> impl IntoView {
    page_title(|| say(m::GALLERY).to_owned());
    view! {
        <div class="cx-page">
            <Up href="/s/apps" label=t(m::TITLE)/>
            <PageHead title=t(m::GALLERY) about=hint(m::GALLERY_ABOUT)/>
            <Shelf/>
        </div>
    }
}

/// Every app there is, each a card; one that is pressed shows what installing it makes.
#[component]
pub fn Shelf() -> impl IntoView {
    let list = load(|| (), |()| async { api::gallery().await });
    live::follow(list, |change| change.entity == "definition");
    let chosen = RwSignal::new(None::<GalleryItem>);
    view! {
        {list.view(
            || view! { <SkeletonLines lines=5 line="h-24"/> },
            move |list| view! {
                <ul class="grid grid-cols-1 gap-3 md:grid-cols-2 xl:grid-cols-3">
                    <For each=move || list.get() key=GalleryItem::clone let:item><One item=item chosen=chosen/></For>
                </ul>
            },
        )}
        <Install item=chosen/>
    }
}

#[component]
fn One(item: GalleryItem, chosen: RwSignal<Option<GalleryItem>>) -> impl IntoView {
    let kept = StoredValue::new(item.clone());
    let by = item.shared_by.clone();
    let whose = move || {
        by.as_ref().map_or_else(|| say(m::BUILT_IN).to_owned(), |team| fill(m::SHARED_BY, &[("team", team)]))
    };
    let forms: Vec<String> =
        item.contents.iter().filter(|one| one.kind == "form").map(|one| one.title.clone()).collect();
    view! {
        <li class="cx-card flex flex-col gap-3 p-4">
            <div class="flex items-start gap-2">
                <h2 class="grow text-base">{item.title.clone()}</h2>
                {item.installed.then(|| view! { <Badge label=t(m::INSTALLED) tone=Tone::Success/> })}
            </div>
            <p class="grow text-muted">{item.description}</p>
            <p class="text-xs text-muted">{forms.join(" · ")}</p>
            <div class="flex flex-wrap items-center justify-between gap-2">
                <span class="text-xs text-muted">{whose}</span>
                <Button label=t(m::SEE) size=Size::Small on_press=move |_| chosen.set(Some(kept.get_value()))/>
            </div>
        </li>
    }
}
