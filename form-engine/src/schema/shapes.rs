//! Places that take one of several shapes, and what tells these apart.
//!
//! A page asks all shapes at once; this is what people are told about which questions go together. It never decides
//! what is valid.

use std::collections::BTreeSet;

use serde_json::Value;

use super::leaves::options;
use super::refs::Refs;

/// A reference leads to no more references than this.
const MAX_STEPS: usize = 8;
/// More shapes than this nobody reads.
const MAX_SHAPES: usize = 6;

/// The shapes of one place.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Shapes {
    /// Pattern of the place.
    pub(crate) path: String,
    /// One of them only (`oneOf`, or shapes that take nothing of each other); else at least one (`anyOf`).
    pub(crate) only_one: bool,
    /// What each asks for that not every one does.
    pub(crate) each: Vec<Shape>,
}

/// One shape.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Shape {
    /// A group: names of its members.
    Members(Vec<String>),
    /// A list of what is chosen: its options.
    Options(Vec<String>),
}

/// What the subschemas about the place `path` say of shapes.
pub(crate) fn read(root: &Value, refs: &Refs, views: &[(&Value, bool)], path: &str) -> Option<Shapes> {
    let (keyword, parts) = views.iter().filter(|(_, sure)| *sure).find_map(|(view, _)| {
        let parts = |keyword: &'static str| Some((keyword, view.get(keyword)?.as_array()?));
        parts("oneOf").or_else(|| parts("anyOf"))
    })?;
    if !(2..=MAX_SHAPES).contains(&parts.len()) {
        return None;
    }
    // What needs no answer of a shape is met by a blank: it is then no choice that has to be made.
    let only_one = keyword == "oneOf";
    let parts: Vec<&Value> = parts.iter().map(|part| target(root, refs, part)).collect();
    let each: Vec<Shape> = parts.iter().map(|part| shape(part, only_one)).collect::<Option<_>>()?;
    let each = apart(each)?;
    Some(Shapes { path: path.to_owned(), only_one: only_one || exclude_each_other(&parts, &each), each })
}

/// What the branches of one place are called, where all of them that take something have a title.
#[cfg(feature = "schema")]
pub(crate) fn titles(root: &Value, refs: &Refs, views: &[(&Value, bool)]) -> Option<Vec<String>> {
    let parts = views
        .iter()
        .filter(|(_, sure)| *sure)
        .find_map(|(view, _)| ["oneOf", "anyOf"].iter().find_map(|keyword| view.get(*keyword)?.as_array()))?;
    let some = parts.iter().map(|part| target(root, refs, part));
    let some = some.filter(|part| part.get("type").is_none_or(|kind| kind != "null"));
    let title =
        |part: &Value| part.get("title")?.as_str().filter(|title| !title.is_empty()).map(str::to_owned);
    let titles = some.map(title).collect::<Option<Vec<_>>>()?;
    (2..=MAX_SHAPES).contains(&titles.len()).then_some(titles)
}

fn target<'s>(root: &'s Value, refs: &'s Refs, part: &'s Value) -> &'s Value {
    let mut part = part;
    for _ in 0..MAX_STEPS {
        let target = part.get("$ref").and_then(Value::as_str).and_then(|reference| refs.get(root, reference));
        let Some(target) = target else { break };
        part = target;
    }
    part
}

fn shape(part: &Value, with_members: bool) -> Option<Shape> {
    if let Some(items) = part.get("items") {
        let labelled =
            |(value, label): (Value, Option<String>)| label.or_else(|| value.as_str().map(str::to_owned));
        return options(items)?.into_iter().map(labelled).collect::<Option<_>>().map(Shape::Options);
    }
    let names = |list: &Value| {
        list.as_array().map(|names| names.iter().filter_map(Value::as_str).map(str::to_owned).collect())
    };
    let needed: Option<Vec<String>> =
        part.get("required").and_then(names).filter(|names: &Vec<String>| !names.is_empty());
    let members = || Some(part.get("properties")?.as_object()?.keys().cloned().collect());
    needed.or_else(|| members().filter(|_| with_members)).map(Shape::Members)
}

/// True where no shape takes what another needs, so that no two of them can be filled.
fn exclude_each_other(parts: &[&Value], each: &[Shape]) -> bool {
    let takes = |part: &Value, name: &String| {
        let closed = ["additionalProperties", "unevaluatedProperties"]
            .iter()
            .any(|keyword| part.get(*keyword).is_some_and(|rest| rest == false));
        !closed
            || part.get("patternProperties").is_some()
            || part.get("properties").is_some_and(|own| own.get(name).is_some())
    };
    let excludes = |at: usize, part: &Value| {
        each.iter().enumerate().filter(|(other, _)| *other != at).all(|(_, shape)| match shape {
            Shape::Members(names) => names.iter().any(|name| !takes(part, name)),
            Shape::Options(_) => false,
        })
    };
    parts.iter().enumerate().all(|(at, part)| excludes(at, part))
}

/// Each without what all of them ask for; none where one would have nothing left, or they are not alike.
fn apart(each: Vec<Shape>) -> Option<Vec<Shape>> {
    let names = |shape: &Shape| match shape {
        Shape::Members(names) => names.clone(),
        Shape::Options(_) => Vec::new(),
    };
    let sets: Vec<BTreeSet<String>> = each.iter().map(|shape| names(shape).into_iter().collect()).collect();
    let groups = each.iter().filter(|shape| matches!(shape, Shape::Members(_))).count();
    if groups == 0 {
        return Some(each);
    }
    let common = |name: &String| sets.iter().all(|set| set.contains(name));
    let mut left = Vec::new();
    for shape in &each {
        let own: Vec<String> = names(shape).into_iter().filter(|name| !common(name)).collect();
        if own.is_empty() {
            return None;
        }
        left.push(Shape::Members(own));
    }
    Some(left)
}
