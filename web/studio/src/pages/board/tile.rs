//! One tile: asks its query, draws a number, a chart or a table, and leads to the submissions behind a mark.

use api_types::{FieldView, TileView};
use leptos::{html, prelude::*};
use leptos_router::hooks::use_navigate;
use serde_json::Value;
use wasm_bindgen::prelude::*;
use web_ui::{Icon, IconButton, Size, Skeleton};

use super::{
    figure::{Figure, Rows},
    model::{self, Narrowing},
};
use crate::{
    api, browser,
    chart::{ChartKind, ChartSpec, Palette},
    format,
    i18n::{board as m, t},
    live,
    load::load,
    settings,
};

/// The colours of the theme in force.
fn palette() -> Palette {
    settings::night();
    let token = browser::token;
    Palette {
        series: (1..=8).map(|index| token(&format!("--cx-chart-{index}"))).collect(),
        verdict: [token("--cx-chart-good"), token("--cx-chart-fair"), token("--cx-chart-poor")],
        ink: token("--ink"),
        muted: token("--ink-soft"),
        line: token("--line"),
        ground: token("--surface"),
    }
}

/// Instants of a bucket by this browser's clock.
fn bounds(first: &str, granularity: &str) -> Option<(String, String)> {
    let ((year, month, day), (next_year, next_month, next_day)) = model::bucket(first, granularity)?;
    let instant = |ms: i64| {
        let at = format::Moment::at(ms, 0);
        format!("{:04}-{:02}-{:02}T{:02}:{:02}:00Z", at.year, at.month, at.day, at.hour, at.minute)
    };
    Some((
        instant(browser::local_midnight(year, month, day)),
        instant(browser::local_midnight(next_year, next_month, next_day)),
    ))
}

#[component]
pub fn Tile(tile: TileView, fields: Option<Vec<FieldView>>, narrowing: Memo<Narrowing>) -> impl IntoView {
    let kind = ChartKind::of(&tile.chart);
    let as_table = RwSignal::new(kind == ChartKind::Table);
    let dataset = model::dataset(&tile.query).to_owned();
    let lists: Vec<String> = fields
        .iter()
        .flatten()
        .filter(|field| field.value_type == "list")
        .map(|field| field.path.clone())
        .collect();
    let own = tile.query.clone();
    let query = Memo::new(move |_| {
        model::narrowed(&own, &narrowing.with(|narrowing| narrowing.conditions(fields.as_deref())))
    });
    let result = load(move || query.get(), |query| async move { api::run_query(&query).await });
    let form = dataset.clone();
    live::follow(result, move |change| match change.entity.as_str() {
        "submission" => form.starts_with('$') || change.form.as_deref().is_none_or(|changed| changed == form),
        "task" | "clock" => form.starts_with('$'),
        _ => false,
    });
    let navigate = use_navigate();
    let pick = Callback::new(move |row: Vec<Value>| {
        let query = query.get_untracked();
        if let Some(condition) = model::behind(&query, &row, &lists, &bounds) {
            let filter = if condition.as_object().is_some_and(serde_json::Map::is_empty) {
                String::new()
            } else {
                format!("?filter={}", browser::encode(&condition.to_string()))
            };
            navigate(
                &format!("/s/forms/{}/submissions{filter}", browser::encode(model::dataset(&query))),
                Default::default(),
            );
        }
    });
    let leads = !dataset.starts_with('$');
    let [column, row, width, height] = tile.at;
    let title = tile.title.clone();
    let toggle =
        Signal::derive(move || if as_table.get() { t(m::AS_CHART).get() } else { t(m::AS_TABLE).get() });
    view! {
        <section
            class="cx-tile" aria-label=tile.title
            style:--column=(column + 1).to_string() style:--row=(row + 1).to_string() style:--width=width.max(1).to_string() style:--height=height.max(1).to_string()
        >
            <header class="flex items-center gap-1 pt-2.5 pr-2 pl-4">
                <h2 class="line-clamp-2 min-w-0 grow text-sm">{title}</h2>
                {(kind != ChartKind::Table).then(|| view! {
                    <IconButton label=toggle icon=Signal::derive(move || if as_table.get() { Icon::ChartBar } else { Icon::Table }) size=Size::Small tip="cx-tip-left" on_press=move |_| as_table.update(|on| *on = !*on)/>
                })}
            </header>
            <div class="cx-tile-body">
                {result.view(
                    || view! { <div class="p-4"><Skeleton class="h-24 w-full"/></div> },
                    move |result| {
                        let spec = Memo::new(move |_| ChartSpec::new(kind, &query.get(), result.get(), settings::language()));
                        view! { <Drawn kind=kind spec=spec as_table=as_table pick=pick leads=leads/> }
                    },
                )}
            </div>
        </section>
    }
}

#[component]
fn Drawn(
    kind: ChartKind,
    spec: Memo<ChartSpec>,
    as_table: RwSignal<bool>,
    pick: Callback<Vec<Value>>,
    leads: bool,
) -> impl IntoView {
    let empty = Memo::new(move |_| spec.with(ChartSpec::is_empty));
    move || {
        if as_table.get() {
            return view! { <Rows spec=spec pick=pick leads=leads/> }.into_any();
        }
        if empty.get() {
            return view! { <p class="grid h-full place-items-center p-4 text-muted">{t(m::NO_DATA)}</p> }
                .into_any();
        }
        match kind {
            ChartKind::Number => view! { <Figure spec=spec pick=pick leads=leads/> }.into_any(),
            ChartKind::Table => view! { <Rows spec=spec pick=pick leads=leads/> }.into_any(),
            ChartKind::Gauge
            | ChartKind::Line
            | ChartKind::Area
            | ChartKind::Bar
            | ChartKind::Stacked
            | ChartKind::Pie
            | ChartKind::Heatmap
            | ChartKind::Funnel => view! { <Canvas spec=spec pick=pick leads=leads/> }.into_any(),
        }
    }
}

#[component]
fn Canvas(spec: Memo<ChartSpec>, pick: Callback<Vec<Value>>, leads: bool) -> impl IntoView {
    let node = NodeRef::<html::Div>::new();
    let picked = Closure::<dyn Fn(f64)>::new(move |row: f64| {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "an index of a row, or -1"
        )]
        let row = (row >= 0.0).then_some(row as usize);
        if let Some(cells) = row.and_then(|row| spec.with_untracked(|spec| spec.rows.get(row).cloned())) {
            pick.run(cells);
        }
    })
    .into_js_value();
    let picked = StoredValue::new_local(picked.unchecked_into::<js_sys::Function>());
    Effect::new(move || {
        let Some(element) = node.get() else { return };
        if let Some(option) = spec.with(|spec| spec.option(&palette())) {
            picked.with_value(|picked| browser::draw_chart(&element, &option.to_string(), picked));
        }
    });
    let gone = StoredValue::new_local(None::<web_sys::HtmlElement>);
    node.on_load(move |element| gone.set_value(Some(element.into())));
    on_cleanup(move || {
        if let Some(element) = gone.try_get_value().flatten() {
            browser::drop_chart(&element);
        }
    });
    view! { <div node_ref=node class="h-full w-full" class:cursor-pointer=leads title=move || leads.then(|| t(m::DRILL_HINT).get())></div> }
}
