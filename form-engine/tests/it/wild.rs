//! Schemas as they are found outside: written by generators, for browsers, and by hand.
//!
//! Each shape here was met in a published schema and was once refused, or judged otherwise than
//! the standard says.

use form_engine::{FormDefinition, Language, compile};
use serde_json::{Value, json};

/// Judges each document; the schema must publish.
fn check(schema: &Value, documents: &[(Value, bool)]) {
    let form = compile(&FormDefinition::from_schema(schema.clone()))
        .unwrap_or_else(|problems| panic!("{schema} is refused: {problems:?}"));
    for (document, valid) in documents {
        let verdict = form.validate(document.clone(), Language::En);
        assert_eq!(verdict.is_ok(), *valid, "{document} by {schema}: {verdict:?}");
        assert!(verdict.is_ok() || verdict.is_err_and(|problems| !problems.is_empty()));
    }
}

fn pattern(pattern: &str, takes: &[&str], refuses: &[&str]) {
    let takes = takes.iter().map(|text| (json!(text), true));
    let refuses = refuses.iter().map(|text| (json!(text), false));
    check(&json!({"type": "string", "pattern": pattern}), &takes.chain(refuses).collect::<Vec<_>>());
}

/// ECMA-262 Annex B.1.2: what browsers read besides the grammar.
#[test]
fn patterns_of_browsers_publish() {
    pattern(r"^[\w-.]+$", &["a-b.c", "."], &["a b", "é"]);
    pattern(r"^[a-\d]+$", &["a-9"], &["b"]);
    pattern("^[^]*$", &["", "a\nb"], &[]);
    pattern("^[]a]$", &[], &["a", "]", "a]"]);
    pattern("^a{,3}$", &["a{,3}"], &["aaa", ""]);
    pattern("^a{$", &["a{"], &["a"]);
    pattern(r"^\<b\>$", &["<b>"], &["b"]);
    pattern(r"^\é\_\@$", &["é_@"], &["e_@"]);
    pattern(r"^[\b\0]$", &["\u{8}", "\0"], &["b", "0"]);
    pattern(r"^\uD83D\uDE00$", &["😀"], &["😃"]);
    pattern(r"^\u{1F600}\p{Lu}$", &["😀É"], &["😀é"]);
    pattern(r"\A\d{5}\Z", &["12345"], &["123456"]);
}

/// ECMA-262 §22.2.2: the classes mean the same beside a look-around as anywhere else.
#[test]
fn patterns_that_look_around_keep_their_classes() {
    pattern(r"^(?!000)\d{3}$", &["123"], &["000", "١٢٣"]);
    pattern(r"^(?=.*\d)\w+$", &["a1"], &["é1", "a"]);
    pattern(r"^(?!\s)", &["a", ""], &["\u{feff}a", " a"]);
    pattern(r"^(?:(?!ab).)*$", &["ba"], &["xab", "\r", "\u{2028}"]);
    pattern(r"^(\w)\1$", &["aa"], &["ab", "éé"]);
}

#[test]
fn property_patterns_are_read_alike() {
    let schema = json!({"type": "object", "patternProperties": {r"^[\w-.]+$": {"type": "integer"}}, "additionalProperties": false});
    check(
        &schema,
        &[(json!({"a-b.c": 1}), true), (json!({"a-b.c": "x"}), false), (json!({"a b": 1}), false)],
    );
}

/// Generators name definitions after generic types.
#[test]
fn references_may_hold_what_a_uri_may_not() {
    let schema = json!({"$schema": "http://json-schema.org/draft-07/schema#", "$ref": "#/definitions/Form<A B>",
        "definitions": {"Form<A B>": {"type": "object", "properties": {"größe": {"$ref": "#/definitions/Länge"}}}, "Länge": {"type": "integer"}}});
    check(&schema, &[(json!({"größe": 3}), true), (json!({"größe": "x"}), false)]);
    let form = compile(&FormDefinition::from_schema(schema)).unwrap();
    assert_eq!(form.fields()[0].path, "/größe");
}

/// JSON Schema core §8.2.4.2: a reference may lead to any place of the document.
#[test]
fn definitions_may_stand_anywhere() {
    let schema = json!({"$ref": "#/components/schemas/Claim", "components": {"schemas": {
        "Claim": {"type": "object", "properties": {"person": {"$ref": "#/components/schemas/Person"}}},
        "Person": {"type": "object", "properties": {"name": {"type": "string", "pattern": r"^[\w-.]+$"}}, "required": ["name"]}}}});
    check(&schema, &[(json!({"person": {"name": "a.b"}}), true), (json!({"person": {}}), false)]);
    let form = compile(&FormDefinition::from_schema(schema)).unwrap();
    assert_eq!(form.fields().iter().map(|field| field.path.as_str()).collect::<Vec<_>>(), ["/person/name"]);
}

#[test]
fn a_dangling_reference_below_such_definitions_is_found() {
    let schema =
        json!({"$ref": "#/components/a", "components": {"a": {"properties": {"x": {"$ref": "#/nowhere"}}}}});
    let problems = compile(&FormDefinition::from_schema(schema)).unwrap_err();
    assert_eq!(
        (&*problems[0].code, problems[0].path.as_str()),
        ("form.schema_reference", "/schema/components/a/properties/x/$ref")
    );
}

#[test]
fn drafts_are_known_by_the_names_people_give_them() {
    let exclusive = |uri: &str| json!({"$schema": uri, "minimum": 3, "exclusiveMinimum": true});
    for uri in [
        "http://json-schema.org/draft-04/hyper-schema#",
        "http://json-schema.org/draft-05/schema#",
        "https://json-schema.org/draft-04/schema",
        "json-schema.org/draft-04/schema#",
        "http://www.json-schema.org/draft-04/schema#",
    ] {
        check(&exclusive(uri), &[(json!(3), false), (json!(4), true)]);
    }
    check(
        &json!({"$schema": "http://json-schema.org/draft-07/schema/", "if": {"const": 1}, "then": false}),
        &[(json!(1), false)],
    );
    let unknown =
        compile(&FormDefinition::from_schema(json!({"$schema": "http://json-schema.org/draft-03/schema#"})));
    assert_eq!(unknown.unwrap_err()[0].code, "form.schema_unknown_draft");
}

/// A schema alone stores nothing, so U+0000 is a character like any other.
#[test]
fn a_bare_schema_judges_what_a_form_would_not_store() {
    let schema = json!({"type": "string", "maxLength": 1});
    check(&schema, &[(json!("\0"), true)]);
    let form = compile(&FormDefinition { bare: false, ..FormDefinition::from_schema(schema) }).unwrap();
    assert_eq!(form.validate(json!("\0"), Language::En).unwrap_err()[0].code, "form.nul");
}

/// Lists of countries, currencies and municipalities.
#[test]
fn long_lists_of_options_publish() {
    let options: Vec<String> = (0..20_000).map(|at| format!("municipality {at}")).collect();
    let schema = json!({"type": "object", "properties": {"where": {"type": "string", "enum": options}}});
    check(&schema, &[(json!({"where": "municipality 19999"}), true), (json!({"where": "elsewhere"}), false)]);
}

/// Standards whose definitions all refer to each other: the longest way through them says nothing about their cost.
#[test]
fn definitions_that_all_refer_to_each_other_publish() {
    let count = 150;
    let mut definitions = serde_json::Map::new();
    for at in 0..count {
        let mut properties = serde_json::Map::new();
        for way in 0..6 {
            let target = json!({"$ref": format!("#/definitions/T{}", (at * 7 + way * 13 + 1) % count)});
            let list = json!({"type": "array", "items": target});
            properties.insert(format!("p{way}"), if way % 2 == 0 { target } else { list });
        }
        definitions.insert(
            format!("T{at}"),
            json!({"type": "object", "properties": properties, "additionalProperties": false}),
        );
    }
    let schema = json!({"$schema": "http://json-schema.org/draft-07/schema#", "$ref": "#/definitions/T0", "definitions": definitions});
    check(
        &schema,
        &[(json!({"p0": {"p1": [{"p2": {}}]}}), true), (json!({"p0": {"p1": [{"else": 1}]}}), false)],
    );
}

/// A leftover of a schema that was many files once.
#[test]
fn definitions_that_nothing_uses_may_lead_nowhere() {
    let schema = json!({"$schema": "http://json-schema.org/draft-07/schema#", "properties": {"a": {"$ref": "#/definitions/a"}},
        "definitions": {"a": {"$ref": "#/definitions/b"}, "b": {"type": "integer"}, "old": {"$ref": "common.json#/definitions/x"}, "older": {"items": {"$ref": "#/definitions/gone"}}}});
    check(&schema, &[(json!({"a": 1}), true), (json!({"a": "x"}), false)]);
    let mut used = schema.clone();
    used["properties"]["b"] = json!({"$ref": "#/definitions/older"});
    let problems = compile(&FormDefinition::from_schema(used)).unwrap_err();
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert_eq!(problems[0].path, "/schema/definitions/older/items/$ref");
}

/// JSON Schema core §8.2: references inside a definition with an `$id` are relative to that, wherever it is used from.
#[test]
fn references_are_relative_to_where_they_stand() {
    let schema = json!({"$schema": "http://json-schema.org/draft-07/schema#", "$id": "http://example.com/root.json",
        "properties": {"a": {"$ref": "deep/other.json#/definitions/q"}, "b": {"$ref": "#/definitions/k"}},
        "definitions": {"k": {"type": "boolean"}, "o": {"$id": "deep/other.json", "definitions": {
            "q": {"$ref": "#/definitions/k"}, "k": {"type": "integer"}}}}});
    check(
        &schema,
        &[(json!({"a": 1, "b": true}), true), (json!({"a": true}), false), (json!({"b": 1}), false)],
    );
    let form = compile(&FormDefinition::from_schema(schema)).unwrap();
    let kinds: Vec<&str> = form.fields().iter().map(|field| field.kind.control()).collect();
    assert_eq!(kinds, ["number", "boolean"]);
}

/// RFC 6531 and RFC 5890: letters of all scripts, not anything.
#[test]
fn international_addresses_are_checked() {
    let mail = json!({"$schema": "http://json-schema.org/draft-07/schema#", "type": "string", "format": "idn-email"});
    check(
        &mail,
        &[(json!("李雷@例子.中国"), true), (json!("li.lei@example.com"), true), (json!("zzz zzz"), false)],
    );
    let host = json!({"$schema": "http://json-schema.org/draft-07/schema#", "type": "string", "format": "idn-hostname"});
    check(&host, &[(json!("例子.中国"), true), (json!("example.com"), true), (json!("zzz zzz"), false)]);
}
