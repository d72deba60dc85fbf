//! Time buckets: local calendars, changes of clocks, week starts.

use form_engine::moment;
use serde_json::{Value, json};

use crate::samples::{Row, databases, dataset, relation, situation};

/// Counts per bucket of instants in a zone.
#[track_caller]
fn buckets(instants: &[&str], zone: &str, granularity: &str) -> Value {
    let rows: Vec<Row> = instants
        .iter()
        .map(|text| Row {
            created_at: moment::parse(text).expect("an instant"),
            ..Row::of(json!({"when": text}))
        })
        .collect();
    let mut databases = databases(&rows);
    let query = |time: &str| {
        json!({"dataset": "nps", "measures": [{"count": "*"}], "time_zone": zone,
               "dimensions": [{"time": time, "granularity": granularity}]})
    };
    let stored = databases.ask(&query("created_at"), &dataset(), &relation(), &situation());
    let written = databases.ask(&query("/when"), &dataset(), &relation(), &situation());
    assert_eq!(stored, written, "columns and documents");
    json!(stored)
}

#[test]
fn a_day_is_a_local_day() {
    let instants = ["2026-02-28T15:59:59Z", "2026-02-28T16:00:00Z", "2026-03-01T15:59:59.999Z"];
    assert_eq!(buckets(&instants, "Asia/Shanghai", "day"), json!([["2026-02-28", 1], ["2026-03-01", 2]]));
    assert_eq!(buckets(&instants, "UTC", "day"), json!([["2026-02-28", 2], ["2026-03-01", 1]]));
    assert_eq!(buckets(&instants, "Asia/Shanghai", "year"), json!([["2026-01-01", 3]]));
    assert_eq!(buckets(&instants, "Asia/Shanghai", "quarter"), json!([["2026-01-01", 3]]));
    assert_eq!(buckets(&instants, "Asia/Shanghai", "month"), json!([["2026-02-01", 1], ["2026-03-01", 2]]));
}

#[test]
fn days_follow_changes_of_clocks() {
    // New York, 2026: 8 March has 23 hours, 1 November 25.
    let spring =
        ["2026-03-08T04:59:59Z", "2026-03-08T05:00:00Z", "2026-03-09T03:59:59Z", "2026-03-09T04:00:00Z"];
    let wanted = json!([["2026-03-07", 1], ["2026-03-08", 2], ["2026-03-09", 1]]);
    assert_eq!(buckets(&spring, "America/New_York", "day"), wanted);
    let autumn =
        ["2026-11-01T03:59:59Z", "2026-11-01T04:00:00Z", "2026-11-02T04:59:59Z", "2026-11-02T05:00:00Z"];
    let wanted = json!([["2026-10-31", 1], ["2026-11-01", 2], ["2026-11-02", 1]]);
    assert_eq!(buckets(&autumn, "America/New_York", "day"), wanted);
}

#[test]
fn a_repeated_hour_is_two_buckets() {
    let instants = ["2026-11-01T05:30:00Z", "2026-11-01T06:30:00Z", "2026-11-01T06:59:59Z"];
    let wanted = json!([["2026-11-01T01:00:00-04:00", 1], ["2026-11-01T01:00:00-05:00", 2]]);
    assert_eq!(buckets(&instants, "America/New_York", "hour"), wanted);
    let wanted = json!([["2026-11-01T11:00:00+05:45", 1], ["2026-11-01T12:00:00+05:45", 2]]);
    assert_eq!(buckets(&instants, "Asia/Kathmandu", "hour"), wanted);
}

#[test]
fn weeks_start_on_monday_unless_told() {
    let rows: Vec<Row> = ["2026-11-21", "2026-11-22", "2026-11-23", "1969-12-28", "1969-12-29"]
        .map(|day| Row::of(json!({"day": day})))
        .to_vec();
    let mut databases = databases(&rows);
    let mut ask = |start: Option<&str>| {
        let mut query = json!({"dataset": "nps", "measures": [{"count": "*"}],
                               "dimensions": [{"time": "/day", "granularity": "week"}]});
        if let Some(start) = start {
            query["dimensions"][0]["week_start"] = start.into();
        }
        json!(databases.ask(&query, &dataset(), &relation(), &situation()))
    };
    let monday = json!([["1969-12-22", 1], ["1969-12-29", 1], ["2026-11-16", 2], ["2026-11-23", 1]]);
    assert_eq!(ask(None), monday);
    assert_eq!(ask(Some("monday")), monday);
    assert_eq!(ask(Some("sunday")), json!([["1969-12-28", 2], ["2026-11-15", 1], ["2026-11-22", 2]]));
    assert_eq!(ask(Some("saturday")), json!([["1969-12-27", 2], ["2026-11-21", 3]]));
}

#[test]
fn what_is_no_date_is_missing() {
    let rows: Vec<Row> = ["2026-02-29", "0000-01-01", "20260301", "2026-03-01T00:00:00Z", "2024-02-29"]
        .map(|day| Row::of(json!({"day": day})))
        .to_vec();
    let query = json!({"dataset": "nps", "measures": [{"count": "*"}, {"count": "/day"}, {"max": "/day"}],
                       "dimensions": [{"time": "/day", "granularity": "month"}]});
    let found = databases(&rows).ask(&query, &dataset(), &relation(), &situation());
    assert_eq!(json!(found), json!([["2024-02-01", 1, 1, "2024-02-29"], [null, 4, 4, null]]));
}
