//! Options carried forward from an earlier answer.

use form_engine::Language;
use serde_json::{Value, json};

use crate::{codes, form_of};

fn schema() -> Value {
    let brands = json!(["a", "b", "c"]);
    json!({"type": "object", "properties": {
        "used": {"type": "array", "items": {"enum": brands}},
        "best": {"enum": brands, "title": "Best"},
        "rest": {"type": "array", "items": {"enum": ["a", "b", "c", "none"]}},
        "text": {"type": "string"}, "other": {"enum": ["x"]}},
        "required": ["best"]})
}

fn rules() -> Value {
    json!({"rules": [{"offer": ["/best"], "chosen": "/used"}, {"offer": ["/rest"], "not_chosen": "/used"}]})
}

#[test]
fn only_what_was_chosen_is_offered() {
    let form = form_of(schema(), rules()).unwrap();
    let outcome = form.apply_rules(json!({"used": ["a", "c"], "best": "b"}));
    assert_eq!(outcome.offered("/best"), Some(&[0, 2][..]));
    assert_eq!(outcome.offered("/rest"), Some(&[1, 3][..]));
    let problems = form.check(&json!({"used": ["a", "c"], "best": "b", "rest": ["b", "a"]}), Language::En);
    assert_eq!(codes(&problems), ["form.choice /best", "form.choice /rest"]);
    assert!(
        problems[0].message.ends_with("a, c") || problems[0].message.contains('a'),
        "{}",
        problems[0].message
    );
    assert!(
        form.check(&json!({"used": ["a", "c"], "best": "c", "rest": ["b", "none"]}), Language::En).is_empty()
    );
    let at = form.check_at("/best", &json!({"used": ["a"], "best": "b"}), Language::Zh).unwrap();
    assert_eq!(at.code, "form.choice");
}

/// A choice of nothing is not asked, so it cannot be required.
#[test]
fn nothing_to_choose_from_is_not_asked() {
    let form = form_of(schema(), rules()).unwrap();
    assert!(!form.visible(&json!({})).contains("/best"));
    assert!(form.required(&json!({})).is_empty());
    assert!(form.required(&json!({"used": ["a"]})).contains("/best"));
    assert_eq!(form.normalise(json!({"best": "a", "rest": ["a"]})), json!({"rest": ["a"]}));
}

#[cfg(feature = "schema")]
#[test]
fn the_verdict_takes_only_what_is_offered() {
    let form = form_of(schema(), rules()).unwrap();
    let problems = form.validate(json!({"used": ["a", "c"], "best": "b"}), Language::En).unwrap_err();
    assert_eq!(codes(&problems), ["form.choice /best"]);
    assert!(problems[0].message.ends_with(": a, c"), "{}", problems[0].message);
    assert!(form.validate(json!({}), Language::En).is_ok());
}

#[test]
fn under_a_condition_all_options_are_there_otherwise() {
    let rules = json!({"rules": [{"when": {"field": "/text", "op": "eq", "value": "narrow"}, "offer": ["/best"], "chosen": "/used"}]});
    let form = form_of(schema(), rules).unwrap();
    assert!(form.apply_rules(json!({"text": "wide"})).offered.is_empty());
    assert_eq!(form.apply_rules(json!({"text": "narrow", "used": ["b"]})).offered("/best"), Some(&[1][..]));
}

#[test]
fn what_cannot_be_carried_is_refused() {
    let rules = json!({"rules": [
        {"offer": ["/text", "/other"], "chosen": "/used"},
        {"offer": ["/best"], "chosen": "/text"},
        {"offer": ["/best"], "not_chosen": "/nope"}]});
    assert_eq!(
        codes(&form_of(schema(), rules).unwrap_err()),
        [
            "form.rule_offer /rules/0/offer/0",
            "form.rule_offer /rules/0/offer/1",
            "form.rule_offer /rules/1/chosen",
            "form.rule_offer /rules/2/not_chosen"
        ]
    );
    let rules = json!({"rules": [{"offer": ["/best"]}, {"chosen": "/used"}, {"offer": ["/best"], "chosen": "/used", "not_chosen": "/rest"}]});
    assert_eq!(
        codes(&form_of(schema(), rules).unwrap_err()),
        [
            "form.member_missing /rules/0/chosen",
            "form.member_missing /rules/1/offer",
            "form.rule_idle /rules/1",
            "form.rule_offer /rules/2/not_chosen"
        ]
    );
}
