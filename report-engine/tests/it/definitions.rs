//! Queries with faults: each is named, with its place.

use report_engine::{Query, Situation, resolve};
use serde_json::{Value, json};

use crate::samples::{dataset, situation};

/// Codes and pointers of all problems of reading.
fn problems(query: &Value) -> Vec<String> {
    let found = Query::parse(query).expect_err("a query with faults");
    found.iter().map(|problem| format!("{} {}", problem.code, problem.path)).collect()
}

/// Codes and pointers of all problems of resolving.
fn unresolved(query: &Value, situation: &Situation) -> Vec<String> {
    let query = Query::parse(query).unwrap_or_else(|problems| panic!("{problems:?}"));
    let found = resolve(&query, &dataset(), situation).expect_err("a query with faults");
    found.iter().map(|problem| format!("{} {}", problem.code, problem.path)).collect()
}

#[test]
fn every_fault_of_shape_is_named() {
    assert_eq!(problems(&json!([])), ["report.type "]);
    assert_eq!(problems(&json!({})), ["report.required /dataset", "report.nothing_asked /measures"]);
    let query = json!({
        "dataset": "", "mesures": [], "limit": 0, "time_zone": "Mars", "compare": "last_year",
        "measures": [{"nps": "/score", "avg": "/score"}, {}, {"median": "/x", "p": 0.1}, {"percentile": "/x", "p": 2},
                     {"ratio": [{"count": "*"}]}, {"share": {"field": "/x", "op": "is"}}, {"count": 3}],
        "dimensions": [{"time": "created_at", "granularity": "decade"}, {"granularity": "day"}, 7],
        "order": [{"dir": "up"}]
    });
    assert_eq!(
        problems(&query),
        [
            "report.unknown_member /mesures",
            "report.type /dataset",
            "report.measure /measures/0/nps",
            "report.measure /measures/1",
            "report.unknown_member /measures/2/p",
            "report.range /measures/3/p",
            "report.type /measures/4/ratio",
            "condition.op_unknown /measures/5/share/op",
            "report.type /measures/6/count",
            "report.word /dimensions/0/granularity",
            "report.unknown_member /dimensions/1/granularity",
            "report.required /dimensions/1/field",
            "report.type /dimensions/2",
            "report.required /order/0/by",
            "report.word /order/0/dir",
            "report.word /compare",
            "report.limit /limit",
            "report.time_zone /time_zone",
        ]
    );
}

#[test]
fn names_and_types_are_checked_against_the_dataset() {
    let query = json!({
        "dataset": "other",
        "measures": [{"avg": "/region"}, {"nps": "/nothing"}, {"min": "/tags"}, {"count": "*", "as": "n"},
                     {"share": {"field": "/score", "op": "eq", "value": "six"}}, {"distinct": "/tags"}],
        "dimensions": [{"time": "/region", "granularity": "day"}, {"time": "/day", "granularity": "hour"},
                       {"field": "/agreed", "as": "n"}],
        "filters": {"any": [{"field": "/tags", "op": "in", "value": ["a"]}, {"field": "gone", "op": "empty"},
                            {"field": "created_at", "op": "gt", "value": "soon"},
                            {"field": "/agreed", "op": "lt", "value": "x"},
                            {"field": "/score", "op": "eq", "value": {"field": "/region"}},
                            {"field": "/score", "op": "gt", "value": {"now": "-1d"}}]},
        "weight": "/agreed", "order": [{"by": "x"}]
    });
    assert_eq!(
        unresolved(&query, &situation()),
        [
            "report.dataset_unknown /dataset",
            "report.operator /filters/any/0/op",
            "report.field_unknown /filters/any/1/field",
            "report.value_type /filters/any/2/value",
            "report.operator /filters/any/3/op",
            "report.value_type /filters/any/4/value/field",
            "report.operator /filters/any/5/op",
            "report.field_type /dimensions/0/time",
            "report.field_type /dimensions/1/time",
            "report.field_type /measures/0/avg",
            "report.field_unknown /measures/1/nps",
            "report.field_type /measures/2/min",
            "report.value_type /measures/4/share/value",
            "report.field_type /measures/5/distinct",
            "report.field_type /weight",
            "report.name_taken /measures/3/as",
            "report.order_unknown /order/0/by",
        ]
    );
}

#[test]
fn hidden_members_do_not_exist() {
    let mut situation = situation();
    situation.hidden.insert("/score".to_owned());
    let query = json!({"dataset": "nps", "measures": [{"nps": "/score"}],
                       "filters": {"field": "/score", "op": "gt", "value": 1}});
    assert_eq!(
        unresolved(&query, &situation),
        ["report.field_unknown /filters/field", "report.field_unknown /measures/0/nps"]
    );
}

#[test]
fn columns_are_named_by_rule() {
    let query = json!({
        "dataset": "nps",
        "measures": [{"nps": "/score"}, {"nps": "/amount"}, {"count": "*", "as": "nps_2"}, {"median": "/score"},
                     {"percentile": "/score", "p": 0.5}],
        "dimensions": [{"field": "/region"}, {"time": "created_at", "granularity": "day"}, {"field": "/a~1b \"c\\d\"/0/名"}]
    });
    let query =
        resolve(&Query::parse(&query).expect("a query"), &dataset(), &situation()).expect("no faults");
    let columns: Vec<_> =
        query.columns().iter().map(|column| format!("{}: {}", column.name, column.kind.word())).collect();
    assert_eq!(
        columns,
        [
            "region: text",
            "created_at: date",
            "名: text",
            "nps: number",
            "nps_3: number",
            "nps_2: integer",
            "median: number",
            "percentile: number",
        ]
    );
}
