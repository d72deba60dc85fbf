//! Moving without dragging: up, down, to a page.

use leptos::prelude::*;
use web_ui::{Icon, Menu, MenuItem};

use super::Bench;
use crate::{
    editor::form::outline::Outline,
    editor::order::Place,
    i18n::{designer as m, fill, t},
};

#[component]
pub fn MoveMenu(bench: Bench, path: StoredValue<String>) -> impl IntoView {
    let own = move || path.get_value();
    let pages = Memo::new(move |_| bench.outline.with(Outline::lengths));
    let here =
        Memo::new(move |_| bench.outline.with(|outline| outline.place(&own()).map(|place| place.page)));
    view! {
        <span class="cx-move-menu">
            <Menu label=t(m::MOVE_SHORT) icon=Icon::Move quiet=true>
                <MenuItem label=t(m::MOVE_UP) icon=Icon::ArrowUp on_press=move |()| bench.step(&own(), true)/>
                <MenuItem label=t(m::MOVE_DOWN) icon=Icon::ArrowDown on_press=move |()| bench.step(&own(), false)/>
                {move || pages.get().into_iter().enumerate().filter(|(page, _)| Some(*page) != here.get()).map(|(page, length)| view! {
                    <MenuItem
                        label=Signal::derive(move || fill(m::MOVE_TO_PAGE, &[("n", &(page + 1).to_string())])) icon=Icon::File
                        on_press=move |()| bench.send_to(&own(), Place { page, index: length })
                    />
                }).collect_view()}
            </Menu>
        </span>
    }
}
