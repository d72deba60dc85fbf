//! What the canvas draws: pages of questions, each as form-engine understands it.

use std::{collections::HashMap, sync::Arc};

use form_engine::{Field, FieldKind, FormDefinition, compile, pointer};
use serde_json::{Value, json};

use super::{kinds, layout, options, rules, schema};
use crate::editor::order::Place;

/// A form as it is drawn.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Outline {
    /// In order; never empty.
    pub pages: Vec<Vec<Item>>,
    /// Every field that can be named in a condition.
    pub fields: Vec<Arc<Field>>,
}

/// One item of a page.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// Its field's pointer, or a group's.
    pub path: String,
    /// Where it stands.
    pub place: Place,
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
    pub fn item(&self, path: &str) -> Option<&Item> {
        self.pages.iter().flatten().find(|item| item.path == path)
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
    let mut settled = draft.clone();
    layout::settle(&mut settled);
    let fields = fields(&settled);
    let known: HashMap<&str, &Arc<Field>> = fields.iter().map(|field| (field.path.as_str(), field)).collect();
    let pages = settled.pointer("/layout/pages").and_then(Value::as_array);
    let pages = pages.into_iter().flatten().enumerate().map(|(page, each)| {
        let items = each.get("items").and_then(Value::as_array).into_iter().flatten().enumerate();
        items.map(|(index, item)| one(&settled, &fields, &known, item, Place { page, index })).collect()
    });
    let pages = pages.collect();
    Outline { pages, fields }
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
        None => item.get("field").and_then(Value::as_str).unwrap_or_default().to_owned(),
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
    Item { required, field, text, members, kind, rows, options, ruled, place, path }
}

/// The fields as form-engine builds them. Rules and publishing settings say nothing about them, and may be
/// wrong while they are worked on; so may the layout, if it was written by hand.
fn fields(draft: &Value) -> Vec<Arc<Field>> {
    let read = |members: &[&str]| {
        let mut form = json!({ "format": 1, "kind": "form", "key": "form" });
        for name in members {
            form[*name] = draft.get(*name).cloned().unwrap_or(json!({}));
        }
        // A formula needs a rule that computes it, whichever.
        let items = form.pointer("/layout/pages").and_then(Value::as_array).into_iter().flatten();
        let items = items.filter_map(|page| page.get("items")?.as_array()).flatten();
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
    };
    read(&["schema", "layout"]).or_else(|| read(&["schema"])).unwrap_or_default()
}
