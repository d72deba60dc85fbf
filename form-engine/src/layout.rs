//! Where each field finally stands: pages, with a control for every leaf.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use serde_json::Value;

use crate::definition::{FormDefinition, LayoutItem, Mode};
use crate::field::{self, Field, FieldKind};
use crate::schema::leaves::{Leaf, Leaves};
use crate::schema::refs::Refs;
use crate::{Problem, Text, pointer};

/// One page of a form.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// What jumps call it.
    pub key: Option<String>,
    /// Its heading, if any.
    pub title: Option<Text>,
    /// What is asked, in order. Hidden kinds are not among them.
    pub items: Vec<Arc<Field>>,
    /// Words of the author in Markdown, and the place in `items` each stands before.
    pub texts: Vec<(usize, Text)>,
}

/// The fields of every leaf, in schema order.
pub(crate) fn fields(definition: &FormDefinition, refs: &Refs, leaves: &Leaves<'_>) -> Vec<Arc<Field>> {
    let items: Vec<&LayoutItem> =
        definition.layout.iter().flat_map(|layout| layout.items()).map(|(_, item)| item).collect();
    // The first item of a field is the one that counts.
    let by_field: HashMap<&str, &LayoutItem> =
        items.iter().rev().map(|item| (item.field.as_str(), *item)).collect();
    let matrices: Vec<&LayoutItem> = items.into_iter().filter(|item| is_matrix(item)).collect();
    let build = |leaf: &Leaf<'_>| {
        let item = by_field.get(leaf.path.as_str()).copied();
        let mut field = field::build(leaf, &list_items(&definition.schema, refs, leaf), item);
        let holds = |item: &&&LayoutItem| pointer::is_within(&leaf.path, &item.field);
        if let Some(matrix) = matrices.iter().find(holds).filter(|matrix| matrix.field != leaf.path) {
            field::row_of_matrix(&mut field, matrix);
        }
        Arc::new(field)
    };
    leaves.leaves.iter().map(build).collect()
}

/// A matrix is a group of questions; every other control asks one place, whatever the schema takes there.
fn is_matrix(item: &LayoutItem) -> bool {
    item.control == Some(FieldKind::Matrix)
}

/// Places that the author asks as one question, though the schema could be asked in parts.
pub(crate) fn asked_whole(definition: &FormDefinition) -> Vec<&str> {
    let items = definition.layout.iter().flat_map(|layout| layout.items()).map(|(_, item)| item);
    let whole = items.filter(|item| item.control.is_some() && !is_matrix(item));
    whole.map(|item| item.field.as_str()).collect()
}

/// What a leaf that is a list says about its items, references followed.
fn list_items<'s>(root: &'s Value, refs: &Refs, leaf: &Leaf<'s>) -> Vec<(&'s Value, bool)> {
    let mut items = Vec::new();
    for (view, sure) in &leaf.views {
        let Some(mut item) = view.get("items").filter(|items| items.is_object()) else { continue };
        // A loop of references was refused or ends here.
        for _ in 0..8 {
            items.push((item, *sure));
            let target =
                item.get("$ref").and_then(Value::as_str).and_then(|reference| refs.get(root, reference));
            let Some(target) = target else { break };
            item = target;
        }
    }
    items
}

/// The pages, and what is wrong with the author's.
pub(crate) fn pages(
    definition: &FormDefinition,
    fields: &[Arc<Field>],
    problems: &mut Vec<Problem>,
) -> Vec<Page> {
    let Some(layout) = &definition.layout else {
        return vec![Page { key: None, title: None, items: shown(fields.iter()), texts: Vec::new() }];
    };
    let mut taken: HashSet<&str> = HashSet::new();
    let mut pages = Vec::new();
    for (page_index, page) in layout.pages.iter().enumerate() {
        let (mut items, mut texts) = (Vec::new(), Vec::new());
        let words_before = |at: usize| page.texts.iter().filter(move |(before, _)| *before == at);
        for (index, item) in page.items.iter().enumerate() {
            texts.extend(words_before(index).map(|(_, words)| (items.len(), words.clone())));
            let path = format!("/layout/pages/{page_index}/items/{}", page.written_at(index));
            let found: Vec<&Arc<Field>> =
                fields.iter().filter(|field| pointer::is_within(&field.path, &item.field)).collect();
            check(item, &found, &taken, &path, problems);
            check_inner(item, fields, &path, problems);
            taken.extend(found.iter().map(|field| field.path.as_str()));
            items.extend(shown(found.into_iter()));
        }
        texts.extend(words_before(page.items.len()).map(|(_, words)| (items.len(), words.clone())));
        pages.push(Page { key: page.key.clone(), title: page.title.clone(), items, texts });
    }
    let left = fields.iter().filter(|field| !taken.contains(field.path.as_str()));
    match layout.mode {
        Mode::Auto => {
            let rest = shown(left);
            match pages.last_mut() {
                Some(last) => last.items.extend(rest),
                None => pages.push(Page { key: None, title: None, items: rest, texts: Vec::new() }),
            }
        }
        Mode::Fixed => {
            problems.extend(left.filter(|field| field.required && field.default.is_none()).map(|field| {
                let message = format!("no page asks for `{}`, which is required", field.path);
                Problem::new("form.required_unasked", "/layout/pages", message)
            }))
        }
    }
    pages
}

fn shown<'f>(fields: impl Iterator<Item = &'f Arc<Field>>) -> Vec<Arc<Field>> {
    fields.filter(|field| field.kind.is_shown() && field.can_be_asked()).map(Arc::clone).collect()
}

fn check(
    item: &LayoutItem,
    found: &[&Arc<Field>],
    taken: &HashSet<&str>,
    path: &str,
    problems: &mut Vec<Problem>,
) {
    if found.is_empty() {
        let message = format!("the schema has no field `{}`", item.field);
        problems.push(Problem::new("form.field_missing", pointer::join(path, "field"), message));
    }
    if found.iter().any(|field| taken.contains(field.path.as_str())) {
        let message = format!("`{}` is asked twice", item.field);
        problems.push(Problem::new("form.field_twice", pointer::join(path, "field"), message));
    }
    check_control(item, found, path, problems);
}

/// What is said about fields inside a group, a matrix or a list fits them.
fn check_inner(item: &LayoutItem, fields: &[Arc<Field>], path: &str, problems: &mut Vec<Problem>) {
    for (index, inner) in item.items.iter().enumerate() {
        let found: Vec<&Arc<Field>> =
            fields.iter().filter(|field| pointer::is_within(&field.path, &inner.field)).collect();
        let path = format!("{path}/items/{index}");
        check(inner, &found, &HashSet::new(), &path, problems);
        check_inner(inner, fields, &path, problems);
    }
}

fn check_control(item: &LayoutItem, found: &[&Arc<Field>], path: &str, problems: &mut Vec<Problem>) {
    let Some(control) = item.control else { return };
    match found {
        rows if is_matrix(item) => {
            for (row, expected) in rows.iter().filter_map(|row| Some((row, row.misfit()?))) {
                let message = format!("control `matrix` needs {expected}, which `{}` has not", row.path);
                problems.push(Problem::new("form.control_misfit", pointer::join(path, "control"), message));
            }
        }
        [field] if field.path == item.field => {
            if let Some(expected) = field.misfit() {
                let message = format!("control `{}` needs {expected} at `{}`", control.control(), item.field);
                problems.push(Problem::new("form.control_misfit", pointer::join(path, "control"), message));
            }
        }
        [] => {}
        _ => {
            let message = format!("`{}` is a group, which has no control of its own", item.field);
            problems.push(Problem::new("form.control_misfit", pointer::join(path, "control"), message));
        }
    }
}
