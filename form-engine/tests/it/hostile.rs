//! Schemas and documents made to hurt: refused, or judged, in bounded time.

use std::time::{Duration, Instant};

use form_engine::{Form, FormDefinition, Language, Problem, compile};
use serde_json::{Map, Value, json};

/// Fifty milliseconds when optimised; the tests' build is not, and may share the machine.
const BOUND: Duration = Duration::from_millis(if cfg!(debug_assertions) { 3_000 } else { 50 });

/// `$defs` n0 … n*depth*, each made of the next by `link`.
fn chain(depth: usize, link: impl Fn(Value) -> Value) -> Value {
    let mut defs = Map::new();
    for at in 0..depth {
        defs.insert(format!("n{at}"), link(json!({"$ref": format!("#/$defs/n{}", at + 1)})));
    }
    defs.insert(format!("n{depth}"), json!({"type": "integer"}));
    json!({"$ref": "#/$defs/n0", "$defs": defs})
}

#[track_caller]
fn timed<T>(what: &str, run: impl FnOnce() -> T) -> T {
    let began = Instant::now();
    let result = run();
    let took = began.elapsed();
    println!("{what}: {took:?}");
    assert!(took < BOUND, "{what} took {took:?}");
    result
}

fn publish(schema: Value) -> Result<Form, Vec<Problem>> {
    compile(&FormDefinition::from_schema(schema))
}

#[track_caller]
fn refused(what: &str, schema: Value, code: &str) {
    let problems = timed(what, || publish(schema)).expect_err(what);
    assert_eq!(problems[0].code, code, "{what}: {problems:?}");
}

#[track_caller]
fn judged(what: &str, schema: Value, document: Value) -> Result<Value, Vec<Problem>> {
    let form = timed(what, || publish(schema)).unwrap_or_else(|problems| panic!("{what}: {problems:?}"));
    let verdict = timed(what, || form.validate(document, Language::En));
    if let Err(problems) = &verdict {
        assert!((1..=50).contains(&problems.len()), "{what}: {} problems", problems.len());
    }
    verdict
}

#[test]
fn chains_that_multiply_in_place_are_refused() {
    for keyword in ["anyOf", "allOf", "oneOf"] {
        for depth in [20, 26, 90] {
            let schema = chain(depth, |next| json!({keyword: [next, next]}));
            refused(&format!("{keyword} {depth}"), schema, "form.schema_cost");
        }
    }
    refused("if", chain(30, |next| json!({"if": next, "then": next, "else": next})), "form.schema_cost");
}

#[test]
fn a_chain_under_the_bound_is_judged() {
    let schema = chain(12, |next| json!({"anyOf": [next, next]}));
    assert!(judged("anyOf 12", schema.clone(), json!("no")).is_err());
    assert!(judged("anyOf 12", schema, json!(7)).is_ok());
}

#[test]
fn what_only_the_document_can_multiply_is_bounded_by_its_depth() {
    let nest = |depth: usize, leaf: Value| (0..depth).fold(leaf, |inner, _| json!({"a": inner}));
    let schema = json!({"$ref": "#/$defs/n", "$defs": {"n": {"type": ["object", "integer"], "anyOf": [
        {"properties": {"a": {"$ref": "#/$defs/n"}}}, {"properties": {"a": {"$ref": "#/$defs/n"}}}]}}});
    let verdict = judged("tree 100", schema.clone(), nest(100, json!("wrong")));
    assert_eq!(verdict.unwrap_err()[0].code, "form.too_complex");
    assert!(judged("tree 8", schema.clone(), nest(8, json!("wrong"))).is_err());
    assert!(judged("tree 8", schema, nest(8, json!(1))).is_ok());
}

#[test]
fn shared_definitions_along_properties_count_once() {
    let schema = chain(40, |next| json!({"type": "object", "properties": {"a": next, "b": next}}));
    assert!(judged("properties 40", schema, json!({"a": {"b": {"a": 5}}})).is_err());
}

#[test]
fn loops_of_references_end() {
    assert!(judged("self", json!({"$ref": "#"}), json!(1)).is_ok());
    let mutual =
        json!({"$ref": "#/$defs/a", "$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"$ref": "#/$defs/a"}}});
    assert!(judged("mutual", mutual, json!(1)).is_ok());
    assert!(timed("not", || publish(json!({"not": {"$ref": "#"}}))).is_ok());
}

#[test]
fn long_and_deep_schemas_are_refused() {
    refused("chain 5000", chain(5_000, |next| next), "form.schema_depth");
    let long = |count: usize| json!({"enum": vec!["x".repeat(100); count]});
    refused("size", long(50_000), "form.schema_size");
    let form = FormDefinition { bare: false, ..FormDefinition::from_schema(long(3_000)) };
    let problems = timed("size of a form", || compile(&form)).expect_err("too long to be a form");
    assert_eq!(problems[0].code, "form.schema_size");
    let deep = (0..120).fold(json!({"type": "integer"}), |inner, _| json!({"properties": {"a": inner}}));
    assert!(timed("deep 120", || publish(deep)).is_ok());
}

#[test]
fn patterns_are_bounded() {
    let text = |pattern: &str| json!({"type": "string", "pattern": pattern});
    assert!(judged("(a+)+$", text("^(a+)+$"), json!(format!("{}b", "a".repeat(50_000)))).is_err());
    assert!(judged("look-ahead", text("^(?=.*a)(?!.*b.*b).*$"), json!("xay")).is_ok());
    assert!(judged("back-reference", text("^(a*)*\\1*(a*)*$(?=b)"), json!("a".repeat(5_000))).is_err());
    refused("repeat bomb", text("((a{1,1000}){1,1000}){1,1000}"), "form.schema_invalid");
    refused("broken", text("(["), "form.schema_invalid");
}

#[test]
fn wide_documents_and_many_rows_are_judged() {
    let rows = |row: Value, count: usize| json!({"rows": vec![row; count]});
    let schema = json!({"type": "object", "properties": {"rows": {"type": "array", "uniqueItems": true, "items": {
        "type": "object", "properties": {"a": {"type": "integer"}, "b": {"type": "string"}}, "required": ["a"]}}}});
    assert!(judged("rows", schema, rows(json!({}), 5_000)).is_err());
    let wide: Map<String, Value> =
        (0..5_000).map(|at| (format!("f{at}"), json!({"type": "integer"}))).collect();
    let form = json!({"type": "object", "properties": wide, "additionalProperties": false});
    let document: Map<String, Value> = (0..5_000).map(|at| (format!("g{at}"), json!(at))).collect();
    assert!(judged("wide", form, Value::Object(document)).is_err());
}

#[test]
fn outside_references_and_unknown_drafts_are_refused() {
    refused("http", json!({"$ref": "http://example.com/schema.json"}), "form.schema_reference");
    refused("file", json!({"$ref": "file:///etc/passwd"}), "form.schema_reference");
    refused("dangling", json!({"properties": {"a": {"$ref": "#/$defs/none"}}}), "form.schema_reference");
    refused("draft", json!({"$schema": "http://example.com/mine"}), "form.schema_unknown_draft");
    refused(
        "draft 3",
        json!({"$schema": "http://json-schema.org/draft-03/schema#"}),
        "form.schema_unknown_draft",
    );
}

/// As deep as is let through, on a stack no larger than a server's worker has.
#[test]
fn the_deepest_that_passes_fits_a_small_stack() {
    let worker = std::thread::Builder::new().stack_size(2 << 20).spawn(|| {
        assert!(judged("allOf 95", chain(95, |next| json!({"allOf": [next]})), json!("x")).is_err());
        let nested = (0..95).fold(json!("x"), |inner, _| json!({"a": inner}));
        assert!(
            judged("properties 64", chain(64, |next| json!({"properties": {"a": next}})), nested).is_err()
        );
        let deep = (0..120).fold(json!("x"), |inner, _| json!({"a": inner}));
        let recursive = json!({"type": ["object", "integer"], "properties": {"a": {"$ref": "#"}}});
        let problems = judged("recursion 120", recursive, deep).unwrap_err();
        assert_eq!(problems[0].path, "/a".repeat(120));
    });
    worker.unwrap().join().unwrap();
}

/// Rules settle row by row without looking at every other row.
#[test]
fn rules_over_many_rows_are_settled() {
    let schema = json!({"type": "object", "properties": {"rows": {"type": "array", "items": {"type": "object",
        "properties": {"kind": {"type": "integer"}, "size": {"type": "integer"}}, "required": ["size"]}}}});
    let rules =
        json!([{"when": {"field": "/rows/*/kind", "op": "eq", "value": 1}, "show": ["/rows/*/size"]}]);
    let form = crate::form_of(schema, json!({"rules": rules})).unwrap();
    let rows: Vec<Value> = (0..5_000).map(|at| json!({"kind": at % 2, "size": 1})).collect();
    let outcome = timed("rows", || form.apply_rules(json!({"rows": rows})));
    assert_eq!(outcome.hidden.len(), 2_500);
    assert!(timed("rows judged", || form.validate(outcome.data, Language::En)).is_ok());
}

/// What browsers allow is rewritten before it is compiled; that takes no longer than reading it, however it nests.
#[test]
fn patterns_that_are_rewritten_are_bounded_too() {
    let text = |pattern: String| json!({"type": "string", "pattern": pattern});
    for part in ["[\\w-.]", "[^]", "\\Z", "{", "[", "(?=a)", "\\uD83D\\uDE00", "\\p{", "(?!\\s)."] {
        let schema = text(part.repeat(4_000));
        if let Ok(form) = timed(part, || publish(schema)) {
            let _ = timed(part, || form.validate(json!("a".repeat(2_000)), Language::En));
        }
    }
}

/// Definitions that only references lead to are followed once each, in whatever circle they stand.
#[test]
fn references_among_foreign_folders_end() {
    let mut folder = Map::new();
    for at in 0..90 {
        let next = format!("#/folder/n{}", (at + 1) % 90);
        folder.insert(format!("n{at}"), json!({"type": "object", "properties": {"next": {"$ref": next}}}));
    }
    let schema = json!({"$ref": "#/folder/n0", "folder": folder});
    assert!(judged("circle", schema, json!({"next": {"next": 5}})).is_err());
}

/// A cascade and a ranking cost no more than what is in them.
#[test]
fn large_choices_are_read_and_judged() {
    let district =
        |city: usize| -> Vec<Value> { (0..50).map(|at| json!({"value": format!("{city}-{at}")})).collect() };
    let cities: Vec<Value> =
        (0..190).map(|city| json!({"value": format!("{city}"), "children": district(city)})).collect();
    let items = json!([{"field": "/where", "control": "cascade", "tree": cities}, {"field": "/order", "control": "ranking"}]);
    let options: Vec<String> = (0..500).map(|at| at.to_string()).collect();
    let schema = json!({"type": "object", "properties": {"where": {"type": "array", "items": {"type": "string"}},
        "order": {"type": "array", "items": {"enum": options}}}});
    let form = timed("compiled", || crate::form_of(schema, json!({"layout": {"pages": [{"items": items}]}})))
        .unwrap();
    let data = json!({"where": ["189", "189-49"], "order": options});
    assert!(timed("judged", || form.validate(data, Language::En)).is_ok());
    let twice = json!({"order": vec!["1"; 5_000]});
    assert!(timed("twice", || form.check(&twice, Language::En)).len() == 1);
}

/// The longest chain that is let through, made with room and used on a stack no larger than a server's worker has.
#[test]
fn the_longest_chain_of_definitions_fits_a_small_stack() {
    let schema = chain(480, |next| json!({"type": "object", "properties": {"a": next}}));
    refused("chain 600", chain(600, |next| json!({"properties": {"a": next}})), "form.schema_depth");
    let worker = std::thread::Builder::new().stack_size(2 << 20).spawn(move || {
        let nested = (0..100).fold(json!("x"), |inner, _| json!({"a": inner}));
        let form = publish(schema).unwrap();
        assert!(form.validate(nested, Language::En).is_err());
        drop(form);
    });
    worker.unwrap().join().unwrap();
}

/// Definitions are looked at once each, used or not.
#[test]
fn thousands_of_definitions_that_nothing_uses_are_read_once() {
    let mut folder = Map::new();
    for at in 0..4_000 {
        folder.insert(format!("n{at}"), json!({"items": {"$ref": format!("#/$defs/n{}", at / 2)}}));
    }
    folder.insert("gone".to_owned(), json!({"$ref": "elsewhere.json"}));
    assert!(judged("unused", json!({"type": "integer", "$defs": folder}), json!(1)).is_ok());
}
