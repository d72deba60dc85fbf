//! Answers inside the texts that follow.

use form_engine::Language;
use serde_json::json;

use crate::form_of;

fn form() -> form_engine::Form {
    let schema = json!({"type": "object", "properties": {
        "name": {"type": "string"},
        "product": {"enum": ["p1", "p2"]},
        "again": {"type": "string", "minLength": 3},
        "items": {"type": "array", "items": {"type": "object", "properties": {"name": {"type": "string"}, "why": {"type": "string", "maxLength": 2}}}}},
        "required": ["again"]});
    let layout = json!({"pages": [{"title": "About {{product|it}}", "items": [
        {"field": "/product", "options": {"p1": {"en": "Phone", "zh": "手机"}}},
        {"field": "/again", "title": {"en": "{{name|Dear guest}}, why {{/product}}?", "zh": "{{name|您}}为什么选{{/product}}？"}},
        {"field": "/items/*/why", "title": {"en": "Why {{name|this}}?"}}]}]});
    form_of(schema, json!({"layout": layout})).unwrap()
}

#[test]
fn labels_are_said_and_words_stand_in_for_what_is_missing() {
    let form = form();
    let data = json!({"name": "Li", "product": "p1"});
    let title = form.field("/again").unwrap().title.clone();
    assert_eq!(form.pipe(title.get("en"), "/again", &data, "en"), "Li, why Phone?");
    assert_eq!(form.pipe(title.get("zh"), "/again", &json!({"product": "p2"}), "zh"), "您为什么选p2？");
    assert_eq!(form.title_at("/again", Language::En), "Dear guest, why ?");
}

/// A row's own answers come first.
#[test]
fn in_a_row_the_row_speaks() {
    let form = form();
    let data = json!({"name": "Li", "items": [{"name": "Pen"}, {}]});
    let why = |place: &str| form.title_in(place, &data, Language::En);
    assert_eq!(why("/items/0/why"), "Why Pen?");
    assert_eq!(why("/items/1/why"), "Why Li?");
}

/// An answer brings no holes of its own, and is no HTML: what shows it escapes it.
#[test]
fn an_answer_is_not_read_again() {
    let data = json!({"name": "{{product}}<b>", "product": "p1"});
    assert_eq!(form().pipe("{{name}}", "", &data, "en"), "{{product}}<b>");
}

#[test]
fn problems_call_the_question_as_the_page_does() {
    let form = form();
    let problems = form.check(&json!({"name": "Li", "product": "p1"}), Language::En);
    assert!(problems[0].message.contains("Li, why Phone?"), "{}", problems[0].message);
    let problem = form.check_at("/again", &json!({"name": "Li", "again": "x"}), Language::En).unwrap();
    assert!(problem.message.contains("Li, why"), "{}", problem.message);
}

#[cfg(feature = "schema")]
#[test]
fn the_verdict_too() {
    let problems = form().validate(json!({"name": "Li", "product": "p1"}), Language::Zh).unwrap_err();
    assert!(problems[0].message.contains("Li为什么选手机"), "{}", problems[0].message);
}
