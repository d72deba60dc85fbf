//! Why rules fired: each with its verdict, the values it read, and what came of all of them.

use form_engine::{Explanation, FormDefinition, Operator, compile};
use serde_json::{Value, json};

fn traced(rules: Value, data: Value) -> form_engine::Trace {
    let number = json!({"type": "number"});
    let form = json!({"format": 1, "kind": "form", "key": "f", "rules": rules,
        "schema": {"type": "object", "properties": {
            "score": number, "why": {"type": "string"}, "phone": {"type": "string"}, "total": number,
            "items": {"type": "array", "items": {"type": "object", "properties": {"n": number, "note": {"type": "string"}}}}}}});
    compile(&FormDefinition::parse(&form).unwrap()).unwrap().trace(data)
}

#[test]
fn every_rule_says_whether_it_held_and_what_it_read() {
    let trace = traced(
        json!([
            {"when": {"field": "/score", "op": "lte", "value": 6}, "show": ["/why"], "require": ["/why"]},
            {"when": {"field": "/why", "op": "empty"}, "hide": ["/phone"]},
            {"set": "/total", "to": 3}
        ]),
        json!({"score": 3, "phone": "1"}),
    );
    let told: Vec<(usize, bool, bool)> =
        trace.rules.iter().map(|one| (one.rule, one.holds, one.counts)).collect();
    assert_eq!(told, [(0, true, true), (1, true, true), (2, true, true)]);
    let why = trace.rules[0].why.as_ref().unwrap();
    assert_eq!(
        *why,
        Explanation::Leaf {
            holds: true,
            field: "/score".into(),
            op: Operator::Lte,
            found: vec![json!(3)],
            value: Some(json!(6))
        }
    );
    assert_eq!(trace.rules[2].why, None);
    assert_eq!((trace.hidden, trace.required), (vec!["/phone".to_owned()], vec!["/why".to_owned()]));
    assert_eq!(trace.data, json!({"score": 3, "total": 3}));
}

#[test]
fn a_hidden_answer_is_not_read() {
    let rules = json!([
        {"when": {"field": "/score", "op": "lte", "value": 6}, "show": ["/why"]},
        {"when": {"field": "/why", "op": "eq", "value": "slow"}, "show": ["/phone"]}
    ]);
    let trace = traced(rules, json!({"score": 9, "why": "slow"}));
    assert!(!trace.rules[0].holds && !trace.rules[1].holds);
    let Some(Explanation::Leaf { found, .. }) = &trace.rules[1].why else { panic!("a leaf") };
    assert!(found.is_empty());
}

#[test]
fn a_rule_about_rows_is_told_for_each_row() {
    let rules = json!([{"when": {"field": "/items/*/n", "op": "gt", "value": 1}, "show": ["/items/*/note"]}]);
    let trace = traced(rules, json!({"items": [{"n": 1, "note": "a"}, {"n": 2, "note": "b"}]}));
    let told: Vec<(Option<&str>, bool)> =
        trace.rules.iter().map(|one| (one.row.as_deref(), one.holds)).collect();
    assert_eq!(told, [(Some("/items/0/note"), false), (Some("/items/1/note"), true)]);
    assert_eq!(trace.data, json!({"items": [{"n": 1}, {"n": 2, "note": "b"}]}));
}

#[test]
fn a_jump_from_a_question_that_is_not_asked_does_not_count() {
    let rules = json!([
        {"when": {"field": "/score", "op": "gt", "value": 6}, "hide": ["/why"]},
        {"when": {"field": "/score", "op": "gt", "value": 6}, "after": "/why", "jump": "/total"}
    ]);
    let trace = traced(rules, json!({"score": 9, "phone": "1"}));
    assert!(trace.rules[1].holds && !trace.rules[1].counts);
    assert_eq!(trace.data["phone"], json!("1"));
}
