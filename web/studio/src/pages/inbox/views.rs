//! The views: a rail on a wide screen, chips above the list on a narrow one.

use api_types::{InboxCount, InboxView};
use leptos::prelude::*;
use web_ui::Count;

use super::model::{VIEWS, is_urgent, view_key, view_name};
use crate::i18n::{inbox as m, t};

fn count_of(counts: RwSignal<Vec<InboxCount>>, view: InboxView) -> Signal<u64> {
    Signal::derive(move || {
        counts.with(|counts| counts.iter().find(|count| count.view == view).map_or(0, |count| count.tickets))
    })
}

#[component]
pub fn ViewRail(view: Memo<InboxView>, counts: RwSignal<Vec<InboxCount>>) -> impl IntoView {
    view! {
        <nav class="cx-inbox-views" aria-label=t(m::VIEWS)>
            <p class="px-2 pt-1 pb-3 text-base font-semibold" aria-hidden="true">{t(m::TITLE)}</p>
            {VIEWS.into_iter().map(|each| view! {
                <a href=format!("/s/inbox/{}", view_key(each)) class="cx-nav-item" aria-current=move || (view.get() == each).then_some("page")>
                    <span class="grow truncate">{t(view_name(each))}</span>
                    <Count value=count_of(counts, each) urgent=Signal::stored(is_urgent(each))/>
                </a>
            }).collect_view()}
        </nav>
    }
}

#[component]
pub fn ViewChips(view: Memo<InboxView>, counts: RwSignal<Vec<InboxCount>>) -> impl IntoView {
    view! {
        <nav class="cx-inbox-chips" aria-label=t(m::VIEWS)>
            {VIEWS.into_iter().map(|each| view! {
                <a href=format!("/s/inbox/{}", view_key(each)) class="cx-view-chip" aria-current=move || (view.get() == each).then_some("page")>
                    {t(view_name(each))}
                    <Count value=count_of(counts, each) urgent=Signal::stored(is_urgent(each))/>
                </a>
            }).collect_view()}
        </nav>
    }
}
