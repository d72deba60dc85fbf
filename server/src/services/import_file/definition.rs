//! The form a file becomes: a field per column, its header the key.

use api_types::{ImportColumn, RunImport};
use form_engine::Problem;
use serde_json::{Map, Value, json};

use crate::tabular::Sheet;

/// Kinds a column can have.
const KINDS: &[&str] = &[
    "text",
    "long_text",
    "integer",
    "number",
    "boolean",
    "date",
    "datetime",
    "single",
    "multiple",
    "email",
    "phone",
    "skip",
];

/// What is wrong with the wish, before any row is looked at.
pub(super) fn check(sheet: &Sheet, request: &RunImport) -> Vec<Problem> {
    let mut problems = Vec::new();
    let headers: Vec<&str> = request.columns.iter().map(|column| column.header.as_str()).collect();
    if headers != sheet.headers.iter().map(String::as_str).collect::<Vec<_>>() {
        problems.push(Problem::new(
            "import.columns",
            "/columns",
            "expected the file's columns in the file's order",
        ));
    }
    for (index, column) in request.columns.iter().enumerate() {
        if !KINDS.contains(&column.kind.as_str()) {
            let message = format!("`{}` is no kind; expected one of {}", column.kind, KINDS.join(", "));
            problems.push(Problem::new("import.kind_unknown", format!("/columns/{index}/kind"), message));
        }
    }
    if request.columns.iter().all(|column| column.kind == "skip") {
        problems.push(Problem::new(
            "import.columns",
            "/columns",
            "expected at least one column that is not left out",
        ));
    }
    problems
}

/// The definition as an author would write it.
pub(super) fn form(request: &RunImport) -> Value {
    let kept = || request.columns.iter().filter(|column| column.kind != "skip");
    let properties: Map<String, Value> =
        kept().map(|column| (column.header.clone(), schema(column))).collect();
    let items: Vec<Value> = kept().map(item).collect();
    json!({
        "format": 1, "kind": "form", "key": request.form, "record": "submission", "title": request.title,
        "schema": {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "type": "object",
            "properties": properties,
        },
        "layout": {"mode": "auto", "pages": [{"items": items}]},
    })
}

fn schema(column: &ImportColumn) -> Value {
    let title = &column.header;
    let options = &column.options;
    match column.kind.as_str() {
        "integer" => json!({"title": title, "type": "integer"}),
        "number" => json!({"title": title, "type": "number"}),
        "boolean" => json!({"title": title, "type": "boolean"}),
        "date" => json!({"title": title, "type": "string", "format": "date"}),
        "datetime" => json!({"title": title, "type": "string", "format": "date-time"}),
        "single" if !options.is_empty() => json!({"title": title, "type": "string", "enum": options}),
        "multiple" if !options.is_empty() => {
            json!({"title": title, "type": "array", "items": {"type": "string", "enum": options}, "uniqueItems": true})
        }
        "multiple" => {
            json!({"title": title, "type": "array", "items": {"type": "string"}, "uniqueItems": true})
        }
        "email" => json!({"title": title, "type": "string", "format": "email"}),
        _ => json!({"title": title, "type": "string"}),
    }
}

fn item(column: &ImportColumn) -> Value {
    const FEW: usize = 7;
    let control = match column.kind.as_str() {
        "long_text" => Some("long_text"),
        "integer" | "number" => Some("number"),
        "boolean" => Some("boolean"),
        "date" => Some("date"),
        "datetime" => Some("date_time"),
        "single" if column.options.len() > FEW => Some("drop_down"),
        "single" if !column.options.is_empty() => Some("single"),
        "multiple" if !column.options.is_empty() => Some("multiple"),
        "multiple" => None,
        "email" => Some("email"),
        "phone" => Some("phone"),
        _ => Some("text"),
    };
    let field = pointer(column);
    match control {
        Some(control) => json!({"field": field, "control": control}),
        None => json!({"field": field}),
    }
}

/// Where the column's values lie.
pub(super) fn pointer(column: &ImportColumn) -> String {
    form_engine::pointer::join("", &column.header)
}
