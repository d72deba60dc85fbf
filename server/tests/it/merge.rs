//! Three-way merge, against its own laws on random documents and on what authors really do.

use huiyin::document::merge::{Decisions, Side, is_equal, merge};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// Documents like definitions: objects, lists of things with keys, lists of words, scalars.
fn documents() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (0..5_i64).prop_map(Value::from),
        "[a-c]{0,2}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 5, |inner| {
        let members = proptest::collection::vec(("[a-d]", inner.clone()), 0..4);
        let object = members.prop_map(|members| Value::Object(members.into_iter().collect::<Map<_, _>>()));
        let things = proptest::collection::vec(("[a-d]", inner.clone()), 0..4).prop_map(|things| {
            let things: Map<String, Value> = things.into_iter().collect();
            things.into_iter().map(|(key, value)| json!({"key": key, "is": value})).collect::<Vec<_>>().into()
        });
        prop_oneof![object, things, proptest::collection::vec(inner, 0..4).prop_map(Value::from)]
    })
}

fn merged(base: &Value, mine: &Value, theirs: &Value) -> (Value, Vec<String>) {
    let merged = merge(Some(base), Some(mine), Some(theirs), "", &Decisions::new());
    let conflicts = merged.conflicts.into_iter().map(|conflict| conflict.path).collect();
    (merged.value.expect("nothing was taken away"), conflicts)
}

/// Which members and things there are, whatever their order.
fn sorted(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let mut members: Vec<_> =
                members.iter().map(|(name, value)| (name.clone(), sorted(value))).collect();
            members.sort_by(|one, other| one.0.cmp(&other.0));
            Value::Object(members.into_iter().collect())
        }
        Value::Array(items) => {
            let mut items: Vec<Value> = items.iter().map(sorted).collect();
            items.sort_by_key(Value::to_string);
            items.into()
        }
        other => other.clone(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn a_side_that_changed_nothing_takes_the_other(base in documents(), changed in documents()) {
        prop_assert!(is_equal(&merged(&base, &changed, &base).0, &changed));
        prop_assert!(is_equal(&merged(&base, &base, &changed).0, &changed));
        prop_assert_eq!(merged(&base, &changed, &base).1.len() + merged(&base, &base, &changed).1.len(), 0);
    }

    #[test]
    fn the_same_change_twice_is_one(base in documents(), changed in documents()) {
        let (value, conflicts) = merged(&base, &changed, &changed);
        prop_assert!(is_equal(&value, &changed));
        prop_assert!(conflicts.is_empty());
    }

    #[test]
    fn changes_that_touch_different_things_commute(base in documents(), mine in documents(), theirs in documents()) {
        let (one, conflicts) = merged(&base, &mine, &theirs);
        let (other, again) = merged(&base, &theirs, &mine);
        prop_assert_eq!(sorted(&json!(conflicts)), sorted(&json!(again)));
        if conflicts.is_empty() {
            prop_assert_eq!(sorted(&one), sorted(&other));
        }
    }

    #[test]
    fn whoever_holds_everywhere_is_what_comes_out_where_both_changed(base in documents(), mine in documents(), theirs in documents()) {
        for (side, chosen) in [(Side::Mine, &mine), (Side::Theirs, &theirs)] {
            let decisions = Decisions::from([(String::new(), side)]);
            let merged = merge(Some(&base), Some(&mine), Some(&theirs), "", &decisions);
            prop_assert!(merged.conflicts.iter().all(|conflict| conflict.resolved == Some(side)));
            if merged.conflicts.iter().any(|conflict| conflict.path.is_empty()) {
                prop_assert!(is_equal(&merged.value.expect("there"), chosen));
            }
        }
    }
}

#[test]
fn additions_on_both_sides_stand_where_their_authors_put_them() {
    let base = json!({"items": [{"field": "/a"}, {"field": "/b"}, {"field": "/c"}]});
    let mine = json!({"items": [{"field": "/a"}, {"field": "/x"}, {"field": "/b"}, {"field": "/c"}]});
    let theirs = json!({"items": [{"field": "/first"}, {"field": "/a"}, {"field": "/b", "help": "new"}, {"field": "/c"}, {"field": "/last"}]});
    let (value, conflicts) = merged(&base, &mine, &theirs);
    assert!(conflicts.is_empty(), "{conflicts:?}");
    let order: Vec<&str> = value["items"]
        .as_array()
        .expect("items")
        .iter()
        .map(|item| item["field"].as_str().expect("a field"))
        .collect();
    assert_eq!(order, ["/first", "/a", "/x", "/b", "/c", "/last"]);
    assert_eq!(value["items"][3]["help"], "new");
}

#[test]
fn moving_a_question_here_and_rewording_it_there_are_no_conflict() {
    let base = json!([{"field": "/a", "title": "A"}, {"field": "/b", "title": "B"}]);
    let mine = json!([{"field": "/b", "title": "B"}, {"field": "/a", "title": "A"}]);
    let theirs = json!([{"field": "/a", "title": "How?"}, {"field": "/b", "title": "B"}]);
    let (value, conflicts) = merged(&base, &mine, &theirs);
    assert!(conflicts.is_empty());
    assert!(
        is_equal(&value, &json!([{"field": "/b", "title": "B"}, {"field": "/a", "title": "How?"}])),
        "{value}"
    );
}

#[test]
fn only_what_both_changed_differently_is_a_conflict_and_a_decision_settles_it() {
    let base = json!({"states": {"open": {"title": "Open", "on": {"solve": "closed"}}, "closed": {"type": "final"}}});
    let mine = json!({"states": {"open": {"title": "At work", "on": {"solve": "closed"}}, "closed": {"type": "final"}, "paused": {}}});
    let theirs = json!({"states": {"open": {"title": "Started", "on": {"solve": "closed", "drop": "closed"}}, "closed": {"type": "final"}}});
    let (value, conflicts) = merged(&base, &mine, &theirs);
    assert_eq!(conflicts, ["/states/open/title"]);
    assert_eq!(value["states"]["open"]["title"], "At work", "until somebody decides");
    assert!(value["states"]["open"]["on"]["drop"] == "closed" && value["states"]["paused"].is_object());
    for (path, side, expected) in [
        ("/states/open/title", Side::Theirs, "Started"),
        ("/states", Side::Theirs, "Started"),
        ("/states/open", Side::Mine, "At work"),
    ] {
        let decisions = Decisions::from([(path.to_owned(), side)]);
        let merged = merge(Some(&base), Some(&mine), Some(&theirs), "", &decisions);
        assert_eq!(merged.conflicts[0].resolved, Some(side), "{path}");
        assert_eq!(merged.value.expect("there")["states"]["open"]["title"], expected);
    }
}

#[test]
fn what_one_side_took_away_and_the_other_changed_is_a_conflict() {
    let base = json!({"tiles": [{"key": "nps", "chart": "gauge"}, {"key": "csat", "chart": "bar"}]});
    let mine = json!({"tiles": [{"key": "csat", "chart": "bar"}]});
    let theirs = json!({"tiles": [{"key": "nps", "chart": "line"}, {"key": "csat", "chart": "bar"}]});
    let merged = merge(Some(&base), Some(&mine), Some(&theirs), "/dashboards/cx", &Decisions::new());
    let [conflict] = merged.conflicts.as_slice() else { panic!("{:?}", merged.conflicts) };
    assert_eq!(conflict.path, "/dashboards/cx/tiles/nps");
    assert_eq!(
        (&conflict.mine, conflict.theirs.as_ref().expect("there")["chart"].as_str()),
        (&None, Some("line"))
    );
}
