//! The row of filters: a period, and one choice per filter field of the board.

use api_types::{DashboardView, FieldView};
use leptos::prelude::*;
use serde_json::{Value, json};
use web_ui::{Button, Choice, Look, Select, Size};

use super::{
    Datasets,
    model::{Narrowing, dataset},
};
use crate::{
    api,
    i18n::{Message, board as m, say, t},
    load::load,
    pages::ticket::model::option_key,
};

const PERIODS: [(&str, Message); 5] = [
    ("", m::PERIOD_ALL),
    ("7", m::PERIOD_7),
    ("30", m::PERIOD_30),
    ("90", m::PERIOD_90),
    ("365", m::PERIOD_365),
];

#[component]
pub fn Narrow(
    board: Signal<(DashboardView, Datasets)>,
    filters: Memo<Vec<FieldView>>,
    narrowing: Memo<Narrowing>,
    narrow: Callback<Narrowing>,
) -> impl IntoView {
    let periods = Signal::derive(|| {
        PERIODS.into_iter().map(|(key, name)| Choice::new(key, say(name))).collect::<Vec<_>>()
    });
    let period = Signal::derive(move || {
        narrowing.with(|narrowing| narrowing.days.map(|days| days.to_string()).unwrap_or_default())
    });
    view! {
        <div class="mb-4 flex flex-wrap items-center gap-2" role="group" aria-label=t(m::FILTERS)>
            <div class="w-36"><Select label=t(m::PERIOD) choices=periods value=period on_change=move |days: String| narrow.run(Narrowing { days: days.parse().ok(), ..narrowing.get_untracked() })/></div>
            <For each=move || filters.get() key=|field| (field.path.clone(), field.title.clone()) let:field>
                <OneField board=board field=field narrowing=narrowing narrow=narrow/>
            </For>
            <Show when=move || narrowing.with(|narrowing| *narrowing != Narrowing::default())>
                <Button label=t(m::CLEAR) look=Look::Quiet size=Size::Small on_press=move |_| narrow.run(Narrowing::default())/>
            </Show>
        </div>
    }
}

/// The values people gave to a field without fixed choices, most frequent first.
async fn given(form: Option<String>, path: String) -> Result<Vec<Value>, api::Fault> {
    let Some(form) = form else { return Ok(Vec::new()) };
    let query = json!({"dataset": form, "measures": [{"count": "*", "as": "n"}], "dimensions": [{"field": path, "as": "value"}], "order": [{"by": "n", "dir": "desc"}], "limit": 50});
    let result = api::run_query(&query).await?;
    Ok(result
        .rows
        .into_iter()
        .filter_map(|row| row.into_iter().next())
        .filter(|value| !value.is_null())
        .collect())
}

#[component]
fn OneField(
    board: Signal<(DashboardView, Datasets)>,
    field: FieldView,
    narrowing: Memo<Narrowing>,
    narrow: Callback<Narrowing>,
) -> impl IntoView {
    let path = field.path.clone();
    // A board's own field may know no choices where the form's does.
    let known = board.with_untracked(|(_, datasets)| {
        datasets
            .values()
            .flatten()
            .find(|each| each.path == path && !each.options.is_empty())
            .map(|each| each.options.clone())
    });
    let options = if field.options.is_empty() { known.unwrap_or_default() } else { field.options.clone() };
    let form = board.with_untracked(|(board, datasets)| {
        let names = board.tiles.iter().map(|tile| dataset(&tile.query).to_owned());
        names
            .into_iter()
            .find(|name| datasets.get(name).is_some_and(|fields| fields.iter().any(|each| each.path == path)))
    });
    let ask = (form.filter(|_| options.is_empty()), path.clone());
    let values = load(move || ask.clone(), |(form, path)| given(form, path));
    let all = Memo::new(move |_| {
        let labelled = options.iter().map(|option| (option.value.clone(), option.label.clone()));
        let found =
            values.get().unwrap_or_default().into_iter().map(|value| (value.clone(), option_key(&value)));
        labelled.chain(found).collect::<Vec<_>>()
    });
    let title = field.title.clone();
    let choices = Signal::derive(move || {
        let mut choices = vec![Choice::new("", format!("{}: {}", title, say(m::ANY)))];
        choices.extend(all.get().into_iter().map(|(value, label)| Choice::new(option_key(&value), label)));
        choices
    });
    let chosen = {
        let path = path.clone();
        Signal::derive(move || {
            narrowing
                .with(|narrowing| {
                    narrowing
                        .values
                        .iter()
                        .find(|(name, _)| *name == path)
                        .map(|(_, value)| option_key(value))
                })
                .unwrap_or_default()
        })
    };
    view! {
        <div class="w-40">
            <Select label=field.title choices=choices value=chosen on_change=move |key: String| {
                let value = all.get_untracked().into_iter().map(|(value, _)| value).find(|value| option_key(value) == key);
                narrow.run(narrowing.get_untracked().with(&path, value));
            }/>
        </div>
    }
}
