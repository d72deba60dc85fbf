//! Pages and their items.

use std::{borrow::Cow, collections::HashSet};

use form_engine::pointer;
use serde_json::{Map, Value, json};

use super::member;
use crate::editor::order::{self, Place};

/// The draft as [`settle`] leaves it; most are settled already.
pub fn settled(draft: &Value) -> Cow<'_, Value> {
    let has_pages = !pages(draft).is_empty() && pages(draft).iter().all(|page| items_of(page).is_some());
    if has_pages && (is_fixed(draft) || unasked(draft).is_empty()) {
        return Cow::Borrowed(draft);
    }
    let mut draft = draft.clone();
    settle(&mut draft);
    Cow::Owned(draft)
}

/// Gives every question an item, where the form itself would put it, so that places can be named.
pub fn settle(draft: &mut Value) {
    let (left, fixed) = (unasked(draft), is_fixed(draft));
    let layout = member(draft, "layout", json!({}));
    let pages = member(layout, "pages", json!([])).as_array_mut().expect("made a list above");
    if pages.is_empty() {
        pages.push(json!({ "items": [] }));
    }
    for page in pages.iter_mut() {
        member(page, "items", json!([]));
    }
    if fixed {
        return;
    }
    let last = pages.last_mut().expect("there is a page");
    let last = last["items"].as_array_mut().expect("made a list above");
    last.extend(left.into_iter().map(|path| json!({ "field": path })));
}

/// The questions that no item names, nor any part of them.
fn unasked(draft: &Value) -> Vec<String> {
    // What is named in part is asked.
    let named = items_by_page(draft).flatten().filter_map(field_of).filter(|field| field.starts_with('/'));
    let asked: HashSet<&str> = named.map(question_of).collect();
    let properties = draft.pointer("/schema/properties").and_then(Value::as_object);
    let keys = properties.into_iter().flat_map(Map::keys);
    keys.map(|key| pointer::join("", key)).filter(|path| !asked.contains(question_of(path))).collect()
}

fn is_fixed(draft: &Value) -> bool {
    draft.pointer("/layout/mode").is_some_and(|mode| mode == "fixed")
}

fn items_of(page: &Value) -> Option<&[Value]> {
    page.get("items").and_then(Value::as_array).map(Vec::as_slice)
}

fn items(page: &Value) -> &[Value] {
    items_of(page).unwrap_or_default()
}

/// The question a field belongs to: the first token of its pointer, as it is written there.
pub fn question_of(field: &str) -> &str {
    let path = field.strip_prefix('/').unwrap_or(field);
    path.split_once('/').map_or(path, |(first, _)| first)
}

/// The field an item is of; none when it holds words.
pub fn field_of(item: &Value) -> Option<&str> {
    item.get("field").and_then(Value::as_str)
}

/// The items of each page.
pub fn items_by_page(draft: &Value) -> impl Iterator<Item = &[Value]> {
    pages(draft).iter().map(items)
}

fn pages(draft: &Value) -> &[Value] {
    draft.pointer("/layout/pages").and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn pages_mut(draft: &mut Value) -> Option<&mut Vec<Value>> {
    draft.pointer_mut("/layout/pages")?.as_array_mut()
}

pub(super) fn items_mut(draft: &mut Value, page: usize) -> Option<&mut Vec<Value>> {
    pages_mut(draft)?.get_mut(page)?.get_mut("items")?.as_array_mut()
}

/// How many items each page has.
pub fn lengths(draft: &Value) -> Vec<usize> {
    pages(draft).iter().map(|page| items(page).len()).collect()
}

/// The item of a field and its place; the item of the group it stands in does not count.
pub fn find<'v>(draft: &'v Value, field: &str) -> Option<(Place, &'v Value)> {
    pages(draft).iter().enumerate().find_map(|(page, each)| {
        let index = items(each).iter().position(|item| field_of(item) == Some(field))?;
        Some((Place { page, index }, &items(each)[index]))
    })
}

/// The item of a field, also of one inside a group or list.
pub fn item<'v>(draft: &'v Value, field: &str) -> Option<&'v Value> {
    fn inside<'v>(items: &'v [Value], field: &str) -> Option<&'v Value> {
        let item =
            items.iter().find(|item| field_of(item).is_some_and(|own| pointer::is_within(field, own)))?;
        if field_of(item) == Some(field) { Some(item) } else { inside(self::items(item), field) }
    }
    pages(draft).iter().find_map(|page| inside(items(page), field))
}

/// The same, to be changed; a field inside a group or list gets one inside its item.
pub fn item_mut<'v>(draft: &'v mut Value, field: &str) -> Option<&'v mut Map<String, Value>> {
    settle(draft);
    if let Some((place, _)) = find(draft, field) {
        return items_mut(draft, place.page)?.get_mut(place.index)?.as_object_mut();
    }
    super::schema::property(draft, field)?;
    let (page, index) = pages(draft).iter().enumerate().find_map(|(page, each)| {
        let holds = |item: &Value| field_of(item).is_some_and(|own| pointer::is_within(field, own));
        Some((page, items(each).iter().position(holds)?))
    })?;
    let holder = items_mut(draft, page)?.get_mut(index)?;
    let inner = member(holder, "items", json!([])).as_array_mut().expect("made a list above");
    let at = inner.iter().position(|item| field_of(item) == Some(field)).unwrap_or_else(|| {
        inner.push(json!({ "field": field }));
        inner.len() - 1
    });
    inner[at].as_object_mut()
}

/// Puts an item at a place; beyond the end means the end.
pub fn insert(draft: &mut Value, at: Place, item: Value) {
    let last = lengths(draft).len().saturating_sub(1);
    if let Some(items) = items_mut(draft, at.page.min(last)) {
        items.insert(at.index.min(items.len()), item);
    }
}

/// Takes a field's items away, and those of what is inside it.
pub fn remove(draft: &mut Value, field: &str) {
    for page in 0..lengths(draft).len() {
        if let Some(items) = items_mut(draft, page) {
            let gone = |item: &Value| field_of(item).is_some_and(|named| pointer::is_within(named, field));
            items.retain(|item| !gone(item));
            for item in items.iter_mut().filter_map(Value::as_object_mut) {
                if let Some(inner) = item.get_mut("items").and_then(Value::as_array_mut) {
                    inner.retain(|item| !gone(item));
                    if inner.is_empty() {
                        item.shift_remove("items");
                    }
                }
            }
        }
    }
}

/// The copy of an item speaks of its own fields.
pub fn readdress(item: &mut Value, old: &str, new: &str) {
    for inner in item.get_mut("items").and_then(Value::as_array_mut).into_iter().flatten() {
        if let Some(rest) = field_of(inner).and_then(|field| field.strip_prefix(old)) {
            inner["field"] = format!("{new}{rest}").into();
        }
    }
}

/// Moves a question to its final place.
pub fn shift(draft: &mut Value, field: &str, to: Place) -> bool {
    settle(draft);
    let Some((from, _)) = find(draft, field) else { return false };
    if from.page == to.page {
        let Some(items) = items_mut(draft, from.page) else { return false };
        order::shift(items, from.index, to.index);
        return true;
    }
    if to.page >= lengths(draft).len() {
        return false;
    }
    let Some(item) = items_mut(draft, from.page).map(|items| items.remove(from.index)) else { return false };
    insert(draft, to, item);
    true
}

/// Adds an empty page behind `after`.
pub fn add_page(draft: &mut Value, after: usize) -> bool {
    settle(draft);
    pages_mut(draft).is_some_and(|pages| {
        pages.insert((after + 1).min(pages.len()), json!({ "items": [] }));
        true
    })
}

/// Takes a page away; its questions go to the end of the page before, or to the start of the next.
pub fn remove_page(draft: &mut Value, page: usize) -> bool {
    settle(draft);
    let Some(pages) = pages_mut(draft).filter(|pages| pages.len() > 1 && page < pages.len()) else {
        return false;
    };
    let gone = pages.remove(page);
    let moved = items(&gone).to_vec();
    let (target, at_end) = if page > 0 { (page - 1, true) } else { (0, false) };
    let Some(items) = items_mut(draft, target) else { return false };
    let at = if at_end { items.len() } else { 0 };
    items.splice(at..at, moved);
    true
}

/// Whether what no page names is shown.
pub fn set_fixed(draft: &mut Value, fixed: bool) -> bool {
    settle(draft);
    draft["layout"]["mode"] = if fixed { "fixed" } else { "auto" }.into();
    true
}
