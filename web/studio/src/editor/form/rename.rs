//! A field gets another key, everywhere the form names it.

use form_engine::pointer;
use serde_json::{Map, Value};

use super::schema;

/// True for a key a field may get: what people can write in links and scripts.
#[must_use]
pub fn is_key(key: &str) -> bool {
    !key.is_empty()
        && key.chars().count() <= 64
        && key.chars().all(|sign| sign.is_alphanumeric() || matches!(sign, '_' | '-'))
}

/// Renames `field`: schema, layout, rules, thank-yous, scripts.
pub(super) fn rename(draft: &mut Value, field: &str, key: &str) -> bool {
    let Some((above, old)) = field.rsplit_once('/') else { return false };
    let old = pointer::unescape(old).into_owned();
    if !is_key(key) || old == key {
        return false;
    }
    let Some(parent) = schema::property_mut(draft, above).and_then(Value::as_object_mut) else {
        return false;
    };
    let Some(properties) = parent.get_mut("properties").and_then(Value::as_object_mut) else { return false };
    if properties.contains_key(key) || !properties.contains_key(&old) {
        return false;
    }
    *properties = std::mem::take(properties)
        .into_iter()
        .map(|(name, value)| (if name == old { key.to_owned() } else { name }, value))
        .collect();
    let listed = parent.get_mut("required").and_then(Value::as_array_mut);
    for name in listed.into_iter().flatten().filter(|name| **name == *old) {
        *name = key.into();
    }
    let names = Names { old: field, new: &pointer::join(above, key), old_key: &old, new_key: key };
    for member in ["layout", "rules", "defaults", "quiz", "publish", "title", "description"] {
        if let Some(value) = draft.get_mut(member) {
            names.walk(value);
        }
    }
    true
}

struct Names<'a> {
    old: &'a str,
    new: &'a str,
    old_key: &'a str,
    new_key: &'a str,
}

impl Names<'_> {
    /// Every pointer, script and hole below `value`.
    fn walk(&self, value: &mut Value) {
        match value {
            Value::Object(members) => self.members(members),
            Value::Array(items) => items.iter_mut().for_each(|item| self.walk(item)),
            Value::String(text) => {
                if let Some(renamed) = self.hole(text) {
                    *text = renamed;
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    fn members(&self, members: &mut Map<String, Value>) {
        // Quotas, first values, points and what records fill are named by their field.
        if members.keys().any(|name| pointer::is_within(name, self.old)) {
            let renamed = std::mem::take(members).into_iter().map(|(mut path, value)| {
                self.path(&mut path);
                (path, value)
            });
            *members = renamed.collect();
        }
        for (name, value) in members.iter_mut() {
            match (name.as_str(), value) {
                (
                    "field" | "set" | "jump" | "after" | "chosen" | "not_chosen" | "total",
                    Value::String(path),
                ) => self.path(path),
                ("show" | "hide" | "require" | "offer", Value::Array(paths)) => {
                    for path in paths {
                        if let Value::String(path) = path {
                            self.path(path);
                        }
                    }
                }
                // Pointers into another form, not into this one.
                ("record", Value::Object(record)) => {
                    if let Some(fill) = record.get_mut("fill") {
                        self.walk(fill);
                    }
                }
                ("script", Value::String(script)) => *script = self.script(script),
                // A literal an answer is compared with is no name.
                ("value", value) if !value.is_object() => {}
                (_, value) => self.walk(value),
            }
        }
    }

    fn path(&self, path: &mut String) {
        if pointer::is_within(path, self.old) {
            *path = format!("{}{}", self.new, &path[self.old.len()..]);
        }
    }

    /// `{{old}}` in a text.
    fn hole(&self, text: &str) -> Option<String> {
        if !text.contains("{{") {
            return None;
        }
        let mut renamed = text.to_owned();
        for (old, new) in [(self.old_key, self.new_key), (self.old, self.new)] {
            for (before, after) in [("{{", "}}"), ("{{ ", " }}")] {
                renamed = renamed.replace(&format!("{before}{old}{after}"), &format!("{before}{new}{after}"));
            }
        }
        Some(renamed)
    }

    /// The name of a field in a script: a bare name, `data.old`, or `data["old"]`.
    fn script(&self, script: &str) -> String {
        let mut renamed = String::with_capacity(script.len());
        let (mut rest, mut quoted) = (script, None);
        while let Some(sign) = rest.chars().next() {
            let word_len = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
            if quoted.is_none() && word_len > 0 {
                let word = &rest[..word_len];
                let member = renamed.trim_end().ends_with('.') && !renamed.trim_end().ends_with("data.");
                renamed.push_str(if word == self.old_key && !member { self.new_key } else { word });
                rest = &rest[word_len..];
                continue;
            }
            if matches!(sign, '"' | '\'') {
                let inside = format!("{sign}{}{sign}", self.old_key);
                if quoted.is_none() && renamed.trim_end().ends_with("data[") && rest.starts_with(&inside) {
                    renamed.push_str(&format!("{sign}{}{sign}", self.new_key));
                    rest = &rest[inside.len()..];
                    continue;
                }
                quoted = match quoted {
                    None => Some(sign),
                    Some(open) if open == sign => None,
                    open => open,
                };
            }
            renamed.push(sign);
            rest = &rest[sign.len_utf8()..];
        }
        renamed
    }
}
