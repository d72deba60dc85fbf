//! Forms that take one of several shapes: what their questions are called, what a page says of them, and what people
//! are told when they answered too much or too little.

use form_engine::{Field, Language};
use serde_json::{Value, json};

use crate::form_of;

/// What `data` is told by the form of `schema`.
#[track_caller]
fn told(schema: &Value, data: Value, language: Language) -> Vec<String> {
    let form = form_of(schema.clone(), json!({})).unwrap();
    let problems = form.validate(data, language).err().unwrap_or_default();
    problems.into_iter().map(|problem| problem.message).collect()
}

/// A branch's title tells it from others; it is no question's name.
#[test]
fn a_question_is_called_by_its_own_title_or_key() {
    let fives =
        json!({"title": "Multiple of 5", "description": "such as 10", "type": "integer", "multipleOf": 5});
    let threes = json!({"title": "Multiple of 3", "type": "integer", "multipleOf": 3});
    let address = json!({"title": "Address", "type": "object", "properties": {"street": {"type": "string"}}});
    let schema = json!({"type": "object", "$defs": {"address": address, "count": {"title": "How many"}}, "properties": {
        "age": {"anyOf": [fives, threes]},
        "weight": {"title": "How heavy", "oneOf": [fives, threes]},
        "count": {"allOf": [{"$ref": "#/$defs/count"}], "type": "integer"},
        "maybe": {"anyOf": [{"type": "null"}, {"title": "If any", "description": "or none", "type": "string"}]},
        "home": {"anyOf": [{"$ref": "#/$defs/address"}, {"type": "null"}]},
        "work": {"oneOf": [{"$ref": "#/$defs/address"}, {"title": "Remote", "type": "object", "properties": {"zone": {"type": "string"}}}]}},
        "if": {"required": ["age"]}, "then": {"properties": {"why": {"title": "Why so old", "type": "string"}}}});
    let form = form_of(schema.clone(), json!({})).unwrap();
    let words = |field: &Field| {
        let text = |text: &Option<form_engine::Text>| text.as_ref().map(|text| text.get("en").to_owned());
        (field.title.get("en").to_owned(), text(&field.section), text(&field.help))
    };
    let named = |path: &str| words(form.field(path).unwrap());
    let plain = |title: &str| (title.to_owned(), None, None);
    assert_eq!(named("/age"), plain("Age"));
    assert_eq!(named("/weight"), plain("How heavy"));
    assert_eq!(named("/count"), plain("How many"));
    assert_eq!(named("/maybe"), ("If any".to_owned(), None, Some("or none".to_owned())));
    assert_eq!(named("/home/street"), ("Street".to_owned(), Some("Address".to_owned()), None));
    assert_eq!(named("/work/street"), ("Street".to_owned(), Some("Work".to_owned()), None));
    assert_eq!(named("/why"), plain("Why so old"), "asked by a branch only, it is called as that calls it");
    assert_eq!(
        told(&schema, json!({"age": 7}), Language::En),
        ["“Age” fits none of these: “Multiple of 5”, “Multiple of 3”"]
    );
}

#[test]
fn a_blank_that_is_fine_needs_no_hint() {
    let text = json!({"type": "string"});
    let either =
        |keyword: &str, parts: Value| form_of(json!({"type": "object", keyword: parts}), json!({})).unwrap();
    let open = json!([{"properties": {"foo": text}}, {"properties": {"bar": text}}]);
    let form = either("anyOf", open.clone());
    assert_eq!(form.alternatives("", Language::En), None);
    assert_eq!(form.alternative_of("/foo"), None);
    assert!(form.validate(json!({}), Language::En).is_ok());
    assert!(
        either("oneOf", open).alternatives("", Language::En).is_some(),
        "a blank meets both, which is one too many"
    );
    let mixed = json!([{"properties": {"foo": text}, "required": ["foo"]}, {"properties": {"bar": text}}]);
    assert_eq!(either("anyOf", mixed).alternatives("", Language::En), None);
}

/// What is missing and what is too much are told apart.
#[test]
fn of_groups_that_exclude_each_other_one_is_needed_and_no_more() {
    let closed = |name: &str| json!({"properties": {name: {"type": "string"}, "note": {"type": "string"}}, "required": [name], "additionalProperties": false});
    let any = json!({"title": "Contact", "type": "object", "anyOf": [closed("mail"), closed("phone")]});
    let one = json!({"title": "Contact", "type": "object", "properties": {"mail": {"type": "string"}, "phone": {"type": "string"}},
        "oneOf": [{"required": ["mail"]}, {"required": ["phone"]}]});
    let open = json!({"title": "Contact", "type": "object", "properties": {"mail": {"type": "string"}, "phone": {"type": "string"}},
        "anyOf": [{"required": ["mail"]}, {"required": ["phone"]}]});
    let both = json!({"mail": "a", "phone": "b"});
    for schema in [&any, &one] {
        assert!(form_of(schema.clone(), json!({})).unwrap().alternatives("", Language::En).unwrap().only_one);
        assert_eq!(
            told(schema, both.clone(), Language::En),
            ["“Contact” takes only one of these: “Mail” or “Phone”"]
        );
        assert_eq!(
            told(schema, both.clone(), Language::Zh),
            ["“Contact”只能填写其中一组：“Mail”，或“Phone”"]
        );
        assert_eq!(
            told(schema, json!({"note": "x"}), Language::En),
            ["“Contact” needs one of these: “Mail” or “Phone”"]
        );
        assert_eq!(told(schema, json!({}), Language::Zh), ["“Contact”需要填写其中一组：“Mail”，或“Phone”"]);
    }
    assert_eq!(told(&open, both, Language::En), [""; 0]);
    assert_eq!(
        told(&open, json!({}), Language::En),
        ["“Contact” needs at least one of these: “Mail” or “Phone”"]
    );
    let half_closed = json!({"type": "object", "anyOf": [closed("mail"), {"required": ["phone"]}]});
    assert!(!form_of(half_closed, json!({})).unwrap().alternatives("", Language::En).unwrap().only_one);
}

/// The options that would do here, not all that the question has.
#[test]
fn a_wrong_choice_is_told_what_would_do() {
    let food = |animal: &str, food: Value| {
        json!({"if": {"properties": {"animal": {"const": animal}}, "required": ["animal"]},
        "then": {"properties": {"food": {"enum": food}}}})
    };
    let schema = json!({"type": "object", "properties": {"animal": {"enum": ["Cat", "Fish"]}},
        "allOf": [food("Cat", json!(["meat", "grass", "fish"])), food("Fish", json!(["insect", "worms"]))]});
    let wrong = json!({"animal": "Cat", "food": "insect"});
    assert_eq!(told(&schema, wrong.clone(), Language::En), ["“Food” must be one of: meat, grass, fish"]);
    let layout = json!({"layout": {"mode": "auto", "pages": [{"items": [
        {"field": "/food", "options": {"meat": {"en": "Meat", "zh": "肉"}, "fish": {"en": "Fish", "zh": "鱼"}}}]}]}});
    let form = form_of(schema, layout).unwrap();
    let message = |language| form.validate(wrong.clone(), language).unwrap_err().remove(0).message;
    assert_eq!(message(Language::En), "“Food” must be one of: Meat, grass, Fish");
    assert_eq!(message(Language::Zh), "“Food”只能从以下选项中选择：肉、grass、鱼");
}

#[test]
fn answers_that_do_not_go_together_are_told_by_their_titles() {
    let schema = |title: Value, names: Value| {
        let mut schema = json!({"type": "object", "properties": {"a": {"title": "Mail", "type": "string"}, "b": {"type": "string"}}, "not": {"required": names}});
        if !title.is_null() {
            schema["title"] = title;
        }
        schema
    };
    let both = json!({"a": "x", "b": "y"});
    let untitled = schema(Value::Null, json!(["a", "b"]));
    assert_eq!(
        told(&untitled, both.clone(), Language::En),
        ["This form does not take “Mail” and “B” together"]
    );
    assert_eq!(told(&untitled, both.clone(), Language::Zh), ["本表单不能同时填写“Mail”和“B”"]);
    assert_eq!(told(&untitled, json!({"a": "x"}), Language::En), [""; 0]);
    let titled = schema(json!("Reach us"), json!(["a", "b"]));
    assert_eq!(
        told(&titled, both.clone(), Language::En),
        ["“Reach us” does not take “Mail” and “B” together"]
    );
    let form = form_of(schema(Value::Null, json!(["b"])), json!({})).unwrap();
    let problem = form.validate(both, Language::En).unwrap_err().remove(0);
    assert_eq!((problem.path.as_str(), problem.message.as_str()), ("/b", "“B” is not allowed here"));
    let odd = json!({"type": "object", "properties": {"a": {"type": "string"}}, "not": {"properties": {"a": {"const": "x"}}}});
    assert_eq!(
        told(&odd, json!({"a": "x"}), Language::En),
        ["This form does not take these answers together"]
    );
    assert_eq!(told(&odd, json!({"a": "x"}), Language::Zh), ["本表单不接受这些答案的组合"]);
}

/// What people read does not hold the key of a form, which they never saw.
#[test]
fn a_form_without_a_title_is_this_form() {
    let schema = json!({"type": "object", "minProperties": 2, "properties": {"a": {"type": "string"}, "b": {"type": "string"}}});
    assert_eq!(told(&schema, json!({"a": "x"}), Language::En), ["This form needs at least 2 entries"]);
    assert_eq!(told(&schema, json!({"a": "x"}), Language::Zh), ["本表单至少需要 2 项"]);
    assert_eq!(
        told(&json!({"type": "integer"}), json!("x"), Language::En),
        ["This form must be a whole number"]
    );
    assert_eq!(
        told(&json!({"type": "integer", "title": "Age"}), json!("x"), Language::En),
        ["“Age” must be a whole number"]
    );
}
