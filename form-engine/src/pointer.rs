//! JSON Pointers (RFC 6901) into documents, and patterns of them.
//!
//! A *pattern* is a pointer in which `*` stands for every element of an array:
//! `/items/*/price`. On an object `*` is an ordinary key.

use std::borrow::Cow;
#[cfg(feature = "schema")]
use std::cmp::Ordering;

use serde_json::{Map, Value};

/// The value at `pointer`; `""` is the document itself.
///
/// ```
/// # use form_engine::pointer;
/// let document = serde_json::json!({"a/b": [1, 2]});
/// assert_eq!(pointer::get(&document, "/a~1b/1"), Some(&serde_json::json!(2)));
/// ```
pub fn get<'v>(document: &'v Value, pointer: &str) -> Option<&'v Value> {
    tokens(pointer)?.try_fold(document, |value, token| child(value, &token))
}

/// The value at `pointer`, to be changed in place.
pub fn get_mut<'v>(document: &'v mut Value, pointer: &str) -> Option<&'v mut Value> {
    tokens(pointer)?.try_fold(document, |value, token| match value {
        Value::Object(members) => members.get_mut(token.as_ref()),
        Value::Array(items) => items.get_mut(index(&token)?),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    })
}

/// Puts `value` at `pointer`, making the objects and arrays on the way: where nothing stands yet,
/// `0` and `-` make an array and every other token an object.
///
/// Answers whether it could: a scalar on the way, or a gap in an array, leaves the document as it was
/// from there on.
pub fn set(document: &mut Value, pointer: &str, value: Value) -> bool {
    let Some(tokens) = tokens(pointer) else { return false };
    let mut place = document;
    for token in tokens {
        if place.is_null() {
            *place = if matches!(&*token, "0" | "-") {
                Value::Array(Vec::new())
            } else {
                Value::Object(Map::new())
            };
        }
        place = match place {
            Value::Object(members) => members.entry(token.into_owned()).or_insert(Value::Null),
            Value::Array(items) => {
                let at = if token == "-" { Some(items.len()) } else { index(&token) };
                let Some(at) = at.filter(|at| *at <= items.len()) else { return false };
                if at == items.len() {
                    items.push(Value::Null);
                }
                &mut items[at]
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => return false,
        };
    }
    *place = value;
    true
}

/// Takes the value at `pointer` out; the order of what stays is kept.
pub fn remove(document: &mut Value, pointer: &str) -> Option<Value> {
    let Some((parent, last)) = pointer.rsplit_once('/') else {
        return (pointer.is_empty()).then(|| document.take());
    };
    match get_mut(document, parent)? {
        Value::Object(members) => members.shift_remove(unescape(last).as_ref()),
        Value::Array(items) => {
            let at = index(last).filter(|at| *at < items.len())?;
            Some(items.remove(at))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    }
}

/// Takes out every value that stands where `pattern` says.
pub fn remove_all(document: &mut Value, pattern: &str) {
    // From the last on, so that places in a list keep their numbers.
    for place in expand(document, pattern).iter().rev() {
        remove(document, place);
    }
}

/// A member name as a token: `~` and `/` written `~0` and `~1`.
pub fn escape(name: &str) -> Cow<'_, str> {
    if name.contains(['~', '/']) {
        Cow::Owned(name.replace('~', "~0").replace('/', "~1"))
    } else {
        Cow::Borrowed(name)
    }
}

/// A token as a member name.
pub fn unescape(token: &str) -> Cow<'_, str> {
    if token.contains('~') {
        Cow::Owned(token.replace("~1", "/").replace("~0", "~"))
    } else {
        Cow::Borrowed(token)
    }
}

/// The pointer of member (or index) `name` of what stands at `base`.
pub fn join(base: &str, name: impl std::fmt::Display) -> String {
    let name = name.to_string();
    format!("{base}/{}", escape(&name))
}

/// The unescaped tokens of a pointer; `None` when it is neither empty nor starts with `/`.
pub fn tokens(pointer: &str) -> Option<impl Iterator<Item = Cow<'_, str>> + Clone> {
    let rest = match pointer.strip_prefix('/') {
        Some(rest) => Some(rest),
        None if pointer.is_empty() => None,
        None => return None,
    };
    Some(rest.into_iter().flat_map(|rest| rest.split('/')).map(unescape))
}

/// True when the pointer is well formed: empty, or starting with `/`, with no `~` but `~0` and `~1`.
pub fn is_pointer(text: &str) -> bool {
    let tildes_fine = text.split('~').skip(1).all(|after| after.starts_with(['0', '1']));
    (text.is_empty() || text.starts_with('/')) && tildes_fine
}

/// Every value that `pattern` finds, with its pointer, in document order.
pub fn resolve<'v>(document: &'v Value, pattern: &str) -> Vec<(String, &'v Value)> {
    if !pattern.contains('*') {
        return get(document, pattern).map(|value| (pattern.to_owned(), value)).into_iter().collect();
    }
    expand(document, pattern)
        .into_iter()
        .filter_map(|pointer| get(document, &pointer).map(|value| (pointer, value)))
        .collect()
}

/// The pointers that `pattern` stands for in this document, whether or not a value stands there:
/// each `*` becomes every index of the array it falls on.
pub fn expand(document: &Value, pattern: &str) -> Vec<String> {
    if !pattern.contains('*') {
        return if tokens(pattern).is_some() { vec![pattern.to_owned()] } else { Vec::new() };
    }
    let Some(tokens) = tokens(pattern) else { return Vec::new() };
    let mut found = vec![(String::new(), Some(document))];
    for token in tokens {
        found = found.into_iter().flat_map(|(at, value)| step(at, value, &token)).collect();
    }
    found.into_iter().map(|(at, _)| at).collect()
}

fn step<'v>(at: String, value: Option<&'v Value>, token: &str) -> Vec<(String, Option<&'v Value>)> {
    match value {
        Some(Value::Array(items)) if token == "*" => {
            items.iter().enumerate().map(|(index, item)| (join(&at, index), Some(item))).collect()
        }
        // No rows: a pattern over a list that is absent stands for nothing.
        None | Some(Value::Null) if token == "*" => Vec::new(),
        _ => vec![(join(&at, token), value.and_then(|value| child(value, token)))],
    }
}

/// True when `pattern` can stand for `pointer`: equal token by token, `*` matching any index.
pub fn matches(pattern: &str, pointer: &str) -> bool {
    let (mut pattern, mut pointer) = (pattern.split('/'), pointer.split('/'));
    loop {
        match (pattern.next(), pointer.next()) {
            (None, None) => return true,
            (Some(a), Some(b)) if a == b || (a == "*" && index(b).is_some()) => {}
            (Some(_), Some(_)) | (Some(_), None) | (None, Some(_)) => return false,
        }
    }
}

/// `pattern` with its leading `*`s replaced by the indexes that `pointer` holds at the same places,
/// as far as both agree: `/items/*/total` beside `/items/3/price` is `/items/3/total`.
pub fn beside(pattern: &str, pointer: &str) -> String {
    let mut pointer = pointer.split('/');
    let mut agree = true;
    let tokens: Vec<&str> = pattern
        .split('/')
        .map(|token| match pointer.next() {
            Some(other) if agree && token == "*" && index(other).is_some() => other,
            Some(other) => {
                agree &= token == other;
                token
            }
            None => {
                agree = false;
                token
            }
        })
        .collect();
    tokens.join("/")
}

/// True when `pointer` is `ancestor` or lies below it.
pub fn is_within(pointer: &str, ancestor: &str) -> bool {
    pointer.strip_prefix(ancestor).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Which of two pointers comes first: what holds before what it holds, rows by their number, names by their letters.
#[cfg(feature = "schema")]
pub(crate) fn order(a: &str, b: &str) -> Ordering {
    let (mut a, mut b) = (a.split('/'), b.split('/'));
    loop {
        let (a, b) = match (a.next(), b.next()) {
            (Some(a), Some(b)) => (a, b),
            (a, b) => return a.is_some().cmp(&b.is_some()),
        };
        let order = match (index(a), index(b)) {
            (Some(a), Some(b)) => a.cmp(&b),
            (None, None) => a.cmp(b),
            (a, b) => b.is_some().cmp(&a.is_some()),
        };
        if order.is_ne() {
            return order;
        }
    }
}

/// The member or element of `value` that `token` names.
pub(crate) fn child<'v>(value: &'v Value, token: &str) -> Option<&'v Value> {
    match value {
        Value::Object(members) => members.get(token),
        Value::Array(items) => items.get(index(token)?),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    }
}

/// An array index (RFC 6901 §4): digits without a leading zero.
fn index(token: &str) -> Option<usize> {
    let digits = !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_digit());
    if digits && (token == "0" || !token.starts_with('0')) { token.parse().ok() } else { None }
}
