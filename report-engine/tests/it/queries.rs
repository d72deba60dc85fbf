//! Random queries over random rows: the naive answer, SQLite's and PostgreSQL's are one.

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use report_engine::{Query, resolve};
use serde_json::{Value, json};

use crate::conditions::{any_condition, any_row};
use crate::naive;
use crate::samples::{databases, dataset, fill, relation, situation};
use crate::support::assert_same;

const ZONES: &[&str] = &["UTC", "Asia/Shanghai", "America/New_York", "Asia/Kathmandu", "America/St_Johns"];

fn any_measure() -> impl Strategy<Value = Value> {
    let number = prop::sample::select(vec!["/score", "/amount"]);
    let any =
        prop::sample::select(vec!["/score", "/region", "/day", "/when", "created_at", "state", "/amount"]);
    let simple = (prop::sample::select(vec!["sum", "avg", "median", "nps", "csat", "ces"]), number.clone())
        .prop_map(|(word, field)| json!({word: field}));
    let base = prop_oneof![
        Just(json!({"count": "*"})),
        prop::sample::select(vec!["/score", "/tags", "/agreed", "state"])
            .prop_map(|field| json!({"count": field})),
        (prop::sample::select(vec!["distinct", "min", "max"]), any)
            .prop_map(|(word, field)| json!({word: field})),
        simple,
        (number, prop::sample::select(vec![0.0, 0.1, 0.25, 0.9, 1.0]))
            .prop_map(|(field, p)| json!({"percentile": field, "p": p})),
        any_condition().prop_map(|share| json!({"share": share})),
        (any_condition(), any_condition()).prop_map(|(share, of)| json!({"share": share, "of": of})),
    ];
    let filtered = (base, prop::option::weighted(0.2, any_condition()))
        .prop_map(|(mut measure, filters)| {
            if let Some(filters) = filters {
                measure["filters"] = filters;
            }
            measure
        })
        .boxed();
    let number_only = |measure: &Value| {
        ["count", "sum", "avg", "distinct", "nps", "median"].iter().any(|word| measure.get(word).is_some())
    };
    let part = filtered.clone().prop_filter("a number", number_only);
    prop_oneof![6 => filtered, 1 => (part.clone(), part).prop_map(|(upper, lower)| json!({"ratio": [upper, lower]}))]
}

fn any_dimension() -> impl Strategy<Value = Value> {
    let field = prop::sample::select(vec![
        "/region",
        "/tags",
        "/agreed",
        "/score",
        "/amount",
        "/day",
        "/when",
        "state",
        "is_open",
        "created_at",
    ]);
    let granularity = prop::sample::select(vec!["hour", "day", "week", "month", "quarter", "year"]);
    let time = (prop::sample::select(vec!["created_at", "/when", "/day"]), granularity)
        .prop_filter("hours of days", |(field, granularity)| *field != "/day" || *granularity != "hour");
    prop_oneof![
        field.prop_map(|field| json!({"field": field})),
        time.prop_map(|(field, granularity)| json!({"time": field, "granularity": granularity})),
    ]
}

fn any_query() -> impl Strategy<Value = Value> {
    (
        prop::collection::vec(any_measure(), 1..4),
        prop::collection::vec(any_dimension(), 0..3),
        prop::option::of(any_condition()),
        any::<bool>(),
        prop::sample::select(ZONES.to_vec()),
    )
        .prop_map(|(measures, dimensions, filters, weighted, zone)| {
            let mut query =
                json!({"dataset": "nps", "measures": measures, "dimensions": dimensions, "time_zone": zone});
            if let Some(filters) = filters {
                query["filters"] = filters;
            }
            if weighted {
                query["weight"] = json!("/weight");
            }
            query
        })
}

#[test]
fn the_naive_answer_is_both_databases_answer() {
    let open = std::cell::RefCell::new(databases(&[]));
    let mut runner = TestRunner::new(Config { cases: 60, failure_persistence: None, ..Config::default() });
    let cases = (prop::collection::vec(any_row(), 0..30), prop::collection::vec(any_query(), 6));
    let checked = runner.run(&cases, |(rows, queries)| {
        let mut open = open.borrow_mut();
        fill(&mut open, &rows);
        for query in queries {
            let zone = query["time_zone"].as_str().unwrap_or("UTC").parse().expect("a zone");
            let wanted = naive::answer(&query, &rows, zone, situation().now_ms);
            let parsed =
                Query::parse(&query).map_err(|problems| TestCaseError::fail(format!("{problems:?}")))?;
            let resolved = resolve(&parsed, &dataset(), &situation())
                .map_err(|problems| TestCaseError::fail(format!("{query}: {problems:?}")))?;
            let [sqlite, postgres] = open.run(&resolved, &relation());
            assert_same(&sqlite.rows, &wanted, &format!("SQLite and the naive answer to {query}"));
            assert_same(&postgres.rows, &wanted, &format!("PostgreSQL and the naive answer to {query}"));
        }
        Ok(())
    });
    checked.unwrap_or_else(|failure| panic!("{failure}"));
}
