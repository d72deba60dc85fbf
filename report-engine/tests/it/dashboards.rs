//! Dashboards: shapes, keys, and charts that fit.

use report_engine::{Chart, Dashboard, Query, best_chart};
use serde_json::{Value, json};

fn board(tiles: Value) -> Value {
    json!({"format": 1, "kind": "dashboard", "key": "cx", "title": {"zh": "体验", "en": "CX"},
           "filters": [{"field": "/region"}], "tiles": tiles})
}

#[test]
fn a_dashboard_is_read_whole() {
    let document = board(
        json!([{"key": "nps", "title": "NPS", "chart": "gauge", "drill": ["/region"], "at": [0, 0, 4, 3],
        "query": {"dataset": "nps", "measures": [{"nps": "/score"}]}}]),
    );
    let board = Dashboard::parse(&document).expect("a dashboard");
    assert_eq!((board.key.as_str(), board.title.get("zh")), ("cx", "体验"));
    let tile = &board.tiles[0];
    assert_eq!(
        (tile.chart, tile.at, tile.drill.as_slice()),
        (Chart::Gauge, [0, 0, 4, 3], &["/region".to_owned()][..])
    );
    assert_eq!(tile.query_document, document["tiles"][0]["query"]);
}

#[test]
fn every_fault_is_named() {
    let query = json!({"dataset": "nps", "measures": [{"nps": "/score"}]});
    let mut document = board(json!([
        {"key": "a", "title": "A", "query": {"dataset": "nps", "measures": [{"nips": "/score"}]}},
        {"key": "b", "title": "B", "query": query, "chart": "pie"},
        {"key": "b", "title": "B", "query": query, "at": [8, 0, 5, 2]},
        {"title": "C"}
    ]));
    document["kind"] = json!("form");
    let problems = Dashboard::parse(&document).expect_err("faults");
    let found: Vec<String> =
        problems.iter().map(|problem| format!("{} {}", problem.code, problem.path)).collect();
    assert_eq!(
        found,
        [
            "report.word /kind",
            "report.unknown_member /tiles/0/query/measures/0/nips",
            "report.measure /tiles/0/query/measures/0",
            "report.chart /tiles/1/chart",
            "report.place /tiles/2/at",
            "report.required /tiles/3/key",
            "report.required /tiles/3/query",
            "report.key_taken /tiles/2/key",
        ]
    );
}

#[test]
fn a_chart_is_chosen_by_shape() {
    let best = |dimensions: Value, measures: Value| {
        let query = json!({"dataset": "nps", "dimensions": dimensions, "measures": measures});
        best_chart(&Query::parse(&query).expect("a query")).word()
    };
    let (count, time) = (json!({"count": "*"}), json!({"time": "created_at", "granularity": "day"}));
    let field = json!({"field": "/region"});
    assert_eq!(best(json!([]), json!([count])), "number");
    assert_eq!(best(json!([time]), json!([count])), "line");
    assert_eq!(best(json!([field]), json!([count])), "bar");
    assert_eq!(best(json!([field, field]), json!([count])), "heat_map");
    assert_eq!(best(json!([field]), json!([])), "table");
}
