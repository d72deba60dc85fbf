//! A field gets another key: everywhere its own form names it, in the answers already there, and in scripts and texts
//! wherever they stand.
//!
//! Works on the JSON as it was written, checked or not, and leaves what it does not understand. What other
//! definitions say about a form is the caller's to find.

mod script;

use serde_json::{Map, Value};

use crate::pointer;

/// One field's old and new name.
///
/// ```
/// use form_engine::Renaming;
/// use serde_json::json;
///
/// let renaming = Renaming::new("/score", "rating").unwrap();
/// assert_eq!(renaming.to, "/rating");
/// assert_eq!(renaming.script("score <= 6", false), "rating <= 6");
/// assert_eq!(renaming.text("You said {{score|nothing}}"), "You said {{rating|nothing}}");
/// let mut answers = json!({"score": 3, "why": "slow"});
/// assert!(renaming.answers(&mut answers));
/// assert_eq!(answers, json!({"rating": 3, "why": "slow"}));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renaming {
    /// Pointer of the field until now, `/items/*/price` in rows.
    pub from: String,
    /// The same field's pointer from now on.
    pub to: String,
    old_key: String,
    new_key: String,
}

/// True for a key a field may get: what people can write in links and scripts.
#[must_use]
pub fn is_field_key(key: &str) -> bool {
    !key.is_empty()
        && key.chars().count() <= 64
        && key.chars().all(|sign| sign.is_alphanumeric() || matches!(sign, '_' | '-'))
}

impl Renaming {
    /// The field at `from` under another key of the same group; `None` when that is no key, or the same.
    #[must_use]
    pub fn new(from: &str, key: &str) -> Option<Self> {
        let (above, old) = from.rsplit_once('/')?;
        let old_key = pointer::unescape(old).into_owned();
        let fits = is_field_key(key) && old_key != key && old_key != "*";
        fits.then(|| Self {
            from: from.to_owned(),
            to: pointer::join(above, key),
            old_key,
            new_key: key.to_owned(),
        })
    }

    /// From one pointer to another of the same group.
    #[must_use]
    pub fn between(from: &str, to: &str) -> Option<Self> {
        let (above, key) = to.rsplit_once('/')?;
        let same = from.rsplit_once('/').is_some_and(|(group, _)| group == above);
        if same { Self::new(from, &pointer::unescape(key)) } else { None }
    }

    /// The way back.
    #[must_use]
    pub fn turned(&self) -> Self {
        Self {
            from: self.to.clone(),
            to: self.from.clone(),
            old_key: self.new_key.clone(),
            new_key: self.old_key.clone(),
        }
    }

    /// Renames the field in its own form: schema, layout, rules, first values, quiz, thank-yous, scripts. False, and
    /// nothing changed, when there is no such field or the key is taken.
    pub fn form(&self, definition: &mut Value) -> bool {
        let Some((above, _)) = self.from.rsplit_once('/') else { return false };
        let Some(parent) = property_mut(definition, above).and_then(Value::as_object_mut) else {
            return false;
        };
        let Some(properties) = parent.get_mut("properties").and_then(Value::as_object_mut) else {
            return false;
        };
        if properties.contains_key(&self.new_key) || !properties.contains_key(&self.old_key) {
            return false;
        }
        rename_member(properties, &self.old_key, &self.new_key);
        let listed = parent.get_mut("required").and_then(Value::as_array_mut);
        for name in listed.into_iter().flatten().filter(|name| **name == *self.old_key) {
            *name = self.new_key.as_str().into();
        }
        // A bare name in the scripts of a row is the row's, unless the form has a question of that name.
        let in_row = self.from.contains("/*/")
            && definition.pointer("/schema/properties").is_some_and(|all| all.get(&self.old_key).is_none());
        for member in ["layout", "rules", "defaults", "quiz", "publish", "title", "description"] {
            if let Some(value) = definition.get_mut(member) {
                self.walk(value, in_row);
            }
        }
        // Texts of the schema are asked with holes, too.
        if let Some(schema) = definition.get_mut("schema") {
            self.words(schema);
        }
        true
    }

    /// Renames the field in a document of answers; false when it holds nothing of it. What stands under the new name
    /// already stays.
    pub fn answers(&self, data: &mut Value) -> bool {
        let Some((above, _)) = self.from.rsplit_once('/') else { return false };
        let mut changed = false;
        for place in pointer::expand(data, above) {
            if let Some(Value::Object(members)) = pointer::get_mut(data, &place)
                && members.contains_key(&self.old_key)
                && !members.contains_key(&self.new_key)
            {
                rename_member(members, &self.old_key, &self.new_key);
                changed = true;
            }
        }
        changed
    }

    /// A pointer at the field or below it, also of one row (`/items/2/price`), under the new name; others stay.
    #[must_use]
    pub fn path(&self, path: &str) -> Option<String> {
        let (own, length) = (self.from.matches('/').count(), path.matches('/').count());
        if own == 0 || length < own {
            return None;
        }
        let end = path.match_indices('/').nth(own).map_or(path.len(), |(at, _)| at);
        let (head, below) = path.split_at(end);
        let (row, _) = head.rsplit_once('/')?;
        pointer::matches(&self.from, head).then(|| format!("{}{below}", pointer::join(row, &self.new_key)))
    }

    /// The holes of a text, `{{old}}`, `{{old|…}}` and `{{/old}}`, under the new name.
    #[must_use]
    pub fn text(&self, text: &str) -> String {
        let mut renamed = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(start) = rest.find("{{") {
            let (before, hole) = rest.split_at(start + 2);
            renamed.push_str(before);
            let end = hole.find("}}").unwrap_or(0);
            let inside = &hole[..end];
            let name_len = inside.find('|').unwrap_or(end);
            let (name, tail) = inside.split_at(name_len);
            let word = name.trim();
            let told = if word == self.old_key { Some(self.new_key.clone()) } else { self.path(word) };
            match told {
                Some(told) if !word.is_empty() => renamed.push_str(&name.replacen(word, &told, 1)),
                Some(_) | None => renamed.push_str(name),
            }
            renamed.push_str(tail);
            rest = &hole[end..];
        }
        renamed.push_str(rest);
        renamed
    }

    /// Reads of the field in a script, under the new name: `old`, `data.old`, `data["old"]`, `group.old`,
    /// `sum(items, "old")`. With `in_row`, a bare `old` also stands for the field of a row.
    #[must_use]
    pub fn script(&self, script: &str, in_row: bool) -> String {
        self.script_at(script, &["data"], in_row)
    }

    /// The same in a script that reads the document under another name: `["_event", "data"]`.
    #[must_use]
    pub fn script_of(&self, script: &str, root: &[&str]) -> String {
        self.script_at(script, root, false)
    }

    fn script_at(&self, script: &str, root: &[&str], in_row: bool) -> String {
        let target: Vec<String> = pointer::tokens(&self.from)
            .into_iter()
            .flatten()
            .filter(|token| token != "*")
            .map(std::borrow::Cow::into_owned)
            .collect();
        script::rename(script, &target, &self.new_key, root, in_row)
    }

    /// Every pointer, script and hole below `value`, which is part of the form itself.
    pub fn walk(&self, value: &mut Value, in_row: bool) {
        match value {
            Value::Object(members) => self.members(members, in_row),
            Value::Array(items) => items.iter_mut().for_each(|item| self.walk(item, in_row)),
            Value::String(text) => *text = self.text(text),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    fn members(&self, members: &mut Map<String, Value>, in_row: bool) {
        // Quotas, first values, points and what records fill are named by their field.
        self.names(members);
        for (name, value) in members.iter_mut() {
            match (name.as_str(), value) {
                (
                    "field" | "set" | "jump" | "after" | "chosen" | "not_chosen" | "total",
                    Value::String(path),
                ) => self.set_path(path),
                ("show" | "hide" | "require" | "offer", Value::Array(paths)) => self.paths(paths),
                // Pointers into another form, not into this one.
                ("record", Value::Object(record)) => {
                    if let Some(Value::Object(fill)) = record.get_mut("fill") {
                        self.names(fill);
                    }
                }
                ("script", Value::String(script)) => *script = self.script(script, in_row),
                // A literal an answer is compared with is no name.
                ("value", value) if !value.is_object() => {}
                (_, value) => self.walk(value, in_row),
            }
        }
    }

    /// Members named by a pointer at the field.
    pub fn names(&self, members: &mut Map<String, Value>) {
        if members.keys().any(|name| self.path(name).is_some()) {
            *members = std::mem::take(members)
                .into_iter()
                .map(|(name, value)| (self.path(&name).unwrap_or(name), value))
                .collect();
        }
    }

    /// The pointers of a list.
    pub fn paths(&self, paths: &mut [Value]) {
        for path in paths {
            if let Value::String(path) = path {
                self.set_path(path);
            }
        }
    }

    fn set_path(&self, path: &mut String) {
        if let Some(renamed) = self.path(path) {
            *path = renamed;
        }
    }

    /// Holes in every text below `value`.
    pub fn words(&self, value: &mut Value) {
        match value {
            Value::Object(members) => {
                for (name, member) in members.iter_mut() {
                    // What an answer is compared with is no text for people.
                    if !matches!(name.as_str(), "enum" | "const" | "pattern" | "examples") {
                        self.words(member);
                    }
                }
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.words(item)),
            Value::String(text) if text.contains("{{") => *text = self.text(text),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
}

/// The member under another name, at the same place.
fn rename_member(members: &mut Map<String, Value>, from: &str, to: &str) {
    *members = std::mem::take(members)
        .into_iter()
        .map(|(name, value)| (if name == from { to.to_owned() } else { name }, value))
        .collect();
}

/// The subschema of a field, references not followed.
fn property_mut<'v>(definition: &'v mut Value, field: &str) -> Option<&'v mut Value> {
    let schema = definition.get_mut("schema")?;
    pointer::tokens(field)?.try_fold(schema, |schema, token| match token.as_ref() {
        "*" => schema.get_mut("items"),
        key => schema.get_mut("properties")?.get_mut(key),
    })
}

/// The renamings a form's own document tells of, oldest first; what is no renaming is left out.
///
/// ```json
/// {"renamed": [{"from": "/score", "to": "/rating"}]}
/// ```
#[must_use]
pub fn renamings(definition: &Value) -> Vec<Renaming> {
    let told = definition.get("renamed").and_then(Value::as_array).into_iter().flatten();
    told.filter_map(|one| Renaming::between(one.get("from")?.as_str()?, one.get("to")?.as_str()?)).collect()
}
