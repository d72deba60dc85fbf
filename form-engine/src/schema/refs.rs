//! Where the references of one schema lead, found once.
//!
//! Follows ids, anchors and pointers inside the document (JSON Schema core §8.2, RFC 3986 §5).
//! What leads outside is noted: nothing is ever fetched.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::draft::{Draft, subschemas};
use crate::pointer;

/// The references of a schema. Kept beside it; its strings identify them by address.
#[derive(Debug, Default)]
pub(crate) struct Refs {
    targets: HashMap<usize, String>,
    /// Pointer of each reference that leads nowhere in the document, and the reference.
    pub(crate) outside: Vec<(String, String)>,
    /// Pointers of the definitions that nothing uses, where one of them leads outside.
    pub(crate) dropped: Vec<String>,
    /// Where references led while some places were not looked at yet, and the resource each stands in.
    led_to: Vec<(String, Base)>,
    /// The definitions passed by, looked at where a reference leads to them.
    folders: Vec<String>,
}

impl Refs {
    /// Finds every reference of `root`.
    pub(crate) fn new(root: &Value) -> Self {
        let old_ids = Draft::detect(root) == Ok(Draft::Draft04);
        let mut names =
            Names { old_ids, places: HashMap::new(), resources: HashMap::new(), anchors: HashMap::new() };
        names.collect(root, "", &Base::default());
        let mut refs = Self::default();
        let mut seen = HashSet::new();
        refs.follow_all(root, "", &Base::default(), &names, &mut seen);
        let unused: Vec<String> =
            std::mem::take(&mut refs.folders).into_iter().filter(|at| !seen.contains(at)).collect();
        let mut below = Self::default();
        unused.iter().for_each(|at| below.follow_all(root, at, &Base::default(), &names, &mut seen));
        if below.outside.is_empty() {
            refs.targets.extend(below.targets);
        } else {
            refs.dropped = unused;
        }
        refs
    }

    /// Follows what stands at `at`, and whatever references lead to from there.
    fn follow_all(&mut self, root: &Value, at: &str, base: &Base, names: &Names, seen: &mut HashSet<String>) {
        self.led_to.push((at.to_owned(), base.clone()));
        // Definitions may stand under any name, where only references lead: `#/components/schemas/…`.
        while let Some((at, base)) = self.led_to.pop() {
            if let Some(schema) = pointer::get(root, &at).filter(|_| !seen.contains(&at)) {
                // Where the definition stands, not where it is used, says what its own references are relative to.
                let base = names.places.get(&at).unwrap_or(&base);
                self.follow(root, schema, &at, base, names, seen);
            }
        }
    }

    /// How many references lead somewhere in the document.
    #[cfg(feature = "schema")]
    pub(crate) fn count(&self) -> usize {
        self.targets.len()
    }

    /// What `reference`, a text of `root` itself, leads to.
    pub(crate) fn get<'s>(&self, root: &'s Value, reference: &str) -> Option<&'s Value> {
        pointer::get(root, self.targets.get(&(reference.as_ptr() as usize))?)
    }

    fn follow(
        &mut self,
        root: &Value,
        schema: &Value,
        at: &str,
        base: &Base,
        names: &Names,
        seen: &mut HashSet<String>,
    ) {
        if !seen.insert(at.to_owned()) {
            return;
        }
        let base = base.within(schema, at, names.old_ids);
        for keyword in ["$ref", "$dynamicRef", "$recursiveRef"] {
            let Some(reference) = schema.get(keyword).and_then(Value::as_str) else { continue };
            match names.target(&base, reference).filter(|target| pointer::get(root, target).is_some()) {
                Some(target) => {
                    if !seen.contains(&target) {
                        self.led_to.push((target.clone(), base.clone()));
                    }
                    self.targets.insert(reference.as_ptr() as usize, target);
                }
                None if is_meta_schema(&join(&base.uri, reference)) => {}
                None => self.outside.push((format!("{at}/{keyword}"), reference.to_owned())),
            }
        }
        for (step, below) in subschemas(schema) {
            let place = format!("{at}{step}");
            if step.starts_with("/definitions/") || step.starts_with("/$defs/") {
                self.folders.push(place);
            } else {
                self.follow(root, below, &place, &base, names, seen);
            }
        }
    }
}

/// The resource a subschema stands in.
#[derive(Debug, Clone, Default)]
struct Base {
    uri: String,
    /// Pointer of the resource's root.
    root: String,
}

impl Base {
    fn within(&self, schema: &Value, at: &str, old_ids: bool) -> Self {
        match own_id(schema, old_ids).filter(|id| !id.starts_with('#')) {
            Some(id) => Self { uri: without_fragment(&join(&self.uri, id)).to_owned(), root: at.to_owned() },
            None => self.clone(),
        }
    }
}

struct Names {
    old_ids: bool,
    /// The resource around each subschema, by pointer.
    places: HashMap<String, Base>,
    /// Absolute id to pointer.
    resources: HashMap<String, String>,
    /// Absolute id and anchor to pointer.
    anchors: HashMap<(String, String), String>,
}

impl Names {
    fn collect(&mut self, schema: &Value, at: &str, base: &Base) {
        self.places.insert(at.to_owned(), base.clone());
        let base = base.within(schema, at, self.old_ids);
        self.resources.entry(base.uri.clone()).or_insert_with(|| base.root.clone());
        let id_anchor = own_id(schema, self.old_ids).and_then(|id| Some(id.split_once('#')?.1));
        let named = ["$anchor", "$dynamicAnchor"].into_iter().filter_map(|key| schema.get(key)?.as_str());
        for anchor in named.chain(id_anchor).filter(|anchor| !anchor.is_empty()) {
            self.anchors.entry((base.uri.clone(), anchor.to_owned())).or_insert_with(|| at.to_owned());
        }
        for (step, below) in subschemas(schema) {
            self.collect(below, &format!("{at}{step}"), &base);
        }
    }

    fn target(&self, base: &Base, reference: &str) -> Option<String> {
        let absolute = join(&base.uri, reference);
        let (uri, fragment) = absolute.split_once('#').unwrap_or((&absolute, ""));
        let resource = if uri == base.uri { &base.root } else { self.resources.get(uri)? };
        let fragment = percent_decoded(fragment);
        if fragment.is_empty() || fragment.starts_with('/') {
            return Some(format!("{resource}{fragment}"));
        }
        self.anchors.get(&(uri.to_owned(), fragment)).cloned()
    }
}

fn own_id(schema: &Value, old_ids: bool) -> Option<&str> {
    schema.get(if old_ids { "id" } else { "$id" })?.as_str()
}

fn without_fragment(uri: &str) -> &str {
    uri.split('#').next().unwrap_or(uri)
}

/// The validator brings the meta-schemas of the drafts itself.
fn is_meta_schema(uri: &str) -> bool {
    let rest = uri.strip_prefix("http://").or_else(|| uri.strip_prefix("https://"));
    rest.is_some_and(|rest| rest.starts_with("json-schema.org/draft"))
}

/// `reference` resolved against `base` (RFC 3986 §5.2), as far as schemas use it.
fn join(base: &str, reference: &str) -> String {
    let has_scheme = reference.split(['/', '?', '#']).next().is_some_and(|start| start.contains(':'));
    if has_scheme || base.is_empty() {
        return reference.to_owned();
    }
    if reference.is_empty() || reference.starts_with('#') {
        return format!("{base}{reference}");
    }
    let path_start = base.find("://").map_or(0, |at| at + 3);
    let authority_end = base[path_start..].find('/').map_or(base.len(), |at| path_start + at);
    let (authority, path) = base.split_at(authority_end);
    if reference.starts_with('/') {
        return format!("{authority}{reference}");
    }
    let folder = path.rfind('/').map_or("/", |at| &path[..=at]);
    let (name, fragment) = reference.split_at(reference.find('#').unwrap_or(reference.len()));
    let mut segments: Vec<&str> = folder.trim_end_matches('/').split('/').collect();
    for segment in name.split('/') {
        match segment {
            "." => {}
            ".." => {
                segments.pop();
            }
            other => segments.push(other),
        }
    }
    format!("{authority}{}{fragment}", segments.join("/"))
}

/// Fragments may be percent-encoded (RFC 3986); pointers inside them then are too.
fn percent_decoded(fragment: &str) -> String {
    if !fragment.contains('%') {
        return fragment.to_owned();
    }
    let bytes = fragment.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let digits = fragment.get(at + 1..at + 3).filter(|_| bytes[at] == b'%');
        let hex = digits.and_then(|hex| u8::from_str_radix(hex, 16).ok());
        decoded.push(hex.unwrap_or(bytes[at]));
        at += if hex.is_some() { 3 } else { 1 };
    }
    String::from_utf8_lossy(&decoded).into_owned()
}
