//! Points per answer, their sum, and what is told for it; quotas of options.

use serde_json::{Value, json};

use crate::{codes, form_of};

fn schema() -> Value {
    json!({"type": "object", "properties": {
        "capital": {"enum": ["paris", "lyon"]},
        "wine": {"type": "array", "items": {"enum": ["red", "white", "water"]}},
        "stars": {"type": "integer", "minimum": 1, "maximum": 5},
        "points": {"type": "number"}, "free": {"type": "string"}, "prize": {"type": "string"}}})
}

fn quiz() -> Value {
    json!({"points": {"/capital": {"paris": 2}, "/wine": {"red": 1, "white": 1, "water": -1}, "/stars": 0.5},
        "total": "/points",
        "results": [{"to": 2, "title": "Try again"}, {"from": 2.5, "title": {"en": "Well done", "zh": "很好"}, "text": "{{quiz.total}} of {{quiz.max}}"}]})
}

#[test]
fn points_add_up_and_choose_the_result() {
    let rules = json!([{"when": {"field": "/points", "op": "gte", "value": 3}, "show": ["/prize"]}]);
    let form = form_of(schema(), json!({"quiz": quiz(), "rules": rules})).unwrap();
    let data = json!({"capital": "paris", "wine": ["red", "water"], "stars": 5, "points": 99});
    let outcome = form.apply_rules(data);
    assert_eq!(outcome.data["points"], json!(4.5), "what is sent for a computed field never stands");
    assert!(outcome.shows("/prize"), "rules read the sum");
    let (total, result) = form.quiz_result(&outcome.data).unwrap();
    assert_eq!((total.total, total.max, total.result), (4.5, Some(6.5), Some(1)));
    assert_eq!(result.unwrap().title.as_ref().unwrap().get("zh"), "很好");
    assert_eq!(form.pipe("{{quiz.total}} of {{ quiz.max }}", "", &outcome.data, "en"), "4.5 of 6.5");
    let low = form.apply_rules(json!({"capital": "lyon"}));
    assert_eq!(low.data["points"], json!(0));
    assert_eq!(form.quiz_result(&low.data).unwrap().0.result, Some(0));
    let none = form.apply_rules(json!({"free": "x"}));
    assert_eq!(none.data, json!({"free": "x"}), "nothing answered is not zero points");
    assert!(form.quiz_result(&none.data).is_none());
}

#[test]
fn a_sum_that_counts_itself_is_a_circle() {
    let own = json!({"points": {"/stars": 1, "/points": 1}, "total": "/points"});
    assert_eq!(codes(&form_of(schema(), json!({"quiz": own})).unwrap_err()), ["form.rule_cycle /rules"]);
}

#[test]
fn what_a_quiz_cannot_score_is_refused() {
    let quiz = json!({"points": {"/free": 1, "/nope": 1, "/capital": {"rome": 2}}, "total": "/nope"});
    assert_eq!(
        codes(&form_of(schema(), json!({"quiz": quiz})).unwrap_err()),
        [
            "form.quiz_points /quiz/points/~1free",
            "form.field_missing /quiz/points/~1nope",
            "form.option_missing /quiz/points/~1capital/rome",
            "form.field_missing /quiz/total"
        ]
    );
    let shape = json!({"points": {"stars": "many"}, "results": [{"from": 3, "to": 1}, {"title": 7}]});
    assert_eq!(
        codes(&form_of(schema(), json!({"quiz": shape})).unwrap_err()),
        [
            "form.pointer /quiz/points/stars",
            "form.quiz_points /quiz/points/stars",
            "form.quiz_range /quiz/results/0/to",
            "form.member_missing /quiz/results/0/title",
            "form.shape /quiz/results/1/title",
            "form.member_missing /quiz/results/1/title"
        ]
    );
    assert_eq!(
        codes(&form_of(schema(), json!({"quiz": {}})).unwrap_err()),
        ["form.member_missing /quiz/points"]
    );
}

#[test]
fn quotas_of_options_are_declared_and_told_when_reached() {
    let publish = json!({"option_quotas": {"/capital": {"paris": 2, "lyon": 5}}});
    let form = form_of(schema(), json!({"publish": publish})).unwrap();
    let count = |_: &str, option: &str| if option == "paris" { 2 } else { 4 };
    assert_eq!(form.full_options(&count), [("/capital", "paris")]);
    let wrong = json!({"option_quotas": {"/capital": {"rome": 1, "lyon": 0}, "/nope": {"a": 1}}});
    assert_eq!(
        codes(&form_of(schema(), json!({"publish": wrong})).unwrap_err()),
        ["form.quota /publish/option_quotas/~1capital/lyon"]
    );
    let wrong = json!({"option_quotas": {"/capital": {"rome": 1}, "/nope": {"a": 1}}});
    assert_eq!(
        codes(&form_of(schema(), json!({"publish": wrong})).unwrap_err()),
        [
            "form.option_missing /publish/option_quotas/~1capital/rome",
            "form.field_missing /publish/option_quotas/~1nope"
        ]
    );
}
