//! Filters as chips, and back into a condition.

use serde_json::{Value, json};
use studio::pages::submissions::filters::{Filters, next_order, operators};

#[test]
fn a_condition_survives_becoming_chips() {
    for condition in [
        json!({"field": "/score", "op": "lte", "value": 6}),
        json!({"all": [{"field": "/score", "op": "lte", "value": 6}, {"field": "/region", "op": "in", "value": ["a", "b"]}]}),
        json!({"all": [{"field": "/x", "op": "empty"}, {"any": [{"field": "/y", "op": "eq", "value": 1}, {"field": "/y", "op": "eq", "value": 2}]}]}),
        json!({"not": {"field": "/y", "op": "eq", "value": 1}}),
        json!({"not": {"field": "/y", "op": "empty"}}),
    ] {
        assert_eq!(Filters::of(&condition).condition(), Some(condition));
    }
}

#[test]
fn nested_lists_are_one_list_and_repetitions_one_chip() {
    let leaf = json!({"field": "/a", "op": "eq", "value": 1});
    let filters =
        Filters::of(&json!({"all": [leaf, {"all": [leaf, {"field": "/b", "op": "gt", "value": 2}]}]}));
    assert_eq!(filters.leaves.len(), 2);
    assert!(filters.rest.is_empty());
}

#[test]
fn nothing_asked_is_no_condition() {
    assert_eq!(Filters::default().condition(), None);
    assert!(Filters::of(&json!({})).is_empty());
    assert!(Filters::of(&Value::Null).is_empty());
}

#[test]
fn operators_fit_the_type() {
    let names = |kind, options| operators(kind, options).into_iter().map(|(op, _)| op).collect::<Vec<_>>();
    assert!(names("integer", false).contains(&"gte") && !names("integer", false).contains(&"contains"));
    assert!(names("text", false).contains(&"contains") && !names("text", false).contains(&"gte"));
    assert_eq!(names("text", true), ["eq", "ne", "empty", "not_empty"]);
    assert_eq!(names("list", true), ["contains", "empty", "not_empty"]);
    assert!(names("integer", true).contains(&"lte"), "a score with labels is still a number");
}

#[test]
fn a_head_turns_its_order_and_times_begin_with_the_newest() {
    assert_eq!(next_order("-created_at", "created_at"), "created_at");
    assert_eq!(next_order("created_at", "created_at"), "-created_at");
    assert_eq!(next_order("/score", "created_at"), "-created_at");
    assert_eq!(next_order("-created_at", "/score"), "/score");
    assert_eq!(next_order("/score", "/score"), "-/score");
}
