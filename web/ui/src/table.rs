//! Tables: a frame that scrolls inside itself, and heads that sort.

use leptos::prelude::*;

use crate::{Glyph, Icon};

/// A table whose head stays, scrolling sideways inside its own frame.
#[component]
pub fn Table(
    /// What it lists.
    #[prop(into)]
    label: Signal<String>,
    /// On a phone each row is a card: cells stand below each other after their `data-label`, the one with `cx-card-head` on top.
    #[prop(optional)]
    cards: bool,
    /// More classes of the frame.
    #[prop(optional, into)]
    class: String,
    /// `thead` and `tbody`.
    children: Children,
) -> impl IntoView {
    view! {
        <div class=format!("cx-scroll {class}") tabindex="0" role="region" aria-label=label>
            <table class="table cx-sticky-head" class:cx-cards=cards aria-label=label>{children()}</table>
        </div>
    }
}

/// Which way a column sorts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Smallest first.
    Up,
    /// Largest first.
    Down,
}

/// The head of a column; a button when the column can sort.
#[component]
pub fn SortHead(
    /// The column's name.
    #[prop(into)]
    label: Signal<String>,
    /// How the table is sorted by it now.
    #[prop(into)]
    sorted: Signal<Option<Direction>>,
    /// Numbers stand right.
    #[prop(optional)]
    number: bool,
    /// Sort by it, or turn the order.
    #[prop(into)]
    on_sort: Callback<()>,
) -> impl IntoView {
    let order = move || match sorted.get() {
        Some(Direction::Up) => "ascending",
        Some(Direction::Down) => "descending",
        None => "none",
    };
    view! {
        <th scope="col" aria-sort=order class:text-right=number>
            <button type="button" class="inline-flex cursor-pointer items-center gap-1 hover:text-base-content" class:text-base-content=move || sorted.get().is_some() on:click=move |_| on_sort.run(())>
                <span class="max-w-48 truncate">{label}</span>
                <span class="transition-opacity" class:cx-sort-idle=move || sorted.get().is_none()>
                    {move || {
                        let icon = match sorted.get() {
                            Some(Direction::Up) => Icon::ArrowUp,
                            Some(Direction::Down) => Icon::ArrowDown,
                            None => Icon::Sort,
                        };
                        view! { <Glyph icon=icon/> }
                    }}
                </span>
            </button>
        </th>
    }
}
