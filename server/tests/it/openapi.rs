//! The description of the API that others build on: complete in itself, and changed only on purpose.

use std::collections::BTreeSet;
use std::fmt::Write;

use huiyin::router::openapi_json;
use serde_json::{Map, Value};

fn document() -> Value {
    serde_json::from_str(openapi_json()).expect("JSON")
}

#[test]
fn routes_and_shapes_change_only_on_purpose() {
    let document = document();
    let mut lines = String::new();
    for (path, item) in document["paths"].as_object().expect("paths") {
        for (method, operation) in item.as_object().expect("methods") {
            let asked = shape(&operation["requestBody"]).map(|shape| format!(" {shape}")).unwrap_or_default();
            write!(lines, "{} {path}{asked} ->", method.to_uppercase()).expect("writes");
            let responses = operation["responses"].as_object().expect("responses");
            for (status, response) in responses.iter().filter(|(status, _)| *status != "default") {
                let shape = shape(response).map(|shape| format!(" {shape}")).unwrap_or_default();
                write!(lines, " {status}{shape}").expect("writes");
            }
            lines.push('\n');
        }
    }
    insta::assert_snapshot!(lines);
}

/// The name of what a body holds.
fn shape(body: &Value) -> Option<String> {
    let (media, content) = body["content"].as_object()?.iter().next()?;
    let schema = &content["schema"];
    let name = |schema: &Value| schema["$ref"].as_str()?.rsplit('/').next().map(str::to_owned);
    let list = || name(&schema["items"]).map(|name| format!("[{name}]"));
    name(schema).or_else(list).or_else(|| Some(media.clone()))
}

#[test]
fn every_reference_leads_somewhere_and_every_route_says_how_it_refuses() {
    let document = document();
    let mut references = BTreeSet::new();
    collect(&document, &mut references);
    assert!(references.len() > 20, "{references:?}");
    for reference in references {
        let found = document.pointer(reference.trim_start_matches('#'));
        assert!(found.is_some_and(Value::is_object), "{reference}");
    }
    for (path, item) in document["paths"].as_object().expect("paths") {
        for (method, operation) in item.as_object().expect("methods") {
            assert!(
                operation["responses"].get("default").is_some(),
                "{method} {path} does not say how it refuses"
            );
            assert!(
                operation["responses"].as_object().map_or(0, Map::len) > 1,
                "{method} {path} never answers"
            );
        }
    }
}

fn collect(value: &Value, into: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            into.extend(members.get("$ref").and_then(Value::as_str).map(str::to_owned));
            members.values().for_each(|member| collect(member, into));
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, into)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
