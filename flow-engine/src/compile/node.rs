//! Reading a document with its pointers, so that every problem has an address.

use form_engine::{Text, pointer};
use serde_json::Value;

use super::code;
use super::{Compiler, MOST_PROBLEMS, MOST_WORDS};

/// A value of the document and where it stands.
#[derive(Debug, Clone)]
pub(crate) struct Node<'d> {
    pub value: &'d Value,
    pub path: String,
}

impl<'d> Node<'d> {
    pub fn root(value: &'d Value) -> Self {
        Self { value, path: String::new() }
    }

    /// The member, unless it is missing or null.
    pub fn get(&self, name: &str) -> Option<Self> {
        let value = self.value.get(name).filter(|value| !value.is_null())?;
        Some(Self { value, path: pointer::join(&self.path, name) })
    }

    /// Pointer of a member that may be missing.
    pub fn at(&self, name: &str) -> String {
        pointer::join(&self.path, name)
    }

    /// Items of a list; nothing of anything else.
    pub fn items(&self) -> impl Iterator<Item = Self> + use<'d> {
        let path = self.path.clone();
        let list = self.value.as_array().map_or(&[][..], Vec::as_slice);
        list.iter().enumerate().map(move |(index, value)| Node { value, path: pointer::join(&path, index) })
    }

    /// Members of an object in the author's order; nothing of anything else.
    pub fn members(&self) -> impl Iterator<Item = (&'d str, Self)> + use<'d> {
        let path = self.path.clone();
        let members = self.value.as_object().into_iter().flatten();
        members.map(move |(name, value)| (name.as_str(), Node { value, path: pointer::join(&path, name) }))
    }

    /// The items of a list, or the value itself: where one may stand for a list of one.
    pub fn one_or_many(&self) -> Vec<Self> {
        if self.value.is_array() { self.items().collect() } else { vec![self.clone()] }
    }

    pub fn str(&self) -> Option<&'d str> {
        self.value.as_str()
    }
}

impl Compiler<'_> {
    pub(super) fn refuse(&mut self, code: &'static str, path: impl Into<String>, message: impl Into<String>) {
        // That it is too large is told even where there are too many problems of other kinds.
        self.is_too_large |= code == code::TOO_LARGE;
        if self.problems.len() < MOST_PROBLEMS || code == code::TOO_LARGE {
            self.problems.push(form_engine::Problem::new(code, path, message));
        }
    }

    /// Refuses members that are neither known nor the author's own (`x-…`).
    pub(super) fn only(&mut self, node: &Node<'_>, known: &[&str]) {
        for (name, member) in node.members() {
            if !known.contains(&name) && !name.starts_with("x-") {
                self.refuse(code::MEMBER_UNKNOWN, member.path, format!("unknown member `{name}`"));
            }
        }
    }

    /// Refuses members that exclude each other; empty lists and objects count as missing.
    pub(super) fn at_most_one(&mut self, node: &Node<'_>, groups: &[&[&str]]) {
        let is_there = |name: &&&str| node.get(name).is_some_and(|member| !is_empty(member.value));
        for group in groups {
            let there: Vec<&str> = group.iter().filter(is_there).copied().collect();
            if let [first, second, ..] = there.as_slice() {
                let message = format!("`{first}` and `{second}` exclude each other");
                self.refuse(code::MEMBERS_CONFLICT, node.at(second), message);
            }
        }
    }

    /// Refuses a flow that has too many of something, once: what is left of it is not read.
    pub(super) fn too_many(&mut self, count: usize, most: usize, what: &str, path: &str) {
        if count > most && !self.is_too_large {
            self.refuse(code::TOO_LARGE, path, format!("expected at most {most} {what}"));
        }
    }

    pub(super) fn wrong_type(&mut self, node: &Node<'_>, expected: &str) {
        let found = match node.value {
            Value::Null => "null",
            Value::Bool(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::String(_) => "text",
            Value::Array(_) => "a list",
            Value::Object(_) => "an object",
        };
        self.refuse(code::TYPE, node.path.clone(), format!("expected {expected}, found {found}"));
    }

    /// Text that must be there and not be empty.
    pub(super) fn needed_str(&mut self, node: &Node<'_>, name: &str) -> Option<String> {
        match node.get(name) {
            None => {
                self.refuse(code::MEMBER_MISSING, node.at(name), format!("expected `{name}`"));
                None
            }
            Some(member) => self.some_str(&member),
        }
    }

    pub(super) fn some_str(&mut self, node: &Node<'_>) -> Option<String> {
        match node.str() {
            Some(text) if !text.is_empty() => Some(text.to_owned()),
            _ => {
                self.wrong_type(node, "text");
                None
            }
        }
    }

    pub(super) fn optional_str(&mut self, node: &Node<'_>, name: &str) -> Option<String> {
        node.get(name).and_then(|member| self.some_str(&member))
    }

    /// One text or a list of texts.
    pub(super) fn strs(&mut self, node: Option<Node<'_>>) -> Vec<(String, String)> {
        let nodes = node.map_or_else(Vec::new, |node| node.one_or_many());
        nodes.iter().filter_map(|item| Some((self.some_str(item)?, item.path.clone()))).collect()
    }

    /// Words of one text or of a list of texts, with where each stands; too many are refused.
    pub(super) fn words(&mut self, node: &Node<'_>) -> Vec<(String, String)> {
        let words = |text: &str, path: &str| -> Vec<(String, String)> {
            let words = text.split_whitespace().take(MOST_WORDS + 1);
            words.map(|word| (word.to_owned(), path.to_owned())).collect()
        };
        let mut all = Vec::new();
        for item in node.one_or_many() {
            if let Some(text) = self.some_str(&item) {
                all.extend(words(&text, &item.path));
            }
            if all.len() > MOST_WORDS {
                self.refuse(
                    code::TOO_LARGE,
                    node.path.clone(),
                    format!("expected at most {MOST_WORDS} names"),
                );
                all.truncate(MOST_WORDS);
                break;
            }
        }
        all
    }

    pub(super) fn text(&mut self, node: &Node<'_>, name: &str) -> Option<Text> {
        let member = node.get(name)?;
        let text = serde_json::from_value::<Text>(member.value.clone()).ok();
        if text.is_none() {
            self.wrong_type(&member, "text, or one text per language");
        }
        text
    }

    pub(super) fn bool(&mut self, node: &Node<'_>, name: &str) -> bool {
        match node.get(name) {
            None => false,
            Some(member) => member.value.as_bool().unwrap_or_else(|| {
                self.wrong_type(&member, "true or false");
                false
            }),
        }
    }
}

/// Nothing in it.
pub(super) fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
        Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}
