//! How a board is narrowed, and which submissions stand behind a mark.

use api_types::FieldView;
use serde_json::{Value, json};
use studio::pages::board::model::{Narrowing, behind, bucket, narrowed};

fn field(path: &str, value_type: &str) -> FieldView {
    FieldView {
        path: path.into(),
        title: path.into(),
        control: "text".into(),
        value_type: value_type.into(),
        options: vec![],
    }
}

#[test]
fn the_address_holds_the_narrowing() {
    let narrowing = Narrowing::of(Some("30"), Some(r#"{"/region":"east"}"#));
    assert_eq!(narrowing.days, Some(30));
    assert_eq!(narrowing.query(), [("days", "30".to_owned()), ("in", r#"{"/region":"east"}"#.to_owned())]);
    assert_eq!(narrowing.with("/region", None).query(), [("days", "30".to_owned())]);
    for (days, values) in [(Some("0"), None), (Some("-1"), None), (Some("x"), Some("[1]")), (None, Some("{"))]
    {
        assert_eq!(Narrowing::of(days, values), Narrowing::default());
    }
}

/// A filter applies to every tile that has its field, and to no other.
#[test]
fn tiles_take_the_filters_they_have_fields_for() {
    let narrowing = Narrowing::of(Some("7"), Some(r#"{"/region":"east","/about":"price"}"#));
    let fields = [field("/region", "text"), field("/about", "list")];
    assert_eq!(
        narrowing.conditions(Some(&fields)),
        [
            json!({"field": "created_at", "op": "gte", "value": {"now": "-7d"}}),
            json!({"field": "/region", "op": "eq", "value": "east"}),
            json!({"field": "/about", "op": "contains", "value": "price"}),
        ]
    );
    assert_eq!(narrowing.conditions(Some(&[])).len(), 1);
    assert!(narrowing.conditions(None).is_empty());
}

#[test]
fn own_filters_of_a_tile_stay() {
    let query = json!({"dataset": "nps", "filters": {"field": "/score", "op": "lte", "value": 6}});
    let more = json!({"field": "/region", "op": "eq", "value": "east"});
    assert_eq!(
        narrowed(&query, std::slice::from_ref(&more))["filters"],
        json!({"all": [query["filters"], more]})
    );
    assert_eq!(narrowed(&query, &[]), query);
    assert_eq!(narrowed(&json!({"dataset": "nps"}), std::slice::from_ref(&more))["filters"], more);
}

fn no_bounds(_: &str, _: &str) -> Option<(String, String)> {
    None
}

#[test]
fn behind_a_bar_stand_the_submissions_with_its_value() {
    let query = json!({"dataset": "nps", "measures": [{"nps": "/score"}], "dimensions": [{"field": "/region", "as": "region"}], "filters": {"field": "/product", "op": "eq", "value": "A"}});
    assert_eq!(
        behind(&query, &[json!("east"), json!(-20)], &[], &no_bounds),
        Some(
            json!({"all": [{"field": "/product", "op": "eq", "value": "A"}, {"field": "/region", "op": "eq", "value": "east"}]})
        )
    );
    let bare = json!({"dataset": "nps", "dimensions": [{"field": "/about"}]});
    assert_eq!(
        behind(&bare, &[Value::Null], &[], &no_bounds),
        Some(json!({"field": "/about", "op": "empty"}))
    );
    assert_eq!(
        behind(&bare, &[json!("price")], &["/about".into()], &no_bounds),
        Some(json!({"field": "/about", "op": "contains", "value": "price"}))
    );
    assert_eq!(behind(&json!({"dataset": "nps"}), &[json!(3)], &[], &no_bounds), Some(json!({})));
    assert_eq!(behind(&json!({"dataset": "$clocks"}), &[], &[], &no_bounds), None);
}

#[test]
fn behind_a_point_in_time_stands_its_whole_bucket() {
    let query = json!({"dataset": "nps", "dimensions": [{"time": "created_at", "granularity": "month"}]});
    let bounds = |first: &str, granularity: &str| {
        bucket(first, granularity).map(|(from, to)| (format!("{from:?}"), format!("{to:?}")))
    };
    let condition = behind(&query, &[json!("2026-11-01")], &[], &bounds).expect("a form's submissions");
    assert_eq!(condition["all"][0], json!({"field": "created_at", "op": "gte", "value": "(2026, 11, 1)"}));
    assert_eq!(condition["all"][1], json!({"field": "created_at", "op": "lt", "value": "(2026, 12, 1)"}));
}

#[test]
fn buckets_end_where_the_next_begins() {
    for (first, granularity, next) in [
        ("2026-12-01", "month", (2027, 1, 1)),
        ("2026-02-23", "week", (2026, 3, 2)),
        ("2024-02-28", "day", (2024, 2, 29)),
        ("2026-10-01", "quarter", (2027, 1, 1)),
        ("2026-01-01", "year", (2027, 1, 1)),
    ] {
        assert_eq!(bucket(first, granularity).map(|(_, next)| next), Some(next), "{first} {granularity}");
    }
    assert_eq!(bucket("soon", "day"), None);
    assert_eq!(bucket("2026-01-01", "century"), None);
}
