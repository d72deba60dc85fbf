//! The fields of a draft as form-engine builds them, read anew only where a question changed.

use std::{
    borrow::Cow,
    collections::{HashMap, HashSet},
    sync::Arc,
};

use form_engine::{Field, FieldKind, FormDefinition, compile, pointer};
use serde_json::{Map, Value, json};

use super::layout;
use crate::editor::history::is_same;

/// What fields were built from, by the token of each question: none of them says anything about another.
#[derive(Debug)]
pub struct Source {
    parts: HashMap<String, Arc<Part>>,
}

/// One question: itself, whether it is required, and the items of it and of what is inside.
#[derive(Debug)]
struct Part {
    schema: Value,
    required: bool,
    items: Vec<Value>,
}

/// The same, in a draft.
struct PartIn<'v> {
    key: &'v str,
    schema: &'v Value,
    required: bool,
    items: Vec<&'v Value>,
}

/// The fields of a draft, and what they were built from if a later draft can take some of them over; a question that is
/// as it was `before` keeps its own.
pub fn read(
    draft: &Value,
    before: Option<(&Arc<Source>, &[Arc<Field>])>,
) -> (Vec<Arc<Field>>, Option<Arc<Source>>) {
    let parts = parts(draft);
    let known = before.zip(parts.as_ref());
    if let Some(read) = known.and_then(|((source, fields), parts)| read_changed(source, parts, fields)) {
        return (read.0, Some(read.1));
    }
    let Some(fields) = build(draft, &["schema", "layout"]) else {
        // The layout may be wrong, if it was written by hand.
        return (build(draft, &["schema"]).unwrap_or_default(), None);
    };
    let parts = parts.filter(|parts| parts.iter().all(|(_, part)| !refers(part.schema)));
    let parts =
        parts.map(|parts| parts.iter().map(|(token, part)| (token.to_string(), part.kept())).collect());
    (fields, parts.map(|parts| Source { parts }.into()))
}

/// As [`read`], when all that changed can be read by itself.
fn read_changed(
    source: &Arc<Source>,
    parts: &[(Cow<'_, str>, PartIn<'_>)],
    fields_before: &[Arc<Field>],
) -> Option<(Vec<Arc<Field>>, Arc<Source>)> {
    let is_known =
        |token: &str, part: &PartIn<'_>| source.parts.get(token).is_some_and(|old| part.is_as(old));
    let changed: Vec<_> = parts.iter().filter(|(token, part)| !is_known(token, part)).collect();
    if changed.iter().any(|(_, part)| refers(part.schema)) {
        return None;
    }
    let same = changed.is_empty() && parts.len() == source.parts.len();
    let fresh = if changed.is_empty() {
        Vec::new()
    } else {
        let schemas = changed.iter().map(|(_, part)| (part.key.to_owned(), part.schema.clone()));
        let properties: Map<String, Value> = schemas.collect();
        let required: Vec<&str> =
            changed.iter().filter(|(_, part)| part.required).map(|(_, part)| part.key).collect();
        let items: Vec<&Value> = changed.iter().flat_map(|(_, part)| &part.items).copied().collect();
        let draft = json!({
            "schema": { "type": "object", "properties": properties, "required": required },
            "layout": { "pages": [{ "items": items }] },
        });
        build(&draft, &["schema", "layout"])?
    };
    let renewed: HashSet<&str> = changed.iter().map(|(token, _)| token.as_ref()).collect();
    let kept = fields_before.iter().filter(|field| !renewed.contains(layout::question_of(&field.path)));
    let mut by_token: HashMap<&str, Vec<&Arc<Field>>> = HashMap::new();
    for field in kept.chain(&fresh) {
        by_token.entry(layout::question_of(&field.path)).or_default().push(field);
    }
    // In the order of the schema, as form-engine gives them.
    let ordered = parts.iter().flat_map(|(token, _)| by_token.get(token.as_ref()).into_iter().flatten());
    let ordered = ordered.map(|field| Arc::clone(field)).collect();
    if same {
        return Some((ordered, Arc::clone(source)));
    }
    let part = |(token, part): &(Cow<'_, str>, PartIn<'_>)| {
        let old = source.parts.get(token.as_ref()).filter(|_| !renewed.contains(token.as_ref()));
        (token.to_string(), old.map_or_else(|| part.kept(), Arc::clone))
    };
    Some((ordered, Source { parts: parts.iter().map(part).collect() }.into()))
}

/// The questions of a schema that says nothing but what they are; none when it says more.
fn parts(draft: &Value) -> Option<Vec<(Cow<'_, str>, PartIn<'_>)>> {
    let schema = draft.get("schema")?.as_object()?;
    let plain = ["$schema", "$id", "type", "title", "description", "properties", "required"];
    let says_more = |(word, value): (&String, &Value)| match word.as_str() {
        "additionalProperties" => !value.is_boolean(),
        word => !plain.contains(&word),
    };
    if schema.iter().any(says_more) {
        return None;
    }
    let required = schema.get("required").and_then(Value::as_array).into_iter().flatten();
    let required: HashSet<&str> = required.filter_map(Value::as_str).collect();
    let mut items: HashMap<&str, Vec<&Value>> = HashMap::new();
    for item in layout::items_by_page(draft).flatten() {
        if let Some(field) = layout::field_of(item) {
            items.entry(layout::question_of(field)).or_default().push(item);
        }
    }
    let properties = schema.get("properties")?.as_object()?;
    let each = properties.iter().map(|(key, schema)| {
        let token = pointer::escape(key);
        let items = items.remove(token.as_ref()).unwrap_or_default();
        (token, PartIn { key, schema, required: required.contains(key.as_str()), items })
    });
    Some(each.collect())
}

impl PartIn<'_> {
    fn is_as(&self, old: &Part) -> bool {
        self.required == old.required
            && self.items.len() == old.items.len()
            && self.items.iter().zip(&old.items).all(|(item, old)| is_same(item, old))
            && is_same(self.schema, &old.schema)
    }

    fn kept(&self) -> Arc<Part> {
        let items = self.items.iter().map(|item| (*item).clone()).collect();
        Part { schema: self.schema.clone(), required: self.required, items }.into()
    }
}

/// It speaks of another place of the schema.
fn refers(schema: &Value) -> bool {
    match schema {
        Value::Object(members) => members.iter().any(|(word, value)| word.starts_with('$') || refers(value)),
        Value::Array(parts) => parts.iter().any(refers),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}

/// The fields as form-engine builds them. Rules and publishing settings say nothing about them, and may be
/// wrong while they are worked on.
fn build(draft: &Value, members: &[&str]) -> Option<Vec<Arc<Field>>> {
    let mut form = json!({ "format": 1, "kind": "form", "key": "form" });
    for name in members {
        form[*name] = draft.get(*name).cloned().unwrap_or(json!({}));
    }
    // A formula needs a rule that computes it, whichever.
    let items = layout::items_by_page(&form).flatten();
    let items = items.flat_map(|item| {
        std::iter::once(item).chain(item.get("items").and_then(Value::as_array).into_iter().flatten())
    });
    let formulas =
        items.filter(|item| item.get("control").is_some_and(|word| word == FieldKind::Formula.control()));
    let rules: Vec<Value> =
        formulas.map(|item| json!({ "set": item.get("field"), "to": { "script": "0" } })).collect();
    form["rules"] = rules.into();
    let definition = FormDefinition::parse(&form).ok()?;
    compile(&definition).ok().map(|form| form.fields().to_vec())
}
