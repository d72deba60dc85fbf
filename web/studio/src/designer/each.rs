//! A list whose rows keep their elements: what moves is moved alone, what changes is told alone.
//!
//! The framework's own keyed list moves every row between the old and the new place, and each of its rows would
//! have to follow the whole list to know of a change.

use std::sync::Arc;

use leptos::{
    html,
    prelude::*,
    tachys::view::{Mountable, Render, any_view::AnyViewState},
};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::editor::order;

/// What a row is drawn from.
pub struct Row<T: Send + Sync + 'static> {
    /// Its name.
    pub key: String,
    /// What it shows.
    pub item: RwSignal<Arc<T>>,
    /// Where it stands in the list.
    pub index: RwSignal<usize>,
}

impl<T: Send + Sync + 'static> Clone for Row<T> {
    fn clone(&self) -> Self {
        Self { key: self.key.clone(), ..*self }
    }
}

struct Held<T: Send + Sync + 'static> {
    row: Row<T>,
    owner: Owner,
    state: AnyViewState,
}

/// Draws a row for each of `items` into `list`, which holds nothing else.
pub fn draw_each<T: PartialEq + Send + Sync + 'static>(
    list: NodeRef<html::Ol>,
    items: Memo<Vec<Arc<T>>>,
    key: fn(&T) -> &str,
    draw: impl Fn(Row<T>) -> AnyView + Send + Sync + 'static,
) {
    let Some(above) = Owner::current() else { return };
    let held = StoredValue::new_local(Vec::<Held<T>>::new());
    Effect::new(move || {
        let Some(list) = list.get() else { return };
        let items = items.get();
        untrack(|| {
            let old = held.try_update_value(std::mem::take).unwrap_or_default();
            let make = |index: usize, item: &Arc<T>| {
                let owner = above.child();
                owner.with(|| {
                    let row = Row {
                        key: key(item).to_owned(),
                        item: RwSignal::new(Arc::clone(item)),
                        index: RwSignal::new(index),
                    };
                    let state = draw(row.clone()).build();
                    Held { row, owner: owner.clone(), state }
                })
            };
            held.set_value(arrange(&list, old, &items, key, make));
        });
    });
}

/// The rows in their new order: those that stay are not touched.
fn arrange<T: PartialEq + Send + Sync>(
    list: &HtmlElement,
    old: Vec<Held<T>>,
    items: &[Arc<T>],
    key: fn(&T) -> &str,
    make: impl Fn(usize, &Arc<T>) -> Held<T>,
) -> Vec<Held<T>> {
    let mut old: Vec<Option<Held<T>>> = old.into_iter().map(Some).collect();
    let places: std::collections::HashMap<String, usize> = old
        .iter()
        .enumerate()
        .filter_map(|(index, held)| Some((held.as_ref()?.row.key.clone(), index)))
        .collect();
    let was: Vec<Option<usize>> = items.iter().map(|item| places.get(key(item)).copied()).collect();
    let mut rows: Vec<Held<T>> = Vec::with_capacity(items.len());
    for (index, (item, was)) in items.iter().zip(&was).enumerate() {
        match was.and_then(|was| old[was].take()) {
            Some(held) => {
                if held.row.item.with(|shown| !Arc::ptr_eq(shown, item) && shown != item) {
                    held.row.item.set(Arc::clone(item));
                }
                if held.row.index.get() != index {
                    held.row.index.set(index);
                }
                rows.push(held);
            }
            None => rows.push(make(index, item)),
        }
    }
    for mut gone in old.into_iter().flatten() {
        gone.state.unmount();
        gone.owner.cleanup();
    }
    let focused = document().active_element().filter(|focused| list.contains(Some(focused)));
    let holds = |held: &Held<T>| {
        focused.as_ref().is_some_and(|focused| {
            held.state.elements().iter().any(|element| element.contains(Some(focused)))
        })
    };
    let stays = order::staying(&was, rows.iter().position(holds));
    for index in (0..rows.len()).rev() {
        if stays[index] {
            continue;
        }
        let (before, behind) = rows.split_at_mut(index + 1);
        let state = &mut before[index].state;
        match behind.first() {
            Some(next) => drop(next.state.insert_before_this(state)),
            None => state.mount(list, None),
        }
    }
    // Taken out and put back, it has lost the focus.
    if let Some(focused) = focused.filter(|focused| document().active_element().as_ref() != Some(focused)) {
        let _ = focused.unchecked_into::<HtmlElement>().focus();
    }
    rows
}
