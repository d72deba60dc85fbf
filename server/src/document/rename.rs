//! New names for keys, addresses, departments and senders, and everything that refers to them.

use std::collections::BTreeMap;

use form_engine::pointer;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::LISTS;
use super::references::{Place, Reference, Target, beside, references};
use crate::permission::PLACES;

/// What is called differently here.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Names {
    /// `{"form:nps": "nps2"}`; also `app`, `flow`, `dashboard`, `calendar`, `role` and `template`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub keys: BTreeMap<String, String>,
    /// Addresses of forms: `{"nps": "nps-north"}`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub slugs: BTreeMap<String, String>,
    /// `{"quality": "front"}`; the app's own department is then not made.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub departments: BTreeMap<String, String>,
    /// Mail addresses that stand in flows.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub senders: BTreeMap<String, String>,
}

impl Names {
    /// What `key` of this kind is called here.
    pub fn of(&self, target: Target, key: &str) -> Option<&str> {
        let found = match target {
            Target::Department => self.departments.get(key),
            Target::Mailbox => self.senders.get(key),
            Target::Person => None,
            Target::Form
            | Target::Flow
            | Target::Dashboard
            | Target::Calendar
            | Target::Role
            | Target::Template => self.keys.get(&format!("{}:{key}", target.word())),
        };
        found.map(String::as_str)
    }

    /// The way back; where two became one, the first.
    #[must_use]
    pub fn turned(&self) -> Self {
        let turn = |names: &BTreeMap<String, String>| {
            let mut back = BTreeMap::new();
            for (from, to) in names {
                back.entry(to.clone()).or_insert_with(|| from.clone());
            }
            back
        };
        let mut keys = BTreeMap::new();
        for (from, to) in &self.keys {
            let Some((kind, key)) = from.split_once(':') else { continue };
            keys.entry(format!("{kind}:{to}")).or_insert_with(|| key.to_owned());
        }
        Self {
            keys,
            slugs: turn(&self.slugs),
            departments: turn(&self.departments),
            senders: turn(&self.senders),
        }
    }

    /// These, and those of `others` that say nothing else.
    #[must_use]
    pub fn and(mut self, others: &Self) -> Self {
        let add = |own: &mut BTreeMap<String, String>, others: &BTreeMap<String, String>| {
            for (from, to) in others {
                own.entry(from.clone()).or_insert_with(|| to.clone());
            }
        };
        add(&mut self.keys, &others.keys);
        add(&mut self.slugs, &others.slugs);
        add(&mut self.departments, &others.departments);
        add(&mut self.senders, &others.senders);
        self
    }

    /// Nothing is called differently.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
            && self.slugs.is_empty()
            && self.departments.is_empty()
            && self.senders.is_empty()
    }
}

/// The app document in other names: keys, and every reference to them. Positions stay, so that pointers do.
#[must_use]
pub fn rename(mut app: Value, names: &Names) -> Value {
    if names.is_empty() {
        return app;
    }
    let key = app.get("key").and_then(Value::as_str).and_then(|key| names.keys.get(&format!("app:{key}")));
    if let Some(key) = key.cloned() {
        pointer::set(&mut app, "/key", key.into());
    }
    for (list, kind) in LISTS {
        for definition in app.get_mut(list).and_then(Value::as_array_mut).into_iter().flatten() {
            let word = crate::services::definition::kind_word(kind);
            rename_definition(definition, word, names);
        }
    }
    for template in app.get_mut("templates").and_then(Value::as_array_mut).into_iter().flatten() {
        rename_key(template, "template", names);
        set_named(template, "/sender", &names.senders);
    }
    let beside = beside(&app);
    for reference in &beside {
        follow(&mut app, reference, names);
    }
    merge_departments(&mut app, names);
    app
}

/// One definition in other names.
fn rename_definition(definition: &mut Value, word: &str, names: &Names) {
    let before = definition.get("key").cloned();
    rename_key(definition, word, names);
    if word == "role" && before.as_ref() != definition.get("key") {
        keep_place(definition, before.as_ref().and_then(Value::as_str).unwrap_or_default());
    }
    set_named(definition, "/publish/slug", &names.slugs);
    // Member names last, and the longest way first: renaming one moves what lies below it.
    let (in_values, in_names): (Vec<Reference>, Vec<Reference>) =
        references(definition).into_iter().partition(|reference| !reference.place.is_in_a_name());
    for reference in in_values.iter().chain(in_names.iter().rev()) {
        follow(definition, reference, names);
    }
}

/// A role that everybody in a place holds because of its key is still theirs under another.
fn keep_place(role: &mut Value, before: &str) {
    let Some(members) = role.as_object_mut() else { return };
    let now = members.get("key").and_then(Value::as_str).unwrap_or_default();
    if members.get("place").and_then(Value::as_str) == Some(now) {
        members.shift_remove("place");
    } else if PLACES.iter().any(|place| place.word() == before) && !members.contains_key("place") {
        members.insert("place".to_owned(), before.into());
    }
}

fn rename_key(value: &mut Value, word: &str, names: &Names) {
    let key =
        value.get("key").and_then(Value::as_str).and_then(|key| names.keys.get(&format!("{word}:{key}")));
    if let Some(key) = key.cloned() {
        pointer::set(value, "/key", key.into());
    }
}

fn set_named(value: &mut Value, path: &str, names: &BTreeMap<String, String>) {
    let name = pointer::get(value, path).and_then(Value::as_str).and_then(|name| names.get(name));
    if let Some(name) = name.cloned() {
        pointer::set(value, path, name.into());
    }
}

fn follow(document: &mut Value, reference: &Reference, names: &Names) {
    let Some(name) = names.of(reference.target, &reference.key) else { return };
    match reference.place {
        Place::Value => {
            pointer::set(document, &reference.path, name.into());
        }
        Place::InScript => {
            let script = pointer::get(document, &reference.path).and_then(Value::as_str).unwrap_or_default();
            let script = script.replace(&format!("\"{}\"", reference.key), &format!("\"{name}\""));
            pointer::set(document, &reference.path, script.into());
        }
        Place::InEvent => {
            let text = pointer::get(document, &reference.path).and_then(Value::as_str).unwrap_or_default();
            let text = renamed_events(text, &reference.key, name);
            pointer::set(document, &reference.path, text.into());
        }
        Place::Name | Place::InEventName => {
            let Some((holder, last)) = reference.path.rsplit_once('/') else { return };
            let from = pointer::unescape(last).into_owned();
            let to = if reference.place == Place::Name {
                name.to_owned()
            } else {
                renamed_events(&from, &reference.key, name)
            };
            if let Some(Value::Object(members)) = pointer::get_mut(document, holder) {
                rename_member(members, &from, &to);
            }
        }
    }
}

/// `submission.KEY` among the words of an event, and below it `submission.KEY.*`.
fn renamed_events(text: &str, from: &str, to: &str) -> String {
    let renamed = text.split(' ').map(|word| match word.strip_prefix("submission.") {
        Some(form) if form.trim_end_matches(".*") == from => {
            format!("submission.{to}{}", &form[from.len()..])
        }
        Some(_) | None => word.to_owned(),
    });
    renamed.collect::<Vec<_>>().join(" ")
}

/// The member under another name, at the same place. One that is there already wins.
fn rename_member(members: &mut Map<String, Value>, from: &str, to: &str) {
    if members.contains_key(to) {
        members.shift_remove(from);
        return;
    }
    let renamed = std::mem::take(members).into_iter();
    *members =
        renamed.map(|(name, value)| (if name == from { to.to_owned() } else { name }, value)).collect();
}

/// Departments that became others are no longer the app's to describe.
fn merge_departments(app: &mut Value, names: &Names) {
    if names.departments.is_empty() {
        return;
    }
    if let Some(departments) = app.get_mut("departments").and_then(Value::as_array_mut) {
        departments.retain(|department| {
            let key = department.get("key").and_then(Value::as_str).unwrap_or_default();
            names.departments.get(key).is_none_or(|to| to == key)
        });
    }
}
