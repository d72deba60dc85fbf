//! Object: a JSON object read member by member, noting each fault with its pointer.
//!
//! The one way definitions of this crate are read, so that all of them report unknown members
//! and wrong types in the same words. Knows no particular definition.

use form_engine::{Condition, Problem, Text, pointer};
use serde_json::{Map, Value};

/// An object at a place of a document, and where its problems go.
pub(crate) struct Object<'a> {
    members: &'a Map<String, Value>,
    path: &'a str,
    problems: &'a mut Vec<Problem>,
}

impl<'a> Object<'a> {
    /// Opens `value`; a value that is no object, or has members not in `known`, is a problem.
    pub(crate) fn open(
        value: &'a Value,
        path: &'a str,
        known: &[&str],
        problems: &'a mut Vec<Problem>,
    ) -> Option<Self> {
        let Some(members) = value.as_object() else {
            problems.push(Problem::new("report.type", path, expected("an object", value)));
            return None;
        };
        let mut object = Self { members, path, problems };
        for key in members.keys().filter(|key| !known.contains(&key.as_str())) {
            let message = format!("`{key}` is not known here; expected one of {}", quoted(known));
            object.problem(key, "report.unknown_member", message);
        }
        Some(object)
    }

    /// The member, unless absent or null.
    pub(crate) fn get(&self, key: &str) -> Option<&'a Value> {
        self.members.get(key).filter(|value| !value.is_null())
    }

    /// Notes a problem at the member `key`.
    pub(crate) fn problem(&mut self, key: &str, code: &'static str, message: impl Into<String>) {
        let path = self.at(key);
        self.problems.push(Problem::new(code, path, message));
    }

    /// Notes a problem of the object as a whole.
    pub(crate) fn own_problem(&mut self, code: &'static str, message: impl Into<String>) {
        self.problems.push(Problem::new(code, self.path, message));
    }

    /// Pointer of the member `key`.
    pub(crate) fn at(&self, key: &str) -> String {
        pointer::join(self.path, key)
    }

    /// Where problems of parts go.
    pub(crate) fn problems(&mut self) -> &mut Vec<Problem> {
        self.problems
    }

    /// True when there is nothing to read at `key`, so that its emptiness is the author's.
    pub(crate) fn is_absent_or_empty(&self, key: &str) -> bool {
        self.get(key).is_none_or(|value| value.as_array().is_some_and(Vec::is_empty))
    }

    /// A string that is not empty; anything else is a problem.
    pub(crate) fn text(&mut self, key: &str) -> Option<String> {
        let value = self.get(key)?;
        let text = value.as_str().filter(|text| !text.is_empty());
        if text.is_none() {
            self.problem(key, "report.type", expected("a text that is not empty", value));
        }
        text.map(str::to_owned)
    }

    /// As [`Object::text`], and its absence is a problem too.
    pub(crate) fn required_text(&mut self, key: &str) -> Option<String> {
        if self.get(key).is_none() {
            self.problem(key, "report.required", format!("`{key}` is missing"));
        }
        self.text(key)
    }

    /// Text for people, in one or several languages.
    pub(crate) fn title(&mut self, key: &str) -> Option<Text> {
        let value = self.get(key)?;
        let text = serde_json::from_value(value.clone()).ok();
        if text.is_none() {
            self.problem(key, "report.type", expected("a text, or one text per language", value));
        }
        text
    }

    /// One of a closed list of words.
    pub(crate) fn word<T: Copy>(&mut self, key: &str, words: &[(&str, T)]) -> Option<T> {
        let value = self.get(key)?;
        let word = words.iter().find(|(word, _)| value.as_str() == Some(*word));
        if word.is_none() {
            let names: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            let message = format!("expected one of {}, found `{}`", quoted(&names), shown(value));
            self.problem(key, "report.word", message);
        }
        word.map(|(_, meaning)| *meaning)
    }

    /// A list whose items are read by `read`; items with problems are left out.
    pub(crate) fn list<T>(
        &mut self,
        key: &str,
        read: impl Fn(&Value, &str, &mut Vec<Problem>) -> Option<T>,
    ) -> Vec<T> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let Some(items) = value.as_array() else {
            self.problem(key, "report.type", expected("a list", value));
            return Vec::new();
        };
        let path = self.at(key);
        let read_item = |(index, item)| read(item, &format!("{path}/{index}"), self.problems);
        items.iter().enumerate().filter_map(read_item).collect()
    }

    /// A condition.
    pub(crate) fn condition(&mut self, key: &str) -> Option<Condition> {
        let value = self.get(key)?;
        match Condition::parse(value, &self.at(key)) {
            Ok(condition) => Some(condition),
            Err(problems) => {
                self.problems.extend(problems);
                None
            }
        }
    }
}

/// `expected X, found Y`, in which Y stays short.
pub(crate) fn expected(what: &str, found: &Value) -> String {
    format!("expected {what}, found `{}`", shown(found))
}

/// The list as a sentence part: `` `a`, `b` ``.
pub(crate) fn quoted(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

/// A value as it may stand in a message.
pub(crate) fn shown(value: &Value) -> String {
    const LONGEST: usize = 60;
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    if text.chars().count() <= LONGEST {
        return text;
    }
    let start: String = text.chars().take(LONGEST).collect();
    format!("{start}…")
}
