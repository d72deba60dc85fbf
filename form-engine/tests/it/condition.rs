//! `formats.md` §2: what a condition says, and that it says it everywhere the same.

use form_engine::{CallerFacts, Condition, FieldPath, Subject};
use proptest::prelude::*;
use serde_json::{Value, json};

fn parse(condition: &Value) -> Condition {
    Condition::parse(condition, "").unwrap_or_else(|problems| panic!("{condition}: {problems:?}"))
}

fn document() -> Value {
    json!({
        "score": 6, "ratio": 0.5, "big": 9_007_199_254_740_993_i64, "name": "李雷", "blank": "", "nothing": null, "yes": true,
        "tags": ["a", "b"], "none": [], "day": "2026-03-01", "budget": 6,
        "items": [{"price": 5, "note": ""}, {"price": 20}], "no_items": [],
        "a/b": {"c~d": 1}
    })
}

#[track_caller]
fn holds(condition: Value) -> bool {
    let condition = parse(&condition);
    let columns = |name: &str| match name {
        "created_at" => Some(json!(1_772_323_200_000_i64)),
        "state" => Some(json!("open")),
        "assignee" => Some(json!("u1")),
        "department" => Some(json!("care")),
        _ => None,
    };
    let caller = CallerFacts {
        id: "u1".into(),
        department: None,
        departments_below: vec!["care".into(), "shop".into()],
    };
    let document = document();
    // 2026-03-02T00:00:00Z
    let subject =
        Subject { document: &document, column: &columns, now_ms: 1_772_409_600_000, caller: Some(&caller) };
    let verdict = condition.evaluate(&subject);
    assert_eq!(condition.explain(&subject).holds(), verdict, "explained otherwise: {condition:?}");
    verdict
}

#[track_caller]
fn check(cases: &[(&str, &str, Value, bool)]) {
    for (field, op, value, expected) in cases {
        let mut condition = json!({"field": field, "op": op, "value": value});
        if *op == "empty" {
            condition.as_object_mut().unwrap().shift_remove("value");
        }
        assert_eq!(holds(condition), *expected, "{field} {op} {value}");
    }
}

#[test]
fn operators_on_present_values() {
    check(&[
        ("/score", "eq", json!(6), true),
        ("/score", "eq", json!(6.0), true),
        ("/score", "eq", json!("6"), false),
        ("/score", "ne", json!(6), false),
        ("/score", "ne", json!("6"), true),
        ("/score", "lt", json!(6.5), true),
        ("/score", "lte", json!(6), true),
        ("/score", "gt", json!(5.999), true),
        ("/score", "gte", json!(7), false),
        ("/score", "lt", json!("7"), false),
        ("/big", "eq", json!(9_007_199_254_740_992_i64), false),
        ("/big", "gt", json!(9_007_199_254_740_992.0), true),
        ("/score", "in", json!([1, 6]), true),
        ("/score", "not_in", json!([1, 6]), false),
        ("/score", "between", json!([6, 7]), true),
        ("/score", "between", json!([7, 9]), false),
        ("/name", "contains", json!("雷"), true),
        ("/name", "starts_with", json!("李"), true),
        ("/name", "starts_with", json!("雷"), false),
        ("/name", "empty", json!(null), false),
        ("/yes", "eq", json!(true), true),
        ("/yes", "gt", json!("a"), false),
        ("/a~1b/c~0d", "eq", json!(1), true),
    ]);
}

/// Text compares by code point, not by locale or UTF-16: U+10000 lies behind U+FFFF.
#[test]
fn text_goes_by_code_point() {
    let after = |a: &str, b: &str| {
        let document = json!({"t": a});
        parse(&json!({"field": "/t", "op": "gt", "value": b})).evaluate(&Subject::of(&document))
    };
    assert!(after("\u{10000}", "\u{ffff}"));
    assert!(after("a", "Z"));
    assert!(after("é", "z"));
}

#[test]
fn a_missing_value_is_false_but_for_four_operators() {
    let everything = [
        ("eq", json!("x"), false),
        ("ne", json!("x"), true),
        ("lt", json!("x"), false),
        ("lte", json!("x"), false),
        ("gt", json!("x"), false),
        ("gte", json!("x"), false),
        ("in", json!(["x"]), false),
        ("not_in", json!(["x"]), true),
        ("contains", json!("x"), false),
        ("starts_with", json!("x"), false),
        ("between", json!(["a", "z"]), false),
        ("empty", json!(null), true),
        ("any_of", json!(["x"]), false),
        ("all_of", json!(["x"]), false),
        ("none_of", json!(["x"]), true),
    ];
    for field in ["/absent", "/nothing", "/blank", "/score/below", "/no_items/*/price", "unknown_column"] {
        for (op, value, expected) in &everything {
            check(&[(field, op, value.clone(), *expected)]);
            let mut leaf = json!({"field": field, "op": op});
            if *op != "empty" {
                leaf["value"] = value.clone();
            }
            assert_eq!(holds(json!({"not": leaf})), !expected, "not {field} {op}");
        }
    }
}

#[test]
fn choices_of_several() {
    check(&[
        ("/tags", "any_of", json!(["b", "z"]), true),
        ("/tags", "any_of", json!(["z"]), false),
        ("/tags", "all_of", json!(["a", "b"]), true),
        ("/tags", "all_of", json!(["a", "z"]), false),
        ("/tags", "none_of", json!(["z"]), true),
        ("/tags", "none_of", json!(["a"]), false),
        ("/tags", "contains", json!("a"), true),
        ("/tags", "eq", json!(["a", "b"]), true),
        ("/tags", "empty", json!(null), false),
        ("/none", "empty", json!(null), true),
        ("/none", "any_of", json!(["a"]), false),
        ("/name", "any_of", json!(["李雷"]), true),
    ]);
}

#[test]
fn a_star_is_any_element() {
    check(&[
        ("/items/*/price", "gt", json!(10), true),
        ("/items/*/price", "gt", json!(50), false),
        ("/items/*/note", "empty", json!(null), true),
        ("/items/*/price", "empty", json!(null), false),
        ("/tags/*", "eq", json!("b"), true),
        ("/items/1/price", "eq", json!(20), true),
    ]);
}

#[test]
fn values_can_be_told_by_the_moment_the_caller_or_another_field() {
    check(&[
        ("created_at", "gte", json!({"now": "-30d"}), true),
        ("created_at", "gt", json!({"now": "-1h"}), false),
        ("created_at", "gte", json!("2026-03-01"), true),
        ("created_at", "lt", json!("2026-03-01T00:00:01Z"), true),
        ("/day", "lt", json!({"now": "0d"}), true),
        ("/day", "eq", json!({"now": "-1d"}), true),
        ("/name", "lt", json!({"now": "0d"}), false),
        ("assignee", "eq", json!({"caller": "id"}), true),
        ("department", "in", json!({"caller": "departments_below"}), true),
        ("department", "eq", json!({"caller": "department"}), false),
        ("department", "ne", json!({"caller": "department"}), true),
        ("/score", "lte", json!({"field": "/budget"}), true),
        ("/score", "eq", json!({"field": "/absent"}), false),
        ("/score", "ne", json!({"field": "/absent"}), true),
        ("/name", "ne", json!({"field": "state"}), true),
    ]);
}

#[test]
fn groups() {
    assert!(holds(json!({"all": []})));
    assert!(!holds(json!({"any": []})));
    assert!(holds(
        json!({"any": [{"field": "/score", "op": "gt", "value": 9}, {"not": {"field": "/none", "op": "gt", "value": 1}}]})
    ));
}

#[test]
fn every_fault_is_told_at_its_place() {
    let faulty = json!({"all": [
        {"field": "/a", "op": "equals", "value": 1},
        {"field": "no pointer", "op": "eq", "value": 1},
        {"field": "/a", "op": "between", "value": [1]},
        {"field": "/a", "op": "in", "value": "x"},
        {"field": "/a", "op": "empty", "value": false},
        {"field": "/a", "op": "eq"},
        {"field": "/a", "op": "gt", "value": {"now": "soon"}},
        {"field": "/a", "op": "eq", "value": {"field": "/items/*/x"}},
        {"field": "/a", "op": "eq", "value": 1, "extra": true},
        {"any": {}},
        {"any": [], "all": []},
        7
    ]});
    let problems = Condition::parse(&faulty, "/when").unwrap_err();
    let told: Vec<String> = problems
        .iter()
        .map(|problem| format!("{} {}: {}", problem.path, problem.code, problem.message))
        .collect();
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn too_much_is_refused() {
    let deep = (0..40).fold(json!({"field": "/a", "op": "empty"}), |inner, _| json!({"not": inner}));
    assert_eq!(Condition::parse(&deep, "").unwrap_err()[0].code, "condition.too_deep");
    let wide = json!({"any": vec![json!({"field": "/a", "op": "empty"}); 600]});
    assert_eq!(Condition::parse(&wide, "").unwrap_err()[0].code, "condition.too_large");
}

#[test]
fn it_tells_what_it_reads() {
    let condition = parse(
        &json!({"any": [{"field": "/a", "op": "eq", "value": {"field": "state"}}, {"not": {"field": "/b/*/c", "op": "empty"}}]}),
    );
    let fields: Vec<&str> = condition.fields().into_iter().map(FieldPath::as_str).collect();
    assert_eq!(fields, ["/a", "state", "/b/*/c"]);
}

#[test]
fn an_explanation_shows_what_was_read() {
    let condition = parse(
        &json!({"all": [{"field": "/items/*/price", "op": "gt", "value": 10}, {"not": {"field": "/x", "op": "empty"}}]}),
    );
    let document = document();
    let explanation = condition.explain(&Subject::of(&document));
    insta::assert_json_snapshot!(explanation);
}

fn leaf() -> impl Strategy<Value = Value> {
    let field = prop::sample::select(vec!["/score", "/tags", "/items/*/price", "/absent", "/blank", "/name"]);
    let op = prop::sample::select(vec!["eq", "ne", "lt", "gte"]);
    let value =
        prop_oneof![Just(json!(6)), Just(json!("a")), Just(json!(20)), Just(json!({"field": "/budget"}))];
    (field, op, value).prop_map(|(field, op, value)| json!({"field": field, "op": op, "value": value}))
}

fn tree() -> impl Strategy<Value = Value> {
    leaf().prop_recursive(4, 24, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(|parts| json!({"all": parts})),
            prop::collection::vec(inner.clone(), 0..3).prop_map(|parts| json!({"any": parts})),
            inner.prop_map(|part| json!({"not": part})),
        ]
    })
}

proptest! {
    #[test]
    fn the_laws_of_logic_hold(a in tree(), b in tree()) {
        let not = |condition: &Value| json!({"not": condition});
        prop_assert_eq!(holds(not(&a)), !holds(a.clone()));
        prop_assert_eq!(holds(not(&not(&a))), holds(a.clone()));
        let both = json!({"all": [a, b]});
        prop_assert_eq!(holds(not(&both)), holds(json!({"any": [not(&a), not(&b)]})));
        prop_assert_eq!(holds(both), holds(json!({"all": [b, a]})));
    }

    #[test]
    fn writing_and_reading_changes_nothing(condition in tree()) {
        let parsed = parse(&condition);
        let written = serde_json::to_value(&parsed).unwrap();
        prop_assert_eq!(parse(&written), parsed.clone());
        let read: Condition = serde_json::from_value(written).unwrap();
        prop_assert_eq!(read, parsed);
    }
}
