//! What a schema itself says of how it is asked: `ui:widget` beside `type`, as Backstage's templates have it, and
//! Formily's `x-component`. Gathered into a ui schema of RJSF, whose reading knows what has a counterpart.

use serde_json::{Map, Value};

use super::formily;
use crate::schema::refs::Refs;

/// References and groups followed below each other.
const MAX_DEPTH: usize = 16;
/// Subschemas looked into: a definition that many refer to is looked into for each.
const MAX_VISITS: usize = 4_000;

/// The ui schema that stands inside `schema`; `None` if there is no word of one.
pub(super) fn gather(schema: &Value) -> Option<Value> {
    let refs = Refs::new(schema);
    let mut walk = Walk { root: schema, refs: &refs, visits: 0 };
    let found = walk.place(schema, MAX_DEPTH);
    (!found.is_empty()).then_some(Value::Object(found))
}

struct Walk<'s> {
    root: &'s Value,
    refs: &'s Refs,
    visits: usize,
}

impl<'s> Walk<'s> {
    /// What `schema` says of its place and of those below.
    fn place(&mut self, schema: &'s Value, depth: usize) -> Map<String, Value> {
        self.visits += 1;
        let mut said = Map::new();
        let Some(members) = schema.as_object().filter(|_| depth > 0 && self.visits < MAX_VISITS) else {
            return said;
        };
        said.extend(
            members
                .iter()
                .filter(|(name, _)| name.starts_with("ui:"))
                .map(|(name, value)| (name.clone(), value.clone())),
        );
        formily::words(members, &mut said);
        for (name, member) in members.get("properties").and_then(Value::as_object).into_iter().flatten() {
            put(&mut said, name, self.place(member, depth - 1));
        }
        if let Some(items) = members.get("items").filter(|items| items.is_object()) {
            put(&mut said, "items", self.place(items, depth - 1));
        }
        let target = members.get("$ref").and_then(Value::as_str);
        let target = target.and_then(|reference| self.refs.get(self.root, reference));
        let listed =
            ["allOf", "anyOf", "oneOf"].into_iter().filter_map(|keyword| members.get(keyword)?.as_array());
        let named = ["dependencies", "dependentSchemas"].into_iter();
        let named = named.filter_map(|keyword| members.get(keyword)?.as_object());
        let branches = ["then", "else"].into_iter().filter_map(|keyword| members.get(keyword));
        let here: Vec<&Value> = target
            .into_iter()
            .chain(listed.flatten())
            .chain(named.flat_map(Map::values))
            .chain(branches)
            .collect();
        for part in here {
            let more = self.place(part, depth - 1);
            merge(&mut said, more);
        }
        said
    }
}

fn put(said: &mut Map<String, Value>, name: &str, below: Map<String, Value>) {
    if !below.is_empty() {
        merge(said, Map::from_iter([(name.to_owned(), Value::Object(below))]));
    }
}

/// Adds what is not said yet.
pub(super) fn merge(said: &mut Map<String, Value>, more: Map<String, Value>) {
    for (name, value) in more {
        match (said.get_mut(&name), value) {
            (Some(Value::Object(known)), Value::Object(more)) => merge(known, more),
            (Some(_), _) => {}
            (None, value) => {
                said.insert(name, value);
            }
        }
    }
}
