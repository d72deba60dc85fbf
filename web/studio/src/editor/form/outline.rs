//! What the canvas draws: pages of questions, each as form-engine understands it.

use std::{collections::HashMap, sync::Arc};

use form_engine::{Field, FieldKind, pointer};
use serde_json::Value;

use super::{
    fields::{self, Source},
    kinds, layout, options, rules, schema,
};
use crate::editor::order::Place;

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
    let before_fields = before.source.as_ref().map(|source| (source, before.fields.as_slice()));
    let (fields, source) = fields::read(&settled, before_fields);
    let known: HashMap<&str, &Arc<Field>> = fields.iter().map(|field| (field.path.as_str(), field)).collect();
    let old = before.pages.iter().flatten().map(|item| (item.path.as_str(), item));
    let old: HashMap<&str, &Arc<Item>> = old.collect();
    let pages = layout::items_by_page(&settled).enumerate().map(|(page, items)| {
        let items = items.iter().enumerate().map(|(index, item)| {
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
        None => layout::field_of(item).unwrap_or_default().to_owned(),
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
