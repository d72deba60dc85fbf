//! Which draft of JSON Schema a schema is written in.

use serde_json::Value;

/// A draft of JSON Schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Draft {
    /// 2013.
    Draft04,
    /// 2017.
    Draft06,
    /// 2018.
    Draft07,
    /// 2019-09.
    Draft201909,
    /// 2020-12.
    Draft202012,
}

impl Draft {
    /// The draft `schema` says it is, else the one its keywords tell (`formats.md` §4).
    ///
    /// # Errors
    ///
    /// The `$schema` that names no draft known here.
    pub fn detect(schema: &Value) -> Result<Self, String> {
        match schema.get("$schema") {
            Some(Value::String(uri)) => Self::of_uri(uri).ok_or_else(|| uri.clone()),
            Some(other) => Err(other.to_string()),
            None => Ok(Self::guess(schema)),
        }
    }

    /// The addresses of the drafts, and the ways in which they are written in the wild.
    fn of_uri(uri: &str) -> Option<Self> {
        let rest = uri.trim().trim_end_matches(['#', '/']);
        let rest = rest.strip_prefix("http://").or_else(|| rest.strip_prefix("https://")).unwrap_or(rest);
        let rest = rest.strip_prefix("www.").unwrap_or(rest);
        let path = rest.strip_prefix("json-schema.org/")?.trim_end_matches(".json");
        // The hyper-schemas add `links`, which judge nothing.
        match path.strip_suffix("/hyper-schema").or_else(|| path.strip_suffix("/schema")).unwrap_or(path) {
            // Draft 5 was draft 4 with its prose mended; it has no meta-schema of its own.
            "draft-04" | "draft-05" | "draft-4" => Some(Self::Draft04),
            "draft-06" | "draft-6" => Some(Self::Draft06),
            "draft-07" | "draft-7" => Some(Self::Draft07),
            "draft/2019-09" => Some(Self::Draft201909),
            // The address without a draft is "the latest".
            "draft/2020-12" | "schema" => Some(Self::Draft202012),
            _ => None,
        }
    }

    fn guess(schema: &Value) -> Self {
        let mut seen = Seen::default();
        seen.visit(schema, true);
        if seen.draft04 {
            Self::Draft04
        } else if seen.draft07 {
            Self::Draft07
        } else {
            Self::Draft202012
        }
    }
}

#[derive(Default)]
struct Seen {
    draft04: bool,
    draft07: bool,
}

impl Seen {
    fn visit(&mut self, schema: &Value, root: bool) {
        let Value::Object(members) = schema else { return };
        let is_bool = |key: &str| members.get(key).is_some_and(Value::is_boolean);
        let bare_id = root && members.get("id").is_some_and(Value::is_string) && !members.contains_key("$id");
        self.draft04 |= is_bool("exclusiveMinimum") || is_bool("exclusiveMaximum") || bare_id;
        self.draft07 |= members.get("items").is_some_and(Value::is_array)
            || members.get("definitions").is_some_and(Value::is_object)
            || members.get("dependencies").is_some_and(Value::is_object);
        for (_, below) in subschemas(schema) {
            self.visit(below, false);
        }
    }
}

/// The subschemas standing directly in `schema`, with the pointer of each. Data (`enum`, `default`, `x-…`) is passed over.
pub(crate) fn subschemas(schema: &Value) -> Vec<(String, &Value)> {
    let Value::Object(members) = schema else { return Vec::new() };
    let mut found = Vec::new();
    for (keyword, value) in members {
        let at = crate::pointer::join("", keyword);
        match (shape(keyword), value) {
            (Shape::One, Value::Object(_) | Value::Bool(_)) => found.push((at, value)),
            (Shape::One | Shape::List, Value::Array(items)) => {
                found.extend(items.iter().enumerate().map(|(index, item)| (format!("{at}/{index}"), item)));
            }
            (Shape::Map, Value::Object(named)) => {
                let schemas = named.iter().filter(|(_, schema)| schema.is_object() || schema.is_boolean());
                found.extend(schemas.map(|(name, schema)| (crate::pointer::join(&at, name), schema)));
            }
            (Shape::One | Shape::List | Shape::Map | Shape::Data, _) => {}
        }
    }
    found
}

/// What a keyword's value holds.
pub(crate) enum Shape {
    One,
    List,
    Map,
    Data,
}

pub(crate) fn shape(keyword: &str) -> Shape {
    match keyword {
        "items"
        | "additionalItems"
        | "contains"
        | "additionalProperties"
        | "propertyNames"
        | "not"
        | "if"
        | "then"
        | "else"
        | "unevaluatedItems"
        | "unevaluatedProperties"
        | "contentSchema" => Shape::One,
        "allOf" | "anyOf" | "oneOf" | "prefixItems" => Shape::List,
        "properties" | "patternProperties" | "definitions" | "$defs" | "dependentSchemas"
        | "dependencies" => Shape::Map,
        _ => Shape::Data,
    }
}
