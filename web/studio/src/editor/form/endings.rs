//! What is told at the end: thank-yous with a condition, results of a quiz.

use serde_json::{Map, Value, json};

use super::{logic, member};

/// What is changed about an ending.
#[derive(Debug, Clone, PartialEq)]
pub enum Ending {
    /// For whom a thank-you is.
    Thanks { when: Option<Value> },
    /// Where its link leads.
    Link { url: String },
    /// For which sums a result is told.
    Range { from: Option<f64>, to: Option<f64> },
}

impl Ending {
    const fn list(&self) -> &'static str {
        match self {
            Self::Thanks { .. } | Self::Link { .. } => "thanks",
            Self::Range { .. } => "results",
        }
    }
}

/// Where a kind of ending stands.
pub(super) fn place(list: &str) -> &'static str {
    if list == "thanks" { "/publish/thanks" } else { "/quiz/results" }
}

/// The places of the thank-yous that have a condition, in the order in which they are tried.
#[must_use]
pub fn ruled(draft: &Value) -> Vec<usize> {
    let variants = draft.pointer("/publish/thanks").and_then(Value::as_array);
    let all = variants.into_iter().flatten().enumerate();
    all.filter(|(_, variant)| variant.get("when").is_some()).map(|(index, _)| index).collect()
}

/// How many results a quiz tells.
#[must_use]
pub fn results(draft: &Value) -> usize {
    draft.pointer("/quiz/results").and_then(Value::as_array).map_or(0, Vec::len)
}

/// The most points there can be from options; scales count by their factor times their highest point.
#[must_use]
pub fn most_points(draft: &Value) -> f64 {
    let scored = draft.pointer("/quiz/points").and_then(Value::as_object);
    let of = |(path, points): (&String, &Value)| match points.as_object() {
        Some(options) => {
            let worth = options.values().filter_map(Value::as_f64).filter(|worth| *worth > 0.0);
            let several = super::schema::property(draft, path)
                .and_then(|property| property.get("type"))
                .is_some_and(|kind| kind == "array");
            if several { worth.sum() } else { worth.fold(0.0, f64::max) }
        }
        None => {
            let most =
                super::schema::property(draft, path).and_then(|property| property.get("maximum")?.as_f64());
            points.as_f64().unwrap_or_default() * most.unwrap_or(1.0)
        }
    };
    scored.into_iter().flatten().map(of).sum()
}

fn list_mut<'v>(draft: &'v mut Value, list: &str) -> &'v mut Vec<Value> {
    let (parent, name) = if list == "thanks" { ("publish", "thanks") } else { ("quiz", "results") };
    let parent = member(draft, parent, json!({}));
    let before = parent.get(name).filter(|told| !told.is_array() && !told.is_null()).cloned();
    let list = member(parent, name, json!([])).as_array_mut().expect("made a list above");
    if let Some(text) = before {
        list.push(json!({ "text": text }));
    }
    list
}

/// Adds an ending before the one for everybody.
pub(super) fn add(draft: &mut Value, ending: &Ending) -> bool {
    if ending.list() == "results" && !logic::is_quiz(draft) {
        return false;
    }
    let list = list_mut(draft, ending.list());
    let everybody = list.iter().position(|one| ending.list() == "thanks" && one.get("when").is_none());
    let at = everybody.unwrap_or(list.len());
    list.insert(at, json!({}));
    set(draft, ending, at)
}

/// Changes one.
pub(super) fn set(draft: &mut Value, ending: &Ending, index: usize) -> bool {
    let Some(one) = list_mut(draft, ending.list()).get_mut(index).and_then(Value::as_object_mut) else {
        return false;
    };
    match ending {
        Ending::Thanks { when } => {
            // A thank-you for everybody stands elsewhere; without its condition this one is asked nothing yet.
            let when = when.clone().unwrap_or_else(|| json!({ "all": [] }));
            put(one, "when", Some(when));
        }
        Ending::Link { url } if url.is_empty() => drop(one.shift_remove("link")),
        Ending::Link { url } => {
            let link = one.entry("link").or_insert_with(|| json!({ "label": url }));
            link["url"] = url.as_str().into();
        }
        Ending::Range { from, to } => {
            for (name, bound) in [("from", from), ("to", to)] {
                put(one, name, bound.and_then(number));
            }
        }
    }
    true
}

/// Whole numbers are written as such.
fn number(bound: f64) -> Option<Value> {
    form_engine::number::from_f64(bound).map(Value::Number)
}

/// First members stay first.
fn put(members: &mut Map<String, Value>, name: &str, value: Option<Value>) {
    match value {
        None => drop(members.shift_remove(name)),
        Some(value) if members.contains_key(name) => drop(members.insert(name.to_owned(), value)),
        Some(value) => drop(members.shift_insert(
            usize::from(name == "to" && members.contains_key("from")),
            name.to_owned(),
            value,
        )),
    }
}

/// Takes one away.
pub(super) fn remove(draft: &mut Value, list: &str, index: usize) -> bool {
    let all = list_mut(draft, list);
    let there = index < all.len();
    if there {
        all.remove(index);
    }
    if all.is_empty() {
        let (parent, name) = if list == "thanks" { ("publish", "thanks") } else { ("quiz", "results") };
        if let Some(parent) = draft.get_mut(parent).and_then(Value::as_object_mut) {
            parent.shift_remove(name);
        }
    }
    there
}

/// Tries one before the one that stood before it.
pub(super) fn sooner(draft: &mut Value, list: &str, index: usize) -> bool {
    let all = list_mut(draft, list);
    let fits = index > 0 && index < all.len();
    if fits {
        all.swap(index - 1, index);
    }
    fits
}

/// The field that holds the sum of points.
pub(super) fn set_total(draft: &mut Value, field: Option<&str>) -> bool {
    let Some(quiz) = draft.get_mut("quiz").and_then(Value::as_object_mut) else { return false };
    match field {
        Some(field) => drop(quiz.insert("total".to_owned(), field.into())),
        None => drop(quiz.shift_remove("total")),
    }
    true
}
