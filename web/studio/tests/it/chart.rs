//! One specification, one option: what ECharts is given.

use api_types::{ColumnView, OptionView, QueryResult};
use serde_json::{Value, json};
use studio::{
    chart::{ChartKind, ChartSpec, Palette, Unit},
    i18n::Language::{En, Zh},
};

fn column(name: &str, value_type: &str, role: &str) -> ColumnView {
    ColumnView {
        name: name.into(),
        value_type: value_type.into(),
        role: role.into(),
        title: String::new(),
        options: vec![],
    }
}

fn palette() -> Palette {
    Palette {
        series: vec!["#111111".into(), "#222222".into()],
        verdict: ["good".into(), "fair".into(), "poor".into()],
        ink: "ink".into(),
        muted: "muted".into(),
        line: "line".into(),
        ground: "ground".into(),
    }
}

fn by_region(kind: ChartKind) -> ChartSpec {
    let mut region = column("region", "text", "dimension");
    region.options = vec![OptionView { value: json!("east"), label: "华东".into() }];
    let query = json!({"measures": [{"nps": "/score"}], "dimensions": [{"field": "/region"}]});
    let rows = vec![
        vec![json!("east"), json!(42.0)],
        vec![json!("west"), json!(-12.5)],
        vec![Value::Null, Value::Null],
    ];
    ChartSpec::new(
        kind,
        &query,
        QueryResult { columns: vec![region, column("nps", "number", "measure")], rows },
        Zh,
    )
}

#[test]
fn bars_carry_labels_rows_and_the_colour_of_their_score() {
    let option = by_region(ChartKind::Bar).option(&palette()).expect("a drawn chart");
    assert_eq!(option["xAxis"]["data"], json!(["华东", "west", "未填写"]));
    let data = &option["series"][0]["data"];
    assert_eq!(data[0], json!({"value": 42.0, "row": 0, "itemStyle": {"color": "good"}}));
    assert_eq!(data[1]["itemStyle"]["color"], json!("poor"));
    assert_eq!(data[2]["value"], Value::Null);
}

/// The page's policy allows no inline style, so tooltips are drawn, not written as HTML.
#[test]
fn no_option_asks_for_html() {
    for kind in [
        ChartKind::Bar,
        ChartKind::Line,
        ChartKind::Area,
        ChartKind::Stacked,
        ChartKind::Pie,
        ChartKind::Funnel,
        ChartKind::Gauge,
        ChartKind::Heatmap,
    ] {
        let option = by_region(kind).option(&palette()).expect("a drawn chart");
        let mode = option.pointer("/tooltip/renderMode").and_then(Value::as_str);
        assert!(mode.is_none_or(|mode| mode == "richText"), "{kind:?}");
        assert_eq!(option["aria"]["enabled"], json!(true), "{kind:?}");
    }
}

#[test]
fn numbers_and_tables_are_not_drawn() {
    assert_eq!(by_region(ChartKind::Number).option(&palette()), None);
    assert_eq!(by_region(ChartKind::Table).option(&palette()), None);
    assert_eq!(ChartKind::of("hologram"), ChartKind::Table);
}

#[test]
fn long_labels_lie_their_bars_down() {
    let mut spec = by_region(ChartKind::Bar);
    spec.rows[1][0] = json!("a label that needs room");
    let option = spec.option(&palette()).expect("a drawn chart");
    assert_eq!(option["yAxis"]["type"], json!("category"));
    assert_eq!(option["yAxis"]["inverse"], json!(true));
}

#[test]
fn parts_of_a_whole_say_their_share_and_are_named_below() {
    let mut spec = by_region(ChartKind::Pie);
    spec.rows[0][1] = json!(5);
    spec.rows[1][1] = json!(8);
    let option = spec.option(&palette()).expect("a drawn chart");
    let data = &option["series"][0]["data"];
    let shares = [0, 1, 2].map(|at| data[at]["label"]["formatter"].clone());
    assert_eq!(shares, [json!("38%"), json!("62%"), json!("")]);
    assert_eq!(option["legend"]["bottom"], json!(0));
}

#[test]
fn a_second_dimension_becomes_series() {
    let query = json!({"measures": [{"count": "*"}], "dimensions": [{"time": "created_at", "granularity": "month"}, {"field": "/state"}]});
    let columns = vec![
        column("created_at", "date", "dimension"),
        column("state", "text", "dimension"),
        column("count", "integer", "measure"),
    ];
    let rows = vec![
        vec![json!("2026-10-01"), json!("open"), json!(3)],
        vec![json!("2026-11-01"), json!("open"), json!(1)],
        vec![json!("2026-11-01"), json!("closed"), json!(5)],
    ];
    let spec = ChartSpec::new(ChartKind::Stacked, &query, QueryResult { columns, rows }, En);
    let option = spec.option(&palette()).expect("a drawn chart");
    assert_eq!(option["xAxis"]["data"], json!(["2026-10", "2026-11"]));
    assert_eq!(option["series"][0]["name"], json!("open"));
    assert_eq!(option["series"][1]["data"], json!([{"value": null}, {"value": 5.0, "row": 2}]));
    assert_eq!(option["series"][1]["stack"], json!("all"));
}

#[test]
fn units_come_from_how_the_query_asks() {
    for (measure, value, words) in [
        (json!({"nps": "/score"}), -12.34, "-12.3"),
        (json!({"share": {"field": "/score", "op": "lte", "value": 6}}), 0.256, "25.6%"),
        (json!({"csat": "/score"}), 1.0, "100%"),
        (json!({"ratio": [{}, {}]}), 0.5, "50%"),
        (json!({"avg": "/minutes"}), 12.345, "12.35"),
        (json!({"avg": "duration_ms"}), 5_400_000.0, "1.5 h"),
        (json!({"count": "*"}), 12345.0, "12,345"),
    ] {
        assert_eq!(Unit::of(&measure).words(value, En), words, "{measure}");
    }
}

#[test]
fn a_gauge_of_nps_runs_from_minus_to_plus_one_hundred() {
    let query = json!({"measures": [{"nps": "/score"}]});
    let spec = ChartSpec::new(
        ChartKind::Gauge,
        &query,
        QueryResult { columns: vec![column("nps", "number", "measure")], rows: vec![vec![json!(12.5)]] },
        En,
    );
    let series = spec.option(&palette()).expect("a drawn chart")["series"][0].clone();
    assert_eq!((&series["min"], &series["max"]), (&json!(-100.0), &json!(100.0)));
    assert_eq!(series["progress"]["itemStyle"]["color"], json!("fair"));
    assert_eq!(series["detail"]["formatter"], json!("12.5"));
}

#[test]
fn nothing_measured_is_nothing_to_draw() {
    let query = json!({"measures": [{"nps": "/score"}]});
    let empty = ChartSpec::new(
        ChartKind::Gauge,
        &query,
        QueryResult { columns: vec![column("nps", "number", "measure")], rows: vec![vec![Value::Null]] },
        En,
    );
    assert!(empty.is_empty());
    assert!(!by_region(ChartKind::Bar).is_empty());
}
