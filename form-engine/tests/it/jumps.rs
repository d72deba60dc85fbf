//! Jumps: what is passed over does not show, is not needed and is not kept.

use serde_json::{Value, json};

use crate::{codes, form_of};

fn schema() -> Value {
    json!({"type": "object", "properties": {
        "member": {"type": "boolean"}, "level": {"enum": ["gold", "silver"]}, "since": {"type": "integer"},
        "address": {"type": "object", "required": ["street"], "properties": {"street": {"type": "string"}, "city": {}}},
        "items": {"type": "array", "items": {"type": "object", "properties": {"name": {}, "price": {}}}},
        "why": {"type": "string"}, "last": {}},
        "required": ["member", "level", "address", "why"]})
}

fn pages() -> Value {
    json!({"pages": [
        {"key": "start", "items": [{"field": "/member"}]},
        {"key": "member", "items": [{"field": "/level"}, {"field": "/since"}]},
        {"key": "more", "items": [{"field": "/address"}, {"field": "/items"}]},
        {"key": "why", "items": [{"field": "/why"}, {"field": "/last"}]}]})
}

fn with(rules: Value) -> Result<form_engine::Form, Vec<form_engine::Problem>> {
    form_of(schema(), json!({"layout": pages(), "rules": rules}))
}

fn no() -> Value {
    json!({"field": "/member", "op": "eq", "value": false})
}

#[track_caller]
fn shows(form: &form_engine::Form, data: &Value, expected: &[&str]) {
    let visible = form.visible(data);
    assert_eq!(visible.iter().map(String::as_str).collect::<Vec<_>>(), expected, "{data}");
}

#[test]
fn what_lies_between_is_passed_over() {
    for rule in [
        json!({"when": no(), "after": "/member", "jump": "/why"}),
        json!({"when": no(), "jump": "/why"}),
        json!({"when": no(), "after": "start", "jump": "why"}),
    ] {
        let form = with(json!([rule])).unwrap();
        shows(&form, &json!({"member": false}), &["/last", "/member", "/why"]);
        let all = ["/address/city", "/address/street", "/last", "/level", "/member", "/since", "/why"];
        shows(&form, &json!({"member": true}), &all);
        assert_eq!(
            form.required(&json!({"member": false})).into_iter().collect::<Vec<_>>(),
            ["/member", "/why"],
            "the required group is gone whole"
        );
        let typed = json!({"member": false, "level": "gold", "address": {"street": "x"}, "items": [{"name": 1}], "why": "w"});
        assert_eq!(form.normalise(typed), json!({"member": false, "why": "w"}));
    }
}

#[cfg(feature = "schema")]
#[test]
fn the_verdict_asks_for_nothing_that_was_passed_over() {
    use form_engine::Language;
    let form = with(json!([{"when": no(), "jump": "end"}])).unwrap();
    assert_eq!(form.validate(json!({"member": false}), Language::En), Ok(json!({"member": false})));
    let problems = form.validate(json!({"member": true}), Language::En).unwrap_err();
    assert_eq!(codes(&problems), ["form.required /level", "form.required /why", "form.required /address"]);
}

/// Who never comes to a question does not jump from it.
#[test]
fn a_jump_counts_only_while_its_question_shows() {
    let form = with(json!([
        {"when": no(), "after": "/member", "jump": "/since"},
        {"after": "/level", "jump": "/why"}]))
    .unwrap();
    shows(&form, &json!({"member": true}), &["/last", "/level", "/member", "/why"]);
    let past = ["/address/city", "/address/street", "/last", "/member", "/since", "/why"];
    shows(&form, &json!({"member": false}), &past);
}

#[test]
fn of_several_jumps_from_one_place_the_first_decides() {
    let gold = json!({"field": "/level", "op": "eq", "value": "gold"});
    let form = with(json!([
        {"when": gold, "after": "/level", "jump": "/why"},
        {"after": "/level", "jump": "end"}]))
    .unwrap();
    shows(&form, &json!({"level": "gold"}), &["/last", "/level", "/member", "/why"]);
    shows(&form, &json!({"level": "silver"}), &["/level", "/member"]);
}

#[test]
fn jumps_that_cannot_be_are_refused_at_their_place() {
    let problems = with(json!([
        {"when": no(), "after": "/why", "jump": "/level"},
        {"when": no(), "jump": "nowhere"},
        {"when": no(), "after": "/nope", "jump": "end"},
        {"jump": "end"},
        {"after": "/items/*/name", "jump": "end"},
        {"after": "/level", "jump": "/level"}]))
    .unwrap_err();
    assert_eq!(
        codes(&problems),
        [
            "form.jump_back /rules/0/jump",
            "form.jump_to /rules/1/jump",
            "form.jump_from /rules/2/after",
            "form.jump_from /rules/3/after",
            "form.jump_from /rules/4/after",
            "form.jump_back /rules/5/jump",
        ]
    );
    let read = with(json!([{"after": "/member"}, {"jump": 7}])).unwrap_err();
    assert_eq!(
        codes(&read),
        ["form.member_missing /rules/0/jump", "form.rule_idle /rules/0", "form.shape /rules/1/jump"]
    );
}

/// The question a jump hides cannot decide about that jump.
#[test]
fn a_jump_that_reads_what_it_passes_over_is_a_circle() {
    let rules = json!([{"when": {"field": "/level", "op": "eq", "value": "gold"}, "after": "/member", "jump": "end"}]);
    assert_eq!(codes(&with(rules).unwrap_err()), ["form.rule_cycle /rules"]);
}

#[test]
fn page_keys_are_words_of_their_own() {
    let layout = json!({"pages": [{"key": "end", "items": []}, {"key": "a", "items": []}, {"key": "a", "items": []}, {"key": "/x", "items": []}]});
    let problems = form_of(schema(), json!({"layout": layout})).unwrap_err();
    assert_eq!(
        codes(&problems),
        [
            "form.page_key /layout/pages/0/key",
            "form.page_key /layout/pages/3/key",
            "form.page_twice /layout/pages/2/key"
        ]
    );
}
