//! The verdict: the standard's, with what rules hide lifted and what controls demand added.

use form_engine::{FormDefinition, Language, compile};
use serde_json::{Value, json};

use crate::{codes, form, form_of, nps};

fn valid(form: &form_engine::Form, data: Value) -> Vec<String> {
    form.validate(data, Language::En).map_or_else(|problems| codes(&problems), |_| Vec::new())
}

#[test]
fn a_hidden_field_is_dropped_and_not_missed() {
    let form = form(&nps()).unwrap();
    let stored = form
        .validate(json!({"score": 9, "about": ["nonsense"], "contact": 7, "agree": true}), Language::En)
        .unwrap();
    assert_eq!(stored, json!({"score": 9, "agree": true}));
    assert_eq!(valid(&form, json!({"score": 3, "agree": true})), ["form.required /about"]);
    assert_eq!(
        valid(&form, json!({"score": 2, "agree": true, "about": ["price"]})),
        ["form.required /reason"]
    );
    assert_eq!(
        valid(&form, json!({"score": 2, "agree": true, "about": ["price"], "reason": "x"})),
        Vec::<String>::new()
    );
}

#[test]
fn controls_add_what_the_schema_leaves_open() {
    let schema = json!({"type": "object", "properties": {"s": {"type": "number"}, "c": {"type": "string"}, "d": {"type": "string"}}});
    let items = json!([{"field": "/s", "control": "csat"}, {"field": "/c", "control": "phone"}, {"field": "/d", "control": "date"}]);
    let form = form_of(schema.clone(), json!({"layout": {"pages": [{"items": items}]}})).unwrap();
    assert_eq!(
        valid(&form, json!({"s": 6, "c": "abc", "d": "2026-02-30"})),
        ["form.too_large /s", "form.format /c", "form.format /d"]
    );
    assert_eq!(valid(&form, json!({"s": 5, "c": "13800138000", "d": "2026-02-28"})), Vec::<String>::new());
    let bare = compile(&FormDefinition::from_schema(schema)).unwrap();
    assert_eq!(valid(&bare, json!({"s": 6, "c": "abc", "d": "2026-02-30"})), Vec::<String>::new());
}

/// `formats.md` §4: a definition's formats are asserted; a bare schema's follow its draft.
#[test]
fn formats_are_asserted_as_the_draft_or_the_definition_says() {
    let schema = json!({"properties": {"m": {"type": "string", "format": "email"}}});
    let draft = |uri: &str| {
        let mut schema = schema.clone();
        schema["$schema"] = json!(uri);
        valid(&compile(&FormDefinition::from_schema(schema)).unwrap(), json!({"m": "x"}))
    };
    assert_eq!(draft("http://json-schema.org/draft-07/schema#"), ["form.format /m"]);
    assert_eq!(draft("https://json-schema.org/draft/2019-09/schema"), Vec::<String>::new());
    assert_eq!(draft("https://json-schema.org/draft/2020-12/schema"), Vec::<String>::new());
    assert_eq!(valid(&form_of(schema, json!({})).unwrap(), json!({"m": "x"})), ["form.format /m"]);
}

#[test]
fn drafts_are_told_or_guessed() {
    let judged =
        |schema: Value, data: Value| valid(&compile(&FormDefinition::from_schema(schema)).unwrap(), data);
    assert_eq!(
        judged(json!({"minimum": 5, "exclusiveMinimum": true}), json!(5)),
        ["form.too_small "],
        "draft-04 by its flag"
    );
    assert_eq!(
        judged(json!({"items": [{"type": "string"}], "additionalItems": false}), json!(["a", 1])).len(),
        1,
        "draft-07 by its tuple"
    );
    assert_eq!(
        judged(
            json!({"definitions": {"a": {"type": "string"}}, "items": [{"$ref": "#/definitions/a"}]}),
            json!([1])
        ),
        ["form.type /0"]
    );
    assert_eq!(
        judged(json!({"prefixItems": [{"type": "string"}]}), json!([1])),
        ["form.type /0"],
        "2020-12 otherwise"
    );
    let old =
        json!({"id": "http://example.com/x", "properties": {"a": {"minimum": 1, "exclusiveMinimum": true}}});
    assert_eq!(judged(old, json!({"a": 1})), ["form.too_small /a"]);
    assert_eq!(
        form_engine::Draft::detect(&json!({"$schema": "https://json-schema.org/draft-07/schema"})),
        Ok(form_engine::Draft::Draft07)
    );
}

#[test]
fn a_schema_is_never_rewritten() {
    let document = nps();
    assert_eq!(form(&document).unwrap().definition().schema, document["schema"]);
}

#[test]
fn what_can_hide_is_lifted_through_groups_rows_and_references() {
    let schema = json!({"type": "object",
        "properties": {"kind": {"type": "integer"}, "home": {"$ref": "#/$defs/address"}, "work": {"$ref": "#/$defs/address"},
            "rows": {"type": "array", "items": {"allOf": [{"type": "object", "properties": {"a": {}, "b": {}}, "required": ["a", "b"]}]}}},
        "required": ["kind"],
        "$defs": {"address": {"type": "object", "properties": {"street": {"type": "string"}, "city": {"type": "string"}}, "required": ["street", "city"]}}});
    let rules = json!({"rules": [
        {"when": {"field": "/kind", "op": "eq", "value": 1}, "hide": ["/home/street", "/home/city"]},
        {"when": {"field": "/rows/*/b", "op": "eq", "value": 0}, "hide": ["/rows/*/a"]}]});
    let form = form_of(schema, rules).unwrap();
    assert_eq!(valid(&form, json!({"kind": 1, "home": {}})), Vec::<String>::new());
    assert_eq!(
        valid(&form, json!({"kind": 2, "home": {}})),
        ["form.required /home/street", "form.required /home/city"]
    );
    assert_eq!(valid(&form, json!({"kind": 2})), Vec::<String>::new(), "no group, nothing required of it");
    assert_eq!(
        valid(&form, json!({"kind": 1, "work": {"city": "x"}})),
        ["form.required /work/street"],
        "the shared definition is untouched"
    );
    assert_eq!(valid(&form, json!({"kind": 1, "rows": [{"b": 0}, {"b": 1}]})), ["form.required /rows/1/a"]);
}

#[test]
fn what_is_required_only_in_a_branch_cannot_be_hidden() {
    let rules = json!({"rules": [{"when": {"field": "/a", "op": "eq", "value": 1}, "show": ["/b"]}]});
    let properties = json!({"a": {}, "b": {}});
    for (keyword, value) in [
        ("anyOf", json!([{"required": ["b"]}, {}])),
        ("oneOf", json!([{"required": ["b"]}])),
        ("not", json!({"required": ["b"]})),
        ("then", json!({"required": ["b"]})),
        ("dependentRequired", json!({"a": ["b"]})),
        ("dependentSchemas", json!({"a": {"required": ["b"]}})),
    ] {
        let mut schema = json!({"type": "object", "properties": properties});
        schema[keyword] = value;
        if keyword == "then" {
            schema["if"] = json!({"required": ["a"]});
        }
        let problems = form_of(schema, rules.clone()).expect_err(keyword);
        assert_eq!(codes(&problems), ["form.required_conditional /schema"], "{keyword}");
        assert!(problems[0].message.contains(keyword), "{}", problems[0].message);
    }
}

#[test]
fn a_document_with_nul_is_refused_at_its_place() {
    let form = form(&nps()).unwrap();
    assert_eq!(valid(&form, json!({"score": 3, "reason": "a\u{0}b"})), ["form.nul /reason"]);
}

#[test]
fn problems_are_never_empty_and_never_many() {
    let schema = json!({"type": "array", "items": {"type": "integer"}});
    let form = compile(&FormDefinition::from_schema(schema)).unwrap();
    let problems = form.validate(json!(vec!["x"; 1_000]), Language::En).unwrap_err();
    assert_eq!(problems.len(), 50);
}
