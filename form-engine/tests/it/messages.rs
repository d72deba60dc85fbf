//! What people read: every keyword of JSON Schema, in both languages, with the field's title.

use form_engine::{FormDefinition, Language, compile};
use serde_json::{Value, json};

use crate::{form, nps};

/// A schema for the field `Age`, and a value it refuses.
fn cases() -> Vec<(&'static str, Value, Value)> {
    vec![
        ("type", json!({"type": "integer"}), json!("x")),
        ("types", json!({"type": ["number", "boolean", "null"]}), json!("x")),
        ("type group", json!({"type": "object"}), json!([])),
        ("enum", json!({"enum": ["a", "b", 3]}), json!("x")),
        ("long enum", json!({"enum": (0..20).collect::<Vec<_>>()}), json!("x")),
        ("const", json!({"const": 5}), json!(6)),
        (
            "labelled oneOf",
            json!({"oneOf": [{"const": 1, "title": "One"}, {"const": 2, "title": "Two"}]}),
            json!(3),
        ),
        ("minimum", json!({"minimum": 3}), json!(2)),
        ("exclusiveMinimum", json!({"exclusiveMinimum": 3}), json!(3)),
        ("maximum", json!({"maximum": 3.5}), json!(4)),
        ("exclusiveMaximum", json!({"exclusiveMaximum": 3}), json!(3)),
        ("multipleOf", json!({"multipleOf": 0.5}), json!(0.7)),
        ("minLength", json!({"minLength": 3}), json!("ab")),
        ("minLength 1", json!({"minLength": 1}), json!("")),
        ("maxLength", json!({"maxLength": 3}), json!("abcd")),
        ("pattern", json!({"pattern": "^[0-9]+$"}), json!("x")),
        ("format email", json!({"format": "email"}), json!("x")),
        ("format date", json!({"format": "date"}), json!("x")),
        ("format date-time", json!({"format": "date-time"}), json!("x")),
        ("format uri", json!({"format": "uri"}), json!("no uri")),
        ("format uuid", json!({"format": "uuid"}), json!("x")),
        ("format regex", json!({"format": "regex"}), json!("(")),
        ("minItems", json!({"minItems": 2}), json!([1])),
        ("maxItems", json!({"maxItems": 1}), json!([1, 2])),
        ("uniqueItems", json!({"uniqueItems": true}), json!([1, 1])),
        ("contains", json!({"contains": {"type": "string"}}), json!([1])),
        ("items false", json!({"prefixItems": [{}], "items": false}), json!([1, 2])),
        ("minProperties", json!({"minProperties": 1}), json!({})),
        ("maxProperties", json!({"maxProperties": 1}), json!({"a": 1, "b": 2})),
        ("propertyNames", json!({"propertyNames": {"maxLength": 1}}), json!({"ab": 1})),
        ("additionalProperties", json!({"additionalProperties": false}), json!({"a": 1, "b": 2})),
        ("unevaluatedProperties", json!({"unevaluatedProperties": false}), json!({"a": 1})),
        (
            "required",
            json!({"properties": {"street": {"title": "Street"}}, "required": ["street", "city"]}),
            json!({}),
        ),
        ("dependentRequired", json!({"dependentRequired": {"card": ["address"]}}), json!({"card": 1})),
        ("anyOf", json!({"anyOf": [{"minimum": 5}, {"maximum": 2}]}), json!(3)),
        (
            "anyOf meant",
            json!({"anyOf": [{"type": "string"}, {"type": "object", "required": ["a"]}]}),
            json!({}),
        ),
        ("oneOf none", json!({"oneOf": [{"minimum": 5}, {"maximum": 2}]}), json!(3)),
        ("oneOf both", json!({"oneOf": [{"minimum": 1}, {"maximum": 5}]}), json!(3)),
        ("not", json!({"not": {"type": "integer"}}), json!(3)),
        ("false", json!(false), json!(3)),
        ("then", json!({"if": {"type": "integer"}, "then": {"minimum": 5}}), json!(3)),
        ("nul", json!({}), json!("a\u{0}")),
    ]
}

#[test]
fn every_keyword_is_told_in_both_languages() {
    let mut lines = Vec::new();
    for (name, schema, value) in cases() {
        let mut property = schema;
        if let Value::Object(members) = &mut property {
            members.insert("title".into(), json!("Age"));
        }
        let mut definition =
            FormDefinition::from_schema(json!({"type": "object", "properties": {"age": property}}));
        definition.bare = false;
        let form = compile(&definition).unwrap_or_else(|problems| panic!("{name}: {problems:?}"));
        for language in [Language::En, Language::Zh] {
            let problems = form.validate(json!({"age": value}), language).expect_err(name);
            for problem in problems {
                lines.push(format!("{name}: {} {} {}", problem.path, problem.code, problem.message));
            }
        }
    }
    insta::assert_snapshot!(lines.join("\n"));
}

#[test]
fn a_submission_is_told_everything_at_once_in_field_order() {
    let form = form(&nps()).unwrap();
    let data = json!({"agree": false, "contact": "nobody", "about": ["cat"], "score": 2.5, "surprise": 1, "visited": "soon"});
    let told = |language| {
        let problems = form.validate(data.clone(), language).unwrap_err();
        problems
            .into_iter()
            .map(|problem| format!("{} {} {}", problem.path, problem.code, problem.message))
            .collect::<Vec<_>>()
    };
    insta::assert_snapshot!([told(Language::En), told(Language::Zh)].concat().join("\n"));
}

#[test]
fn refusals_of_schemas_are_told_where_they_are_wrong() {
    let schemas = [
        json!({"type": "strange"}),
        json!({"properties": {"a": {"minimum": "three"}}}),
        json!({"properties": {"a": {"pattern": "(["}}}),
        json!({"required": true}),
        json!({"properties": {"a": {"type": "array", "items": {"properties": {"b": {"required": true}}}}}, "id": "x"}),
        json!({"$schema": "http://example.com/mine"}),
        json!({"properties": {"a": {"$ref": "http://example.com/other.json"}}}),
        json!({"properties": {"a": {"$ref": "#/$defs/none"}}}),
    ];
    let told: Vec<String> = schemas
        .into_iter()
        .flat_map(|schema| compile(&FormDefinition::from_schema(schema)).unwrap_err())
        .map(|problem| format!("{} {}: {}", problem.path, problem.code, problem.message))
        .collect();
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn which_answers_go_together_is_said() {
    let address = json!({"type": "object", "required": ["street", "city"], "additionalProperties": false,
        "properties": {"street": {"type": "string", "title": "Street"}, "city": {"type": "string"}, "note": {"type": "string"}}});
    let person = json!({"type": "object", "required": ["name", "note"], "additionalProperties": false,
        "properties": {"name": {"type": "string"}, "note": {"type": "string"}}});
    let form = compile(&FormDefinition::from_schema(json!({"type": "object", "properties": {
        "who": {"title": "Address or person", "oneOf": [address, person]},
        "rows": {"type": "array", "items": {"anyOf": [{"required": ["a"], "properties": {"a": {"type": "string"}}}, {"required": ["b"], "properties": {"b": {"type": "string"}}}]}}}})))
    .unwrap();
    let told = |data: Value, language: Language| -> Vec<String> {
        let problems = form.validate(data, language).unwrap_err();
        problems.into_iter().map(|problem| format!("{} {}", problem.code, problem.message)).collect()
    };
    let both = json!({"who": {"street": "x", "city": "y", "name": "z"}});
    assert_eq!(
        told(both.clone(), Language::En),
        ["form.no_shape “Address or person” takes only one of these: “Street”, “City” or “Name”, “Note”"]
    );
    assert_eq!(
        told(both, Language::Zh),
        ["form.no_shape “Address or person”只能填写其中一组：“Street”、“City”，或“Name”、“Note”"]
    );
    let nearly = json!({"who": {"street": "x"}});
    assert_eq!(
        told(nearly, Language::En),
        ["form.required “City” is required"],
        "it is plain which was meant"
    );
    assert_eq!(
        told(json!({"rows": [{"c": 1}]}), Language::En),
        ["form.no_shape “Rows” needs at least one of these: “A” or “B”"]
    );
    assert_eq!(form.alternative_of("/who/name").as_deref(), Some("/who"));
    assert_eq!(form.alternative_of("/rows/3/b").as_deref(), Some("/rows/3"));
    assert_eq!(form.alternative_of("/else"), None);
}

#[test]
fn patterns_about_digits_are_said_in_words() {
    let told = |pattern: &str, language: Language| {
        let schema = json!({"type": "object", "properties": {"zip": {"type": "string", "pattern": pattern}}});
        let form = compile(&FormDefinition::from_schema(schema)).unwrap();
        form.validate(json!({"zip": "x"}), language).unwrap_err().remove(0).message
    };
    assert_eq!(told("^[0-9]{5}$", Language::En), "“Zip” must be exactly 5 digits");
    assert_eq!(told(r"^\d{5,9}$", Language::Zh), "“Zip”应为 5 到 9 位数字");
    assert_eq!(told(r"\d+", Language::En), "“Zip” needs a digit in it");
    assert_eq!(told("^[0-9]+$", Language::Zh), "“Zip”只能填写数字");
    assert_eq!(told("^[A-Z]$", Language::En), "“Zip” is not in the expected form");
}
