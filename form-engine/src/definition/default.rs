//! What fields hold before anyone answers, as the author wrote it.

use serde_json::{Map, Value};

use super::reader::Reader;
use crate::pointer;

/// Where a first value comes from.
#[derive(Debug, Clone, PartialEq)]
pub enum Source {
    /// Itself.
    Literal(Value),
    /// `{"parameter": "utm_source"}`: what the link brought under that name.
    Parameter(String),
    /// `{"customer": "tier"}`: an attribute of the customer, if it is known who answers; dots lead into groups.
    Customer(String),
    /// `{"script": "…"}`: computed once, from the values given so far and `customer`.
    Script(String),
    /// `{"first": […]}`: the first that has a value.
    First(Vec<Source>),
}

/// Sources nest no deeper.
const MAX_DEPTH: usize = 4;

/// ```json
/// {"/source": {"parameter": "utm_source"}, "/name": {"first": [{"customer": "name"}, "friend"]}}
/// ```
pub(super) fn read_all(reader: &mut Reader, value: Option<&Value>, path: &str) -> Vec<(String, Source)> {
    let Some(fields) = value.and_then(|value| reader.object(value, path)) else { return Vec::new() };
    let mut defaults = Vec::new();
    for (field, source) in fields {
        let at = pointer::join(path, field);
        if !pointer::is_pointer(field) {
            reader.problem("form.pointer", &at, format!("`{field}` is not a JSON Pointer such as `/score`"));
        }
        defaults.extend(read(reader, source, &at, 0).map(|source| (field.clone(), source)));
    }
    defaults
}

fn read(reader: &mut Reader, value: &Value, path: &str, depth: usize) -> Option<Source> {
    let Value::Object(members) = value else { return Some(Source::Literal(value.clone())) };
    if depth > MAX_DEPTH {
        reader.problem("form.default", path, format!("sources nest at most {MAX_DEPTH} deep"));
        return None;
    }
    let Some((name, below)) = single(members) else { return unknown(reader, path) };
    let at = pointer::join(path, name);
    let word = |reader: &mut Reader| reader.string(below, &at).map(str::to_owned);
    match name {
        "value" => Some(Source::Literal(below.clone())),
        "parameter" => word(reader).map(Source::Parameter),
        "customer" => word(reader).map(Source::Customer),
        "script" => word(reader).map(Source::Script),
        "first" => {
            let sources = reader.list(below, &at)?.iter().enumerate();
            let sources =
                sources.map(|(index, source)| read(reader, source, &pointer::join(&at, index), depth + 1));
            Some(Source::First(sources.collect::<Vec<_>>().into_iter().flatten().collect()))
        }
        _ => unknown(reader, path),
    }
}

fn single(members: &Map<String, Value>) -> Option<(&str, &Value)> {
    let mut members = members.iter();
    let first = members.next()?;
    members.next().is_none().then_some((first.0.as_str(), first.1))
}

fn unknown(reader: &mut Reader, path: &str) -> Option<Source> {
    let message = "expected a value, or one of `value`, `parameter`, `customer`, `script` and `first`";
    reader.problem("form.default", path, message);
    None
}
