//! Instants on the page: relative, following the clock, the full instant on hover.

use leptos::prelude::*;

use crate::{browser, format, settings};

/// `3 分钟前`, with the full local time as its title.
#[component]
pub fn Ago(
    /// RFC 3339.
    #[prop(into)]
    at: Signal<String>,
) -> impl IntoView {
    let ms = Memo::new(move |_| at.with(|at| format::parse_ms(at)).unwrap_or_default());
    let full = move || format::Moment::at(ms.get(), browser::offset_minutes(ms.get())).full();
    view! {
        <time datetime=at title=full class="tabular whitespace-nowrap">
            {move || format::ago(ms.get(), settings::now(), browser::offset_minutes(ms.get()), settings::language())}
        </time>
    }
}

/// Local `2026-11-23 14:05` of an RFC 3339 instant, for tables.
pub fn full_time(at: &str) -> String {
    format::parse_ms(at)
        .map_or_else(|| at.to_owned(), |ms| format::Moment::at(ms, browser::offset_minutes(ms)).full())
}
