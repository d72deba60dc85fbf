//! What a schema may cost before anything is compiled, and what judging one document may.
//!
//! Each `$ref` target counts once along `properties` and `items`, because the document bounds
//! recursion there. Only in-place applicators multiply: subschemas that judge the same place of
//! the document (`allOf`, `anyOf`, `oneOf`, `not`, `if`, `$ref` …).

use std::collections::HashMap;

use serde_json::Value;

use super::draft::subschemas;
use super::refs::Refs;
use crate::Problem;

/// Longest schema of a form definition, bytes as JSON.
const MAX_SIZE: usize = 256 * 1024;
/// Longest schema that stands alone: whole catalogues are judged by, though nobody publishes them as a form.
const MAX_BARE_SIZE: usize = 4 * 1024 * 1024;
/// Most subschemas that may judge one place.
const MAX_IN_PLACE: u64 = 1 << 14;
/// Longest chain of subschemas and references on an ordinary stack; compiling recurses along it.
pub(crate) const MAX_CHAIN: usize = 200;
/// The same where there is room for it. Standards whose definitions all refer to each other have such chains.
#[cfg(feature = "schema")]
pub(crate) const MAX_CHAIN_WITH_ROOM: usize = 1_000;

/// Notes why a schema cannot be compiled safely.
pub(crate) fn check(schema: &Value, bare: bool, chain: usize, refs: &Refs, problems: &mut Vec<Problem>) {
    let most = if bare { MAX_BARE_SIZE } else { MAX_SIZE };
    if schema.to_string().len() > most {
        let message = format!("a schema holds at most {} KiB", most / 1024);
        problems.push(Problem::new("form.schema_size", "/schema", message));
        return;
    }
    for (path, reference) in &refs.outside {
        let message =
            format!("`{reference}` leads to nothing in this schema; nothing is fetched from elsewhere");
        problems.push(Problem::new("form.schema_reference", format!("/schema{path}"), message));
    }
    if !problems.is_empty() {
        return;
    }
    let mut meter =
        Meter { root: schema, refs, most: chain, in_place: HashMap::new(), chains: HashMap::new() };
    if meter.chain(schema, 0).is_none() {
        let message = format!("references and subschemas chain deeper than {chain}");
        problems.push(Problem::new("form.schema_depth", "/schema", message));
        return;
    }
    let mut worst: Option<(String, u64)> = None;
    visit(schema, "/schema", &mut |path, subschema| {
        let cost = meter.in_place(subschema, 0).unwrap_or(u64::MAX);
        if cost > MAX_IN_PLACE && worst.as_ref().is_none_or(|(_, most)| cost > *most) {
            worst = Some((path.to_owned(), cost));
        }
    });
    if let Some((path, _)) = worst {
        let message = format!(
            "`allOf`, `anyOf`, `oneOf` and `$ref` multiply to more than {MAX_IN_PLACE} checks of one place"
        );
        problems.push(Problem::new("form.schema_cost", path, message));
    }
}

fn visit<'s>(schema: &'s Value, path: &str, see: &mut impl FnMut(&str, &'s Value)) {
    see(path, schema);
    for (at, below) in subschemas(schema) {
        visit(below, &format!("{path}{at}"), see);
    }
}

struct Meter<'s> {
    root: &'s Value,
    refs: &'s Refs,
    /// Longest chain.
    most: usize,
    /// `None` while being counted: a loop in place counts nothing more.
    in_place: HashMap<*const Value, Option<u64>>,
    chains: HashMap<*const Value, Option<usize>>,
}

impl<'s> Meter<'s> {
    /// How many subschemas judge the place that `schema` judges; `None` when the chain is too long to tell.
    fn in_place(&mut self, schema: &'s Value, depth: usize) -> Option<u64> {
        let key = std::ptr::from_ref(schema);
        if let Some(known) = self.in_place.get(&key) {
            return Some(known.unwrap_or(0));
        }
        if depth > MAX_CHAIN {
            return None;
        }
        self.in_place.insert(key, None);
        let mut cost = 1_u64;
        for part in in_place_parts(self.root, self.refs, schema) {
            cost = cost.saturating_add(self.in_place(part, depth + 1)?);
        }
        self.in_place.insert(key, Some(cost));
        Some(cost)
    }

    /// The longest chain below `schema`, references followed once.
    fn chain(&mut self, schema: &'s Value, depth: usize) -> Option<usize> {
        let key = std::ptr::from_ref(schema);
        if let Some(known) = self.chains.get(&key) {
            let known = known.unwrap_or(0);
            return (known + depth <= self.most).then_some(known);
        }
        if depth > self.most {
            return None;
        }
        self.chains.insert(key, None);
        let mut longest = 0;
        let below = subschemas(schema).into_iter().map(|(_, below)| below);
        for part in below.chain(referred(self.root, self.refs, schema)) {
            longest = longest.max(self.chain(part, depth + 1)? + 1);
        }
        self.chains.insert(key, Some(longest));
        Some(longest)
    }
}

fn referred<'s>(root: &'s Value, refs: &'s Refs, schema: &'s Value) -> impl Iterator<Item = &'s Value> {
    let references =
        ["$ref", "$dynamicRef", "$recursiveRef"].into_iter().filter_map(|key| schema.get(key)?.as_str());
    references.filter_map(|reference| refs.get(root, reference))
}

/// The subschemas that judge the same place as `schema`.
fn in_place_parts<'s>(root: &'s Value, refs: &'s Refs, schema: &'s Value) -> Vec<&'s Value> {
    let mut parts: Vec<&Value> = referred(root, refs, schema).collect();
    for keyword in ["allOf", "anyOf", "oneOf"] {
        parts.extend(schema.get(keyword).and_then(Value::as_array).into_iter().flatten());
    }
    for keyword in ["not", "if", "then", "else"] {
        parts.extend(schema.get(keyword));
    }
    for keyword in ["dependentSchemas", "dependencies"] {
        let named =
            schema.get(keyword).and_then(Value::as_object).into_iter().flat_map(|named| named.values());
        parts.extend(named.filter(|part| part.is_object()));
    }
    parts
}

/// True when no place is judged by more than one subschema: then the work is that of reading the document.
#[cfg(feature = "schema")]
pub(crate) fn is_plain(schema: &Value) -> bool {
    let in_place = [
        "$ref",
        "$dynamicRef",
        "$recursiveRef",
        "allOf",
        "anyOf",
        "oneOf",
        "not",
        "if",
        "dependentSchemas",
        "dependencies",
    ];
    let own = in_place.iter().all(|keyword| schema.get(keyword).is_none());
    own && subschemas(schema).into_iter().all(|(_, below)| is_plain(below))
}

/// How many times subschemas judge places of `document`, each pair counted as often as it would be visited at worst.
///
/// Exact for what multiplies: shared subschemas are measured once per place and added as often as
/// they are reached. Gives up, answering `limit`, once it is exceeded.
#[cfg(feature = "schema")]
pub(crate) fn work(schema: &Value, refs: &Refs, document: &Value, limit: u64) -> u64 {
    let mut meter = Worker { root: schema, refs, known: HashMap::new(), limit };
    meter.work(schema, document, 0).min(limit)
}

#[cfg(feature = "schema")]
struct Worker<'s> {
    root: &'s Value,
    refs: &'s Refs,
    known: HashMap<(*const Value, *const Value), u64>,
    limit: u64,
}

#[cfg(feature = "schema")]
impl<'s> Worker<'s> {
    fn work(&mut self, schema: &'s Value, place: &Value, depth: usize) -> u64 {
        let key = (std::ptr::from_ref(schema), std::ptr::from_ref(place));
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        if self.known.len() as u64 > self.limit || depth > 128 * MAX_CHAIN {
            return self.limit;
        }
        // A loop in place adds nothing.
        self.known.insert(key, 0);
        let mut sum = 1_u64;
        for part in in_place_parts(self.root, self.refs, schema) {
            sum = sum.saturating_add(self.work(part, place, depth + 1));
        }
        match place {
            Value::Object(members) => {
                for (name, member) in members {
                    for part in member_schemas(schema, name) {
                        sum = sum.saturating_add(self.work(part, member, depth + 1));
                    }
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    for part in item_schemas(schema, index) {
                        sum = sum.saturating_add(self.work(part, item, depth + 1));
                    }
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
        self.known.insert(key, sum);
        sum
    }
}

#[cfg(feature = "schema")]
fn member_schemas<'s>(schema: &'s Value, name: &str) -> Vec<&'s Value> {
    let own = schema.get("properties").and_then(|properties| properties.get(name));
    let patterns = schema
        .get("patternProperties")
        .and_then(Value::as_object)
        .into_iter()
        .flat_map(|named| named.values());
    let other = ["additionalProperties", "unevaluatedProperties"].into_iter().filter(|_| own.is_none());
    own.into_iter().chain(patterns).chain(other.filter_map(|keyword| schema.get(keyword))).collect()
}

#[cfg(feature = "schema")]
fn item_schemas(schema: &Value, index: usize) -> Vec<&Value> {
    let tuple = schema.get("prefixItems").or_else(|| schema.get("items")).and_then(Value::as_array);
    let own = tuple.and_then(|items| items.get(index));
    let rest = ["items", "additionalItems", "unevaluatedItems"].into_iter().filter(|_| own.is_none());
    let rest = rest.filter_map(|keyword| schema.get(keyword)).filter(|items| items.is_object());
    own.into_iter().chain(rest).chain(schema.get("contains")).collect()
}
