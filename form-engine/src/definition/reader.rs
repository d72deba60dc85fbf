//! Reading JSON an author wrote, noting every fault instead of stopping at the first.

use indexmap::IndexMap;
use serde_json::{Map, Value};

use crate::{Problem, Text, moment, pointer};

#[derive(Default)]
pub(super) struct Reader {
    pub(super) problems: Vec<Problem>,
}

impl Reader {
    pub(super) fn problem(
        &mut self,
        code: &'static str,
        path: impl Into<String>,
        message: impl Into<String>,
    ) {
        self.problems.push(Problem::new(code, path, message));
    }

    fn expected<T>(&mut self, what: &str, found: &Value, path: &str) -> Option<T> {
        self.problem("form.shape", path, format!("expected {what}, found {}", kind(found)));
        None
    }

    /// Notes members that have no meaning; `x-…` is the author's own.
    pub(super) fn only(&mut self, members: &Map<String, Value>, allowed: &[&str], path: &str) {
        for key in members.keys().filter(|key| !allowed.contains(&key.as_str()) && !key.starts_with("x-")) {
            self.problem("form.member_unknown", pointer::join(path, key), format!("unknown member `{key}`"));
        }
    }

    pub(super) fn constant(&mut self, members: &Map<String, Value>, name: &str, wanted: &Value) {
        match members.get(name) {
            Some(found) if found == wanted => {}
            Some(found) => self.problem(
                "form.shape",
                format!("/{name}"),
                format!("expected `{wanted}`, found `{found}`"),
            ),
            None => self.problem(
                "form.member_missing",
                format!("/{name}"),
                format!("a form needs `{name}`: {wanted}"),
            ),
        }
    }

    pub(super) fn object<'v>(&mut self, value: &'v Value, path: &str) -> Option<&'v Map<String, Value>> {
        value.as_object().or_else(|| self.expected("an object", value, path))
    }

    pub(super) fn list<'v>(&mut self, value: &'v Value, path: &str) -> Option<&'v Vec<Value>> {
        value.as_array().or_else(|| self.expected("a list", value, path))
    }

    pub(super) fn string<'v>(&mut self, value: &'v Value, path: &str) -> Option<&'v str> {
        value.as_str().or_else(|| self.expected("a text", value, path))
    }

    pub(super) fn text(&mut self, value: &Value, path: &str) -> Option<Text> {
        match value {
            Value::String(text) => Some(Text::Plain(text.clone())),
            Value::Object(texts) => {
                let read: IndexMap<String, String> = texts
                    .iter()
                    .filter_map(|(tag, text)| Some((tag.clone(), text.as_str()?.to_owned())))
                    .collect();
                if read.len() == texts.len() && !read.is_empty() {
                    return Some(Text::Localized(read));
                }
                self.expected("a text per language", value, path)
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => {
                self.expected("a text or a text per language", value, path)
            }
        }
    }

    /// A key: letters, digits, `-` and `_`; the empty string after a problem was noted.
    pub(super) fn key(&mut self, value: Option<&Value>, path: &str) -> String {
        let Some(value) = value else {
            self.problem("form.member_missing", path, "a form needs a `key`");
            return String::new();
        };
        let Some(key) = self.string(value, path) else { return String::new() };
        let fine = !key.is_empty()
            && key.len() <= 100
            && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
        if !fine {
            let message = format!("`{key}` is no key: expected up to 100 letters, digits, `-` and `_`");
            self.problem("form.key", path, message);
        }
        key.to_owned()
    }

    pub(super) fn one_of<T: Copy>(
        &mut self,
        value: Option<&Value>,
        path: &str,
        words: &[(&str, T)],
    ) -> Option<T> {
        let value = value?;
        let word = self.string(value, path)?;
        if let Some((_, found)) = words.iter().find(|(name, _)| *name == word) {
            return Some(*found);
        }
        let names: Vec<&str> = words.iter().map(|(name, _)| *name).collect();
        self.problem(
            "form.word_unknown",
            path,
            format!("expected one of `{}`, found `{word}`", names.join("`, `")),
        );
        None
    }

    pub(super) fn pointer(&mut self, value: &Value, path: &str) -> Option<String> {
        let text = self.string(value, path)?;
        if pointer::is_pointer(text) {
            return Some(text.to_owned());
        }
        self.problem("form.pointer", path, format!("`{text}` is not a JSON Pointer such as `/score`"));
        None
    }

    pub(super) fn pointers(&mut self, value: Option<&Value>, path: &str) -> Vec<String> {
        let Some(items) = value.and_then(|value| self.list(value, path)) else { return Vec::new() };
        items
            .iter()
            .enumerate()
            .filter_map(|(index, item)| self.pointer(item, &pointer::join(path, index)))
            .collect()
    }

    /// Unix milliseconds of an RFC 3339 instant.
    pub(super) fn instant(&mut self, value: Option<&Value>, path: &str) -> Option<i64> {
        let value = value.filter(|value| !value.is_null())?;
        let text = self.string(value, path)?;
        moment::parse(text).or_else(|| {
            self.problem(
                "form.instant",
                path,
                format!("`{text}` is not an instant such as `2026-03-01T08:00:00+08:00`"),
            );
            None
        })
    }

    /// U+0000 cannot be stored, so it is refused wherever it stands.
    pub(super) fn no_nul(&mut self, document: &Value) {
        if let Some(path) = nul(document) {
            self.problem("form.nul", path, "the character U+0000 cannot be stored");
        }
    }
}

/// The pointer of the first text or member name that holds U+0000.
pub(crate) fn nul(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => text.contains('\0').then(String::new),
        Value::Array(items) => {
            items.iter().enumerate().find_map(|(index, item)| Some(format!("/{index}{}", nul(item)?)))
        }
        Value::Object(members) => members.iter().find_map(|(key, member)| {
            if key.contains('\0') {
                return Some(String::new());
            }
            // Below first: nearly always there is none, and nothing to write.
            let below = nul(member)?;
            Some(format!("/{}{below}", pointer::escape(key)))
        }),
        Value::Null | Value::Bool(_) | Value::Number(_) => None,
    }
}

pub(crate) fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}
