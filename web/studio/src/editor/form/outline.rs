//! What the canvas draws: pages of questions, each as form-engine understands it.

use std::{
    borrow::Cow,
    collections::{HashMap, HashSet},
    sync::Arc,
};

use form_engine::{Field, FieldKind, FormDefinition, compile, pointer};
use serde_json::{Map, Value, json};

use super::{kinds, layout, options, rules, schema};
use crate::editor::{history::is_same, order::Place};

/// A form as it is drawn.
#[derive(Debug, Clone, Default)]
pub struct Outline {
    /// In order; never empty.
    pub pages: Vec<Vec<Arc<Item>>>,
    /// Every field that can be named in a condition.
    pub fields: Vec<Arc<Field>>,
    /// What the fields were built from; none when only a part of it could be read.
    source: Option<Arc<Source>>,
}

impl PartialEq for Outline {
    fn eq(&self, other: &Self) -> bool {
        self.pages == other.pages && self.fields == other.fields
    }
}

/// What fields were built from, by the key of each question: none of them says anything about another.
#[derive(Debug, Clone)]
struct Source {
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
    schema: &'v Value,
    required: bool,
    items: Vec<&'v Value>,
}

/// One item of a page.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// Its field's pointer, or a group's.
    pub path: String,
    /// How it is asked; none for a group, or for what form-engine cannot read.
    pub field: Option<Arc<Field>>,
    /// Words between the questions, in their languages.
    pub text: Option<Value>,
    /// The fields of a group.
    pub members: Vec<Arc<Field>>,
    /// How it is asked; a matrix is a group with a kind.
    pub kind: Option<FieldKind>,
    /// Its rows repeat: a sub-form.
    pub rows: bool,
    /// How many options it offers.
    pub options: usize,
    /// The schema always asks for an answer.
    pub required: bool,
    /// Some rule shows, hides or requires it.
    pub ruled: bool,
}

impl Outline {
    /// The item of a field.
    #[must_use]
    pub fn item(&self, path: &str) -> Option<&Arc<Item>> {
        self.pages.iter().flatten().find(|item| item.path == path)
    }

    /// Every item and where it stands.
    pub fn placed(&self) -> impl Iterator<Item = (Place, &Arc<Item>)> {
        let placed = |(page, items): (usize, &'_ Vec<Arc<Item>>)| {
            (0..items.len()).map(move |index| Place { page, index })
        };
        self.pages.iter().enumerate().flat_map(placed).zip(self.pages.iter().flatten())
    }

    /// Where a field stands.
    #[must_use]
    pub fn place(&self, path: &str) -> Option<Place> {
        self.placed().find(|(_, item)| item.path == path).map(|(place, _)| place)
    }

    /// How many items each page has.
    #[must_use]
    pub fn lengths(&self) -> Vec<usize> {
        self.pages.iter().map(Vec::len).collect()
    }

    /// The question a problem at `place` of the definition is about.
    #[must_use]
    pub fn at(&self, place: &str, draft: &Value) -> Option<String> {
        if let Some(rest) = place.strip_prefix("/layout/pages/") {
            let mut parts = rest.split('/');
            let page = parts.next()?.parse::<usize>().ok()?;
            let index = parts.nth(1)?.parse::<usize>().ok()?;
            return self.pages.get(page)?.get(index).map(|item| item.path.clone());
        }
        if let Some(rest) = place.strip_prefix("/rules/") {
            let index = rest.split('/').next()?.parse::<usize>().ok()?;
            let rule = draft.get("rules")?.get(index)?;
            let named =
                ["show", "hide", "require"].iter().find_map(|effect| rule.get(*effect)?.get(0)?.as_str());
            return named.map(str::to_owned);
        }
        let mut path = String::new();
        let mut tokens = place.strip_prefix("/schema")?.split('/').skip(1);
        while let Some(token) = tokens.next() {
            match token {
                "properties" => path = format!("{path}/{}", tokens.next()?),
                _ => break,
            }
        }
        let held = self.pages.iter().flatten().find(|item| pointer::is_within(&path, &item.path));
        held.filter(|_| !path.is_empty()).map(|item| item.path.clone())
    }
}

/// The outline of a draft, also of one that cannot be published.
#[must_use]
pub fn outline(draft: &Value) -> Outline {
    next_outline(draft, &Outline::default())
}

/// The same as [`outline`], for less: what stands in the outline `before` is taken over.
#[must_use]
pub fn next_outline(draft: &Value, before: &Outline) -> Outline {
    let settled = layout::settled(draft);
    let (fields, source) = read_after(&settled, before);
    let known: HashMap<&str, &Arc<Field>> = fields.iter().map(|field| (field.path.as_str(), field)).collect();
    let old = before.pages.iter().flatten().map(|item| (item.path.as_str(), item));
    let old: HashMap<&str, &Arc<Item>> = old.collect();
    let pages = pages(&settled).enumerate().map(|(page, items)| {
        let items = items.enumerate().map(|(index, item)| {
            let item = one(&settled, &fields, &known, item, Place { page, index });
            match old.get(item.path.as_str()) {
                Some(old) if ***old == item => Arc::clone(old),
                _ => Arc::new(item),
            }
        });
        items.collect()
    });
    let pages = pages.collect();
    Outline { pages, fields, source }
}

/// The items of each page.
fn pages(draft: &Value) -> impl Iterator<Item = impl Iterator<Item = &Value>> {
    let pages = draft.pointer("/layout/pages").and_then(Value::as_array);
    let pages = pages.into_iter().flatten();
    pages.map(|page| page.get("items").and_then(Value::as_array).into_iter().flatten())
}

/// The fields of a draft and what they were built from; a question that is as it was `before` keeps its own.
fn read_after(draft: &Value, before: &Outline) -> (Vec<Arc<Field>>, Option<Arc<Source>>) {
    let parts = parts(draft);
    let known = before.source.as_ref().zip(parts.as_ref());
    if let Some(read) = known.and_then(|(source, parts)| read_changed(source, parts, &before.fields)) {
        return (read.0, Some(read.1));
    }
    let Some(fields) = fields(draft, &["schema", "layout"]) else {
        // The layout may be wrong, if it was written by hand.
        return (fields(draft, &["schema"]).unwrap_or_default(), None);
    };
    let parts = parts.filter(|parts| parts.iter().all(|(_, part)| !refers(part.schema)));
    let parts = parts.map(|parts| parts.iter().map(|(key, part)| ((*key).to_owned(), part.kept())).collect());
    (fields, parts.map(|parts| Source { parts }.into()))
}

/// As [`read_after`], when all that changed can be read by itself.
fn read_changed(
    source: &Arc<Source>,
    parts: &[(&str, PartIn<'_>)],
    fields_before: &[Arc<Field>],
) -> Option<(Vec<Arc<Field>>, Arc<Source>)> {
    let known = |key: &str, part: &PartIn<'_>| source.parts.get(key).is_some_and(|old| part.is_as(old));
    let changed: Vec<&(&str, PartIn<'_>)> = parts.iter().filter(|(key, part)| !known(key, part)).collect();
    if changed.iter().any(|(_, part)| refers(part.schema)) {
        return None;
    }
    let same = changed.is_empty() && parts.len() == source.parts.len();
    let fresh = if changed.is_empty() {
        Vec::new()
    } else {
        let schemas = changed.iter().map(|(key, part)| ((*key).to_owned(), part.schema.clone()));
        let properties: Map<String, Value> = schemas.collect();
        let required: Vec<&str> =
            changed.iter().filter(|(_, part)| part.required).map(|(key, _)| *key).collect();
        let items: Vec<&Value> = changed.iter().flat_map(|(_, part)| &part.items).copied().collect();
        let draft = json!({
            "schema": { "type": "object", "properties": properties, "required": required },
            "layout": { "pages": [{ "items": items }] },
        });
        fields(&draft, &["schema", "layout"])?
    };
    let mut by_key: HashMap<&str, Vec<&Arc<Field>>> = HashMap::new();
    let changed_keys: HashSet<&str> = changed.iter().map(|(key, _)| *key).collect();
    let changed_tops: HashSet<Cow<'_, str>> = changed_keys.iter().map(|key| pointer::escape(key)).collect();
    let kept = fields_before.iter().filter(|field| !changed_tops.contains(top(&field.path)));
    for field in kept.chain(&fresh) {
        by_key.entry(top(&field.path)).or_default().push(field);
    }
    // In the order of the schema, as form-engine gives them.
    let ordered = parts.iter().flat_map(|(key, _)| {
        by_key.get(pointer::escape(key).as_ref()).into_iter().flatten().map(|field| Arc::clone(field))
    });
    let ordered = ordered.collect();
    if same {
        return Some((ordered, Arc::clone(source)));
    }
    let part = |(key, part): &(&str, PartIn<'_>)| {
        let old = source.parts.get(*key).filter(|_| !changed_keys.contains(key));
        ((*key).to_owned(), old.map_or_else(|| part.kept(), Arc::clone))
    };
    Some((ordered, Source { parts: parts.iter().map(part).collect() }.into()))
}

/// The questions of a schema that says nothing but what they are; none when it says more.
fn parts(draft: &Value) -> Option<Vec<(&str, PartIn<'_>)>> {
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
    for item in pages(draft).flatten() {
        if let Some(field) = field_of(item) {
            items.entry(top(field)).or_default().push(item);
        }
    }
    let properties = schema.get("properties")?.as_object()?;
    let each = properties.iter().map(|(key, schema)| {
        let items = items.remove(pointer::escape(key).as_ref()).unwrap_or_default();
        (key.as_str(), PartIn { schema, required: required.contains(key.as_str()), items })
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
        _ => false,
    }
}

/// The first token of a pointer, as it is written there.
fn top(path: &str) -> &str {
    let path = path.strip_prefix('/').unwrap_or(path);
    path.split_once('/').map_or(path, |(first, _)| first)
}

fn field_of(item: &Value) -> Option<&str> {
    item.get("field").and_then(Value::as_str)
}

fn one(
    draft: &Value,
    fields: &[Arc<Field>],
    known: &HashMap<&str, &Arc<Field>>,
    item: &Value,
    place: Place,
) -> Item {
    let text = item.get("text").filter(|_| item.get("field").is_none()).cloned();
    let path = match &text {
        // Words have no field; their place is their name.
        Some(_) => format!("text:{}:{}", place.page, place.index),
        None => field_of(item).unwrap_or_default().to_owned(),
    };
    let field = known.get(path.as_str()).map(|field| Arc::clone(field));
    let members = match &field {
        Some(_) => Vec::new(),
        None if text.is_some() => Vec::new(),
        None => fields.iter().filter(|field| pointer::is_within(&field.path, &path)).cloned().collect(),
    };
    let ruled = rules::Effect::ALL.iter().any(|effect| rules::is_ruled(draft, &path, *effect));
    let is_matrix = item.get("control").is_some_and(|word| word == FieldKind::Matrix.control());
    let matrix = (is_matrix && field.is_none()).then_some(FieldKind::Matrix);
    let kind = field.as_ref().map(|field| field.kind).or(matrix);
    let rows = members.first().is_some_and(|member| pointer::is_within(&member.path, &format!("{path}/*")));
    let options = kind
        .filter(|kind| kinds::has_options(*kind))
        .map_or(0, |_| options::read_with(draft, &path, item.get("options")).len());
    let required = schema::is_required(draft, &path);
    Item { required, field, text, members, kind, rows, options, ruled, path }
}

/// The fields as form-engine builds them. Rules and publishing settings say nothing about them, and may be
/// wrong while they are worked on.
fn fields(draft: &Value, members: &[&str]) -> Option<Vec<Arc<Field>>> {
    let mut form = json!({ "format": 1, "kind": "form", "key": "form" });
    for name in members {
        form[*name] = draft.get(*name).cloned().unwrap_or(json!({}));
    }
    // A formula needs a rule that computes it, whichever.
    let items = pages(&form).flatten();
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
