//! The canvas: the form as customers will see it, written in place.

use leptos::prelude::*;
use web_ui::{Button, Choice, Icon, IconButton, Look, Segmented, Size};

use super::{Bench, question::Question};
use crate::{
    designer::{each::draw_each, entry::Written, preview::language_name},
    editor::form::{Edit, list::questions, outline::Item, words::Words},
    editor::order::Place,
    i18n::{designer as m, fill, say, t},
};

#[component]
pub fn Canvas(bench: Bench, languages: Signal<Vec<String>>) -> impl IntoView {
    let choices = Signal::derive(move || {
        languages
            .get()
            .into_iter()
            .map(|tag| Choice::new(tag.clone(), language_name(&tag)))
            .collect::<Vec<_>>()
    });
    let pages = Memo::new(move |_| bench.outline.with(|outline| outline.pages.len()));
    let empty = Memo::new(move |_| bench.outline.with(|outline| outline.pages.iter().all(Vec::is_empty)));
    view! {
        <Show when=move || { languages.with(Vec::len) > 1 }>
            <div class="mb-3 flex justify-center"><Segmented label=t(m::LANGUAGE) choices=choices value=bench.language on_change=move |tag| bench.language.set(tag)/></div>
        </Show>
        <div class=move || format!("cx-sheet-page {}", bench.stage.device.get().class()) lang=move || bench.language.get() on:click=move |event| if event.target() == event.current_target() { bench.desk.selected.set(None) }>
            <Written
                label=t(m::NAME_FORM) value=Signal::derive(move || bench.read(&Words::Title)) placeholder=bench.stand_in(Words::Title, m::UNTITLED) class="cx-form-title"
                on_input=move |text| bench.say(Words::Title, text)
            />
            <Written
                label=t(m::DESCRIPTION) value=Signal::derive(move || bench.read(&Words::Description)) placeholder=bench.stand_in(Words::Description, m::DESCRIPTION_HINT) class="cx-form-lead" lines=true
                on_input=move |text| bench.say(Words::Description, text)
            />
            <For each=move || 0..pages.get() key=|page| *page let:page><Page bench=bench page=page pages=pages/></For>
            <Show when=move || empty.get()>
                <div class="cx-canvas-empty"><p class="font-medium">{t(m::EMPTY)}</p><p class="text-muted">{t(m::EMPTY_HINT)}</p></div>
            </Show>
            <div class="cx-canvas-foot">
                <Button label=t(m::ADD) icon=Icon::Plus on_press=move |_| bench.finding.set(true)/>
                <Button label=t(m::ADD_PAGE) icon=Icon::File look=Look::Quiet on_press=move |_| bench.act(&Edit::AddPage { after: pages.get_untracked() - 1 })/>
            </div>
        </div>
    }
}

#[component]
fn Page(bench: Bench, page: usize, pages: Memo<usize>) -> impl IntoView {
    let items = Memo::new(move |_| {
        bench.outline.with(|outline| outline.pages.get(page).cloned().unwrap_or_default())
    });
    let list = NodeRef::new();
    draw_each(
        list,
        items,
        |item: &Item| &item.path,
        move |row| {
            let place = Signal::derive(move || Place { page, index: row.index.get() });
            if row.item.with_untracked(|item| item.text.is_some()) {
                view! { <Block bench=bench path=row.key place=place/> }.into_any()
            } else {
                view! { <Question bench=bench path=row.key place=place item=row.item/> }.into_any()
            }
        },
    );
    let label = Signal::derive(move || fill(m::PAGE_TITLE, &[("n", &(page + 1).to_string())]));
    let at_end =
        move || bench.drag.gap.get().is_some_and(|gap| gap == Place { page, index: items.with(Vec::len) });
    view! {
        <Show when=move || { pages.get() > 1 }>
            <div class="cx-page-head">
                <span class="cx-page-number">{move || fill(m::PAGE_N, &[("n", &(page + 1).to_string())])}</span>
                <Written
                    label=label value=Signal::derive(move || bench.read(&Words::Page(page))) placeholder=bench.stand_in(Words::Page(page), m::PAGE_TITLE_HINT) class="cx-page-title"
                    on_input=move |text| bench.say(Words::Page(page), text)
                />
                <IconButton label=Signal::derive(move || fill(m::REMOVE_PAGE, &[("n", &(page + 1).to_string())])) icon=Icon::Trash size=Size::Small tip="cx-tip-left" on_press=move |_| bench.act(&Edit::RemovePage { page })/>
            </div>
        </Show>
        <ol node_ref=list class="cx-questions" class:cx-gap-end=at_end data-page=page.to_string() aria-label=move || fill(m::PAGE_N, &[("n", &(page + 1).to_string())])></ol>
        <Show when=move || { items.with(Vec::is_empty) && pages.get() > 1 }><p class="py-3 text-center text-muted">{say(m::EMPTY_PAGE)}</p></Show>
    }
}

/// Words between questions; emptied, they go.
#[component]
fn Block(bench: Bench, path: String, place: Signal<Place>) -> impl IntoView {
    let words = move || Words::Block(place.get().page, place.get().index);
    let gap = move || bench.drag.gap.get() == Some(place.get());
    view! {
        <li class="cx-question" class:cx-gap=gap data-path=path>
            <Written label=t(m::BLOCK) value=Signal::derive(move || bench.read(&words())) class="cx-block" lines=true on_input=move |text| bench.say(untrack(words), text)/>
        </li>
    }
}

/// A list pasted into a title is offered as questions.
pub fn take_list(bench: Bench, text: &str) -> bool {
    let found = questions(text);
    let some = found.is_some();
    if some {
        bench.pasted.set(found);
    }
    some
}
