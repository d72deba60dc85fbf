//! Tests of the form engine, through its public API.
#![expect(clippy::unwrap_used, reason = "in tests a failure is a finding")]

mod condition;
mod contacts;
mod definition;
mod documents;
mod fields;
mod jumps;
mod offers;
mod piping;
mod quiz;
mod rename;
mod review;
mod rules;
mod shared;
mod sheet;
mod submission;
mod trace;

#[cfg(feature = "script")]
mod arrival;
#[cfg(feature = "schema")]
mod branches;
#[cfg(feature = "schema")]
mod change;
#[cfg(feature = "schema")]
mod corpus;
#[cfg(feature = "schema")]
mod foreign;
#[cfg(feature = "schema")]
mod hostile;
#[cfg(all(feature = "schema", feature = "script"))]
mod kinds;
#[cfg(feature = "schema")]
mod messages;
#[cfg(feature = "schema")]
mod properties;
#[cfg(feature = "schema")]
mod roads;
#[cfg(feature = "script")]
mod script;
#[cfg(feature = "schema")]
mod ui_schema;
#[cfg(feature = "schema")]
mod verdict;
#[cfg(feature = "schema")]
mod wild;

use form_engine::{Form, FormDefinition, Problem, compile};
use serde_json::Value;

/// The sample form.
fn nps() -> Value {
    serde_json::from_str(include_str!("../data/nps.json")).unwrap()
}

/// The only way tests make a form: an API change edits one function.
fn form(document: &Value) -> Result<Form, Vec<Problem>> {
    FormDefinition::parse(document).and_then(|definition| compile(&definition))
}

/// A form of a schema, with further members of the definition.
fn form_of(schema: Value, more: Value) -> Result<Form, Vec<Problem>> {
    let mut document = serde_json::json!({"format": 1, "kind": "form", "key": "test", "schema": schema});
    if let (Value::Object(members), Value::Object(more)) = (&mut document, more) {
        members.extend(more);
    }
    form(&document)
}

/// Problems as `code path`, in order.
fn codes(problems: &[Problem]) -> Vec<String> {
    problems.iter().map(|problem| format!("{} {}", problem.code, problem.path)).collect()
}
#[cfg(all(feature = "schema", feature = "script"))]
mod fuzz;
