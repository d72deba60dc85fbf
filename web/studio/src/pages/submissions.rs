//! The submissions of one form: a grid with sorting, filters, columns and pages; the address holds filter and order.

mod filter_bar;
pub mod filters;
mod grid;

use api_types::FormView;
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_params_map, use_query_map};
use serde_json::Value;
use web_ui::{Glyph, Icon, LinkButton, Look, PageHead, SkeletonLines, Up};

use crate::{
    api, browser,
    i18n::{access, fill, forms as m, t},
    load::load,
    shell::page_title,
};
use filter_bar::FilterBar;
use filters::Filters;
use grid::Grid;

/// What the address asks for.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// Key of the form.
    pub form: String,
    /// Which submissions.
    pub filters: Filters,
    /// `-created_at`, `/score` …
    pub order: String,
}

/// `/s/forms/:key/submissions?filter=&order=`
#[component]
pub fn Submissions() -> impl IntoView {
    let params = use_params_map();
    let query = use_query_map();
    let key = Memo::new(move |_| params.with(|params| params.get("key")).unwrap_or_default());
    let asked = Memo::new(move |_| Asked {
        form: key.get(),
        filters: query
            .with(|query| query.get("filter"))
            .and_then(|text| serde_json::from_str::<Value>(&text).ok())
            .map(|condition| Filters::of(&condition))
            .unwrap_or_default(),
        order: query.with(|query| query.get("order")).unwrap_or_else(|| "-created_at".to_owned()),
    });
    let navigate = use_navigate();
    let ask = Callback::new(move |asked: Asked| {
        let filter = asked
            .filters
            .condition()
            .map(|condition| format!("filter={}&", browser::encode(&condition.to_string())))
            .unwrap_or_default();
        navigate(
            &format!(
                "/s/forms/{}/submissions?{filter}order={}",
                browser::encode(&asked.form),
                browser::encode(&asked.order)
            ),
            Default::default(),
        );
    });
    let form = load(move || key.get(), |key| async move { api::form(&key).await });
    page_title(move || form.with(|form| form.summary.title.clone()).unwrap_or_default());
    form.view(
        || view! { <div class="cx-page"><div class="cx-card"><SkeletonLines lines=10/></div></div> },
        move |form| view! { <Page form=form asked=asked ask=ask/> },
    )
}

#[component]
fn Page(form: Signal<FormView>, asked: Memo<Asked>, ask: Callback<Asked>) -> impl IntoView {
    let summary = Memo::new(move |_| form.with(|form| form.summary.clone()));
    let share = Signal::derive(move || format!("/s/forms/{}/share", browser::encode(&summary.get().key)));
    let title = Signal::derive(move || fill(m::LIST_OF, &[("form", &summary.get().title)]));
    view! {
        <div class="cx-page cx-fill">
            <Up href="/s/forms" label=t(m::TITLE)/>
            <PageHead title=title>
                <Show when=move || summary.get().verbs.iter().any(|verb| verb == "export")>
                    <a class="btn" rel="external" download="" href=move || asked.with(|asked| api::export_address(&asked.form, asked.filters.condition().as_ref(), &asked.order))><Glyph icon=Icon::Download/><span>{t(access::EXPORT_CSV)}</span></a>
                </Show>
                <Show when=move || summary.get().url.is_some()>
                    <LinkButton label=t(m::OPEN_FORM) icon=Icon::External href=Signal::derive(move || summary.get().url.unwrap_or_default()) outside=true/>
                    <LinkButton label=t(m::SHARE) icon=Icon::Share look=Look::Primary href=share load=true/>
                </Show>
            </PageHead>
            <FilterBar form=form asked=asked ask=ask/>
            <Grid form=form asked=asked ask=ask share=share/>
        </div>
    }
}
