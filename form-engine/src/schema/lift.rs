//! The derived schema: what rules can hide is lifted from `required`.
//!
//! Works on a copy. A reference on the way is followed by copying its target in, because others
//! may refer to it too. What is required only in some branch cannot be lifted without changing
//! what the branch means, so it is refused.

use serde_json::{Map, Value};

use super::refs::Refs;
use crate::{Problem, pointer};

/// The derived schema, and the paths that were taken out of `required`.
pub(crate) struct Lift {
    pub(crate) schema: Value,
    pub(crate) lifted: Vec<String>,
}

/// References on one path are followed this often.
const MAX_DEPTH: usize = 32;

/// Lifts every path of `hideable` from `required`.
pub(crate) fn lift(schema: &Value, refs: &Refs, hideable: &[&str], problems: &mut Vec<Problem>) -> Lift {
    let mut lift = Lift { schema: schema.clone(), lifted: Vec::new() };
    for path in hideable {
        let Some(tokens) = pointer::tokens(path) else { continue };
        let tokens: Vec<String> = tokens.map(|token| token.into_owned()).collect();
        let walk = Walk { root: schema, refs };
        if let Some(keyword) = walk.conditional(schema, &tokens, MAX_DEPTH) {
            let message = format!("`{path}` can be hidden, but the schema requires it under `{keyword}`");
            problems.push(Problem::new("form.required_conditional", "/schema", message));
            continue;
        }
        // On the schema as derived so far: lifting two members of one group touches it twice.
        let derived = lift.schema.clone();
        let refs = Refs::new(&derived);
        if let Some(changed) = (Walk { root: &derived, refs: &refs }).stripped(&derived, &tokens, MAX_DEPTH) {
            lift.schema = changed;
            lift.lifted.push((*path).to_owned());
        }
    }
    lift
}

struct Walk<'s> {
    root: &'s Value,
    refs: &'s Refs,
}

impl Walk<'_> {
    /// `schema` without the requirement of what `tokens` lead to; `None` if it has none.
    ///
    /// Looks only at the original, whose references [`Refs`] knows, and writes into a copy.
    fn stripped(&self, schema: &Value, tokens: &[String], depth: usize) -> Option<Value> {
        let (first, rest) = tokens.split_first()?;
        let members = schema.as_object().filter(|_| depth > 0)?;
        let mut copy = members.clone();
        let mut changed = false;
        for (index, part) in members.get("allOf").and_then(Value::as_array).into_iter().flatten().enumerate()
        {
            if let Some(stripped) = self.stripped(part, tokens, depth - 1) {
                copy["allOf"][index] = stripped;
                changed = true;
            }
        }
        if let Some(target) = self.target(members).and_then(|target| self.stripped(target, tokens, depth - 1))
        {
            changed = true;
            copy.shift_remove("$ref");
            let beside = copy.entry("allOf").or_insert_with(|| Value::Array(Vec::new()));
            if let Value::Array(parts) = beside {
                parts.push(without_names(target));
            }
        }
        if rest.is_empty() {
            changed |= drop_required(&mut copy, first);
        } else if let Some((at, place)) = below(members, first)
            && let Some(stripped) = self.stripped(place, rest, depth - 1)
        {
            changed |= pointer::set(copy.get_mut(at.keyword)?, &at.rest, stripped);
        }
        changed.then_some(Value::Object(copy))
    }

    /// The keyword under which some branch requires what `tokens` lead to.
    fn conditional(&self, schema: &Value, tokens: &[String], depth: usize) -> Option<&'static str> {
        let (first, rest) = tokens.split_first()?;
        let members = schema.as_object().filter(|_| depth > 0)?;
        if rest.is_empty() {
            let listed =
                |value: &Value| value.as_array().is_some_and(|names| names.iter().any(|name| name == first));
            for keyword in ["dependentRequired", "dependencies"] {
                let named = members.get(keyword).and_then(Value::as_object);
                if named.is_some_and(|named| named.values().any(listed)) {
                    return Some(keyword);
                }
            }
        }
        for keyword in ["anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas", "dependencies"] {
            let parts: Vec<&Value> = match members.get(keyword) {
                Some(Value::Array(parts)) => parts.iter().collect(),
                Some(Value::Object(named)) if keyword.starts_with("depend") => named.values().collect(),
                Some(part) => vec![part],
                None => Vec::new(),
            };
            let requires = |part: &&Value| self.requires(part, tokens, depth - 1);
            if parts.iter().any(requires) {
                return Some(keyword);
            }
        }
        let beside = members.get("allOf").and_then(Value::as_array).into_iter().flatten();
        let same =
            beside.chain(self.target(members)).find_map(|part| self.conditional(part, tokens, depth - 1));
        same.or_else(|| {
            let place = members.get("properties").and_then(|properties| properties.get(first));
            let place =
                place.or_else(|| members.get("items").filter(|items| items.is_object() && first == "*"))?;
            self.conditional(place, rest, depth - 1)
        })
    }

    /// True when `schema` requires it, in whatever way.
    fn requires(&self, schema: &Value, tokens: &[String], depth: usize) -> bool {
        depth > 0
            && (self.stripped(schema, tokens, depth).is_some()
                || self.conditional(schema, tokens, depth).is_some())
    }

    fn target(&self, members: &Map<String, Value>) -> Option<&Value> {
        self.refs.get(self.root, members.get("$ref")?.as_str()?)
    }
}

fn drop_required(members: &mut Map<String, Value>, name: &str) -> bool {
    let Some(Value::Array(names)) = members.get_mut("required") else { return false };
    let before = names.len();
    names.retain(|listed| listed != name);
    let changed = names.len() < before;
    // Draft-04 wants at least one name.
    if changed && names.is_empty() {
        members.shift_remove("required");
    }
    changed
}

/// Where the subschema of a member or row stands: its keyword, and the pointer below it.
struct Place {
    keyword: &'static str,
    rest: String,
}

fn below<'s>(members: &'s Map<String, Value>, first: &str) -> Option<(Place, &'s Value)> {
    if let Some(place) = members.get("properties").and_then(|properties| properties.get(first)) {
        return Some((Place { keyword: "properties", rest: pointer::join("", first) }, place));
    }
    let keyword = if members.contains_key("prefixItems") && first != "*" { "prefixItems" } else { "items" };
    let items = members.get(keyword)?;
    if let Some(tuple) = items.as_array() {
        let place = tuple.get(first.parse::<usize>().ok()?)?;
        return Some((Place { keyword, rest: format!("/{first}") }, place));
    }
    (first == "*").then(|| (Place { keyword, rest: String::new() }, items))
}

/// A copy must not carry the names its original is referred to by.
fn without_names(mut schema: Value) -> Value {
    if let Value::Object(members) = &mut schema {
        for name in ["$anchor", "$dynamicAnchor", "$id", "id"] {
            if members.get(name).is_some_and(Value::is_string) {
                members.shift_remove(name);
            }
        }
    }
    schema
}
