//! What each measure is, on numbers worked out by hand.

use serde_json::{Value, json};

use crate::samples::{Row, databases, dataset, relation, situation};

#[track_caller]
fn ask(rows: &[Row], query: Value) -> Vec<Vec<Value>> {
    databases(rows).ask(&query, &dataset(), &relation(), &situation())
}

fn rows(documents: &[Value]) -> Vec<Row> {
    documents.iter().cloned().map(Row::of).collect()
}

fn scores() -> Vec<Row> {
    rows(&[
        json!({"score": 10, "region": "北", "weight": 2}),
        json!({"score": 9, "region": "南", "weight": 1}),
        json!({"score": 7, "region": "北", "weight": 1}),
        json!({"score": 6, "weight": 0.5}),
        json!({"region": "南", "weight": 1}),
        json!({"score": 3, "region": "北"}),
    ])
}

#[test]
fn each_measure_has_one_definition() {
    let row = ask(
        &scores(),
        json!({"dataset": "nps", "measures": [
            {"count": "*"}, {"count": "/score"}, {"distinct": "/region"}, {"sum": "/score"}, {"avg": "/score"},
            {"min": "/score"}, {"max": "/score"}, {"median": "/score"}, {"percentile": "/score", "p": 0.9},
            {"nps": "/score"}, {"csat": "/score"}, {"ces": "/score"},
            {"share": {"field": "/score", "op": "lte", "value": 6}},
            {"share": {"field": "/score", "op": "lte", "value": 6}, "of": {"all": []}},
            {"ratio": [{"count": "/score"}, {"count": "*"}]},
            {"count": "*", "filters": {"field": "/region", "op": "eq", "value": "北"}}
        ]}),
    );
    let wanted = json!([[6, 5, 2, 35, 7.0, 3, 10, 7.0, 9.6, 0.0, 0.8, 7.0, 0.4, 2.0 / 6.0, 5.0 / 6.0, 3]]);
    crate::support::assert_same(
        &row,
        &[serde_json::from_value(wanted[0].clone()).expect("a list")],
        "measures",
    );
}

#[test]
fn weights_count_as_that_many_answers() {
    let row = ask(
        &scores(),
        json!({"dataset": "nps", "weight": "/weight", "measures": [
            {"count": "*"}, {"nps": "/score"}, {"avg": "/score"}, {"sum": "/score"}, {"max": "/score"},
            {"share": {"field": "/region", "op": "eq", "value": "北"}}, {"median": "/score"}
        ]}),
    );
    // Weights 2 1 1 ½ of scores 10 9 7 6; the last row has none and stays outside.
    let nps = 100.0 * (3.0 - 0.5) / 4.5;
    let avg = (20.0 + 9.0 + 7.0 + 3.0) / 4.5;
    // Position 1 + 3.5/2 = 2.75: 6 reaches ½, 7 reaches 1½, 9 reaches 2½, 10 the rest.
    let wanted = json!([[5.5, nps, avg, 39.0, 10, 3.0 / 5.0, 9.0 + 0.75]]);
    crate::support::assert_same(
        &row,
        &[serde_json::from_value(wanted[0].clone()).expect("a list")],
        "weights",
    );
}

#[test]
fn nothing_is_one_row_of_nothing() {
    let row = ask(
        &[],
        json!({"dataset": "nps", "measures": [{"count": "*"}, {"nps": "/score"}, {"sum": "/score"},
               {"median": "/score"}, {"share": {"field": "/score", "op": "gt", "value": 1}},
               {"ratio": [{"count": "*"}, {"count": "*"}]}]}),
    );
    assert_eq!(Value::from(row[0].clone()), json!([0, null, null, null, null, null]));
    assert_eq!(row.len(), 1);
}

#[test]
fn an_option_counts_once_per_submission() {
    let rows =
        rows(&[json!({"tags": ["快", "好", "快"]}), json!({"tags": ["好"]}), json!({"tags": []}), json!({})]);
    let found = ask(
        &rows,
        json!({"dataset": "nps", "dimensions": [{"field": "/tags"}], "measures": [{"count": "*"}]}),
    );
    assert_eq!(json!(found), json!([["好", 2], ["快", 1], [null, 2]]));
}

#[test]
fn order_puts_missing_last_and_settles_ties() {
    let rows = rows(&[
        json!({"region": "b", "score": 1}),
        json!({"region": "a", "score": 1}),
        json!({"region": "c"}),
        json!({"region": "d", "score": 5}),
        json!({"score": 9}),
    ]);
    let ask = |dir: &str, limit: u32| {
        let query = json!({"dataset": "nps", "dimensions": [{"field": "/region"}], "measures": [{"avg": "/score"}],
                           "order": [{"by": "avg", "dir": dir}], "limit": limit});
        json!(ask(&rows, query))
    };
    assert_eq!(ask("asc", 9), json!([["a", 1.0], ["b", 1.0], ["d", 5.0], [null, 9.0], ["c", null]]));
    assert_eq!(ask("desc", 9), json!([[null, 9.0], ["d", 5.0], ["a", 1.0], ["b", 1.0], ["c", null]]));
    assert_eq!(ask("desc", 2), json!([[null, 9.0], ["d", 5.0]]));
}

#[test]
fn the_row_filter_holds_for_every_query() {
    let mut situation = situation();
    let condition = json!({"field": "/region", "op": "eq", "value": "北"});
    situation.row_filter = Some(form_engine::Condition::parse(&condition, "").expect("a condition"));
    situation.hidden.insert("/region".to_owned());
    let query = json!({"dataset": "nps", "measures": [{"count": "*"}],
                       "filters": {"any": [{"all": []}, {"field": "/score", "op": "gt", "value": 0}]}});
    let found = databases(&scores()).ask(&query, &dataset(), &relation(), &situation);
    assert_eq!(json!(found), json!([[3]]));
}

#[test]
fn what_people_write_is_data_only() {
    let text = "'; DROP TABLE \"sub mission\"; -- ?1 $1";
    let rows = rows(&[json!({"region": text}), json!({"region": "x"})]);
    let query = json!({"dataset": "nps", "dimensions": [{"field": "/region", "as": text}], "measures": [{"count": "*", "as": "\"; --"}],
                       "filters": {"field": "/region", "op": "contains", "value": text}});
    assert_eq!(json!(ask(&rows, query)), json!([[text, 1]]));
}
