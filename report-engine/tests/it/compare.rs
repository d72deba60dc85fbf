//! A period beside the one before it.

use form_engine::moment;
use report_engine::{Query, Situation, resolve};
use serde_json::{Value, json};

use crate::samples::{Row, databases, dataset, relation, situation};

fn at(instant: &str, score: i64) -> Row {
    Row {
        created_at: moment::parse(instant).expect("an instant"),
        ..Row::of(json!({"score": score, "day": &instant[..10]}))
    }
}

fn ask(rows: &[Row], query: Value, situation: &Situation) -> Value {
    json!(databases(rows).ask(&query, &dataset(), &relation(), situation))
}

#[test]
fn whole_months_are_compared_with_whole_months() {
    let rows = [
        at("2026-01-31T23:59:59Z", 1),
        at("2026-02-01T00:00:00Z", 2),
        at("2026-02-28T12:00:00Z", 4),
        at("2026-03-01T00:00:00Z", 10),
        at("2026-03-31T23:59:59Z", 20),
        at("2026-04-01T00:00:00Z", 99),
    ];
    for (time, filters) in [
        ("created_at", json!({"field": "created_at", "op": "gte", "value": "2026-03-01"})),
        ("/day", json!({"field": "/day", "op": "between", "value": ["2026-03-01", "2026-03-31"]})),
    ] {
        let until = json!({"field": time, "op": "lt", "value": "2026-04-01"});
        let query = json!({"dataset": "nps", "measures": [{"count": "*"}, {"sum": "/score"}, {"median": "/score"}],
            "filters": {"all": [filters, until]}, "compare": "previous_period"});
        assert_eq!(ask(&rows, query.clone(), &situation()), json!([[2, 30, 15.0, 2, 6, 3.0]]), "{time}");
        let mut by_month = query;
        by_month["dimensions"] = json!([{"time": time, "granularity": "month"}]);
        by_month["order"] = json!([{"by": "sum_previous", "dir": "desc"}]);
        assert_eq!(
            ask(&rows, by_month, &situation()),
            json!([["2026-03-01", 2, 30, 15.0, 2, 6, 3.0]]),
            "{time}"
        );
    }
}

#[test]
fn days_stand_beside_their_counterpart_over_a_change_of_clocks() {
    // The week before 8 March, of 7·24 hours; the week after has an hour less.
    let rows = [at("2026-03-04T05:10:00Z", 1), at("2026-03-11T04:10:00Z", 5), at("2026-03-10T12:00:00Z", 7)];
    let mut situation = situation();
    situation.time_zone = chrono_tz::America::New_York;
    let query = json!({"dataset": "nps", "measures": [{"sum": "/score"}],
        "dimensions": [{"time": "created_at", "granularity": "day"}], "compare": "previous_period",
        "filters": {"all": [{"field": "created_at", "op": "gte", "value": "2026-03-09T04:00:00Z"},
                            {"field": "created_at", "op": "lt", "value": "2026-03-16T04:00:00Z"}]}});
    assert_eq!(ask(&rows, query, &situation), json!([["2026-03-10", 7, null], ["2026-03-11", 5, 1]]));
}

#[test]
fn an_open_period_ends_now() {
    // Now is 2026-11-23T00:00:00Z.
    let rows = [at("2026-11-22T12:00:00Z", 3), at("2026-11-21T12:00:00Z", 2), at("2026-11-23T12:00:00Z", 50)];
    let query = json!({"dataset": "nps", "measures": [{"sum": "/score"}], "compare": "previous_period",
        "filters": {"field": "created_at", "op": "gte", "value": {"now": "-1d"}}});
    assert_eq!(ask(&rows, query, &situation()), json!([[3, 2]]));
}

#[test]
fn a_period_without_beginning_is_refused() {
    for filters in [json!({"all": []}), json!({"field": "created_at", "op": "lt", "value": "2026-01-01"})] {
        let query = json!({"dataset": "nps", "measures": [{"count": "*"}], "compare": "previous_period", "filters": filters});
        let query = Query::parse(&query).expect("a query");
        let problems = resolve(&query, &dataset(), &situation()).expect_err("no period");
        assert_eq!(problems[0].code, "report.compare_unbounded");
        assert_eq!(problems[0].path, "/compare");
    }
}
