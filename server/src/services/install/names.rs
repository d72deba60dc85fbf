//! What everything in a document is called in this team: as asked for, as before, or as is free.
//!
//! A key of another app is never overwritten: unless the caller says so, a definition whose key is taken gets the next
//! free one, and everything that refers to it follows.

use std::collections::{BTreeMap, BTreeSet};

use api_types::Mapped;
use form_engine::{Problem, pointer};
use sea_orm::ConnectionTrait;
use serde_json::Value;

use super::present::{Installed, Present};
use crate::document::LISTS;
use crate::document::keep::held;
use crate::document::rename::{Names, rename};
use crate::error::ApiError;
use crate::services::definition::kind_word;
use crate::services::department::is_key;
use crate::store;
use crate::store::app::AppRow;

/// Templates that the server itself sends; an app's own words for them take the place of another's.
const SERVERS_TEMPLATES: [&str; 1] = ["reply"];

/// The document in this team's names.
pub struct Named {
    /// Positions are those of the original.
    pub document: Value,
    /// The app it updates.
    pub home: Option<AppRow>,
    /// Names that were asked for, now or at an earlier import.
    pub asked: Names,
    /// Names that were found because the document's own were taken.
    pub found: Names,
    /// What stands against the names that were asked for.
    pub problems: Vec<Problem>,
}

/// Settles every name but the addresses of forms.
pub fn settle(present: &Present, document: &Value, wanted: &Names) -> Named {
    let key = text(document, "key");
    let asked_key = wanted.keys.get(&format!("app:{key}")).map_or(key, String::as_str);
    let home = present.home(asked_key).cloned();
    let before = home.as_ref().and_then(Installed::of).unwrap_or_default();
    let mut asked = wanted.clone().and(&before.names);
    companions(document, &mut asked);
    let mut found = Names { slugs: BTreeMap::new(), ..before.found };
    // What was found for a name that is asked for now holds no more.
    found.keys.retain(|from, _| !asked.keys.contains_key(from));
    evade(present, home.as_ref(), document, &asked, &mut found);
    companions(document, &mut found);
    let problems = problems(present, document, &asked);
    let document = rename(document.clone(), &asked.clone().and(&found));
    Named { document, home, asked, found, problems }
}

fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// A template that bears a form's name goes with the form.
fn companions(document: &Value, names: &mut Names) {
    let templates = document.get("templates").and_then(Value::as_array).into_iter().flatten();
    for key in templates.map(|template| text(template, "key")) {
        if let Some(to) = names.keys.get(&format!("form:{key}")).cloned() {
            names.keys.entry(format!("template:{key}")).or_insert(to);
        }
    }
}

/// Finds free keys for what another app has.
fn evade(present: &Present, home: Option<&AppRow>, document: &Value, asked: &Names, found: &mut Names) {
    for part in held(document) {
        let word = kind_word(part.kind);
        let name = format!("{word}:{}", part.key);
        if asked.keys.contains_key(&name) || found.keys.contains_key(&name) {
            continue;
        }
        let theirs = |key: &str| {
            let known = present.definition(word, key);
            known.is_some_and(|(one, _)| home.is_none_or(|home| one.app_id != home.id))
        };
        if theirs(&part.key) {
            let is_free = |key: &str| {
                present.definition(word, key).is_none()
                    && !held(document).iter().any(|other| other.kind == part.kind && other.key == key)
            };
            found.keys.insert(name, next_free(&part.key, is_free));
        }
    }
    let beside = present.templates_beside(home);
    let templates = document.get("templates").and_then(Value::as_array).into_iter().flatten();
    for template in templates {
        let key = text(template, "key");
        let name = format!("template:{key}");
        let is_settled = asked.keys.contains_key(&name) || found.keys.contains_key(&name);
        let is_theirs = beside.get(key).is_some_and(|other| other != template);
        if is_theirs && !is_settled && !SERVERS_TEMPLATES.contains(&key) {
            found.keys.insert(name, next_free(key, |key| !beside.contains_key(key)));
        }
    }
}

fn next_free(key: &str, is_free: impl Fn(&str) -> bool) -> String {
    let stem: String = key.chars().take(58).collect();
    let free = (2..).map(|number| format!("{stem}-{number}")).find(|key| is_free(key));
    free.expect("numbers do not end")
}

/// Names that cannot be, and departments that are not there.
fn problems(present: &Present, document: &Value, asked: &Names) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (from, to) in &asked.keys {
        let kinds = ["app", "form", "flow", "dashboard", "calendar", "role", "template"];
        let path = pointer::join("/map/keys", from);
        if !from.split_once(':').is_some_and(|(kind, _)| kinds.contains(&kind)) {
            let message = format!("expected a kind and a key such as `form:nps`, found `{from}`");
            problems.push(Problem::new("app.map", path, message));
        } else if !is_key(to) {
            problems.push(Problem::new("app.map", path, format!("expected a key, found `{to}`")));
        }
    }
    let own: BTreeSet<&str> = document
        .get("departments")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .map(|department| text(department, "key"))
        .collect();
    for (from, to) in &asked.departments {
        if !present.departments.contains(to) && !own.contains(to.as_str()) {
            let message = format!("there is no department `{to}`");
            problems.push(Problem::new("app.map", pointer::join("/map/departments", from), message));
        }
    }
    problems
}

impl Named {
    /// Addresses are unique on the server: a form whose own is another's gets the first free one after it.
    pub async fn free_slugs(&mut self, db: &impl ConnectionTrait, present: &Present) -> Result<(), ApiError> {
        let mut slugs = BTreeMap::new();
        let mut given: BTreeSet<String> = BTreeSet::new();
        for (index, form) in
            self.document.get("forms").and_then(Value::as_array).into_iter().flatten().enumerate()
        {
            let Some(wanted) = form.pointer("/publish/slug").and_then(Value::as_str) else { continue };
            let own = present.definition("form", text(form, "key")).map(|(one, _)| one.id);
            let mut slug = wanted.to_owned();
            let mut number = 1;
            loop {
                let taken = store::slug::get_of_any_team(db, &slug).await?;
                if taken.is_none_or(|row| own == Some(row.definition_id)) && !given.contains(&slug) {
                    break;
                }
                number += 1;
                slug = format!("{wanted}-{number}");
            }
            if slugs.contains_key(wanted) || given.contains(wanted) {
                let path = format!("/forms/{index}/publish/slug");
                let message = format!("another form of the app has the address `{wanted}`");
                self.problems.push(Problem::new("app.slug_twice", path, message));
            }
            given.insert(slug.clone());
            if slug != wanted {
                slugs.insert(wanted.to_owned(), slug);
            }
        }
        self.found.slugs = slugs;
        let only_slugs = Names { slugs: self.found.slugs.clone(), ..Names::default() };
        self.document = rename(std::mem::take(&mut self.document), &only_slugs);
        Ok(())
    }

    /// What is called differently here, in words.
    pub fn mapped(&self) -> Vec<Mapped> {
        let all = self.asked.clone().and(&self.found);
        let here = keys_of(&self.document);
        let keys = all.keys.iter().filter_map(|(from, to)| {
            let (what, key) = from.split_once(':')?;
            (here.contains(&format!("{what}:{to}")) && key != to).then(|| Mapped {
                what: what.to_owned(),
                from: key.to_owned(),
                to: to.clone(),
            })
        });
        let others = [("slug", &all.slugs), ("department", &all.departments), ("sender", &all.senders)];
        let others = others.into_iter().flat_map(|(what, names)| {
            names.iter().filter(|(from, to)| from != to).map(move |(from, to)| Mapped {
                what: what.to_owned(),
                from: from.clone(),
                to: to.clone(),
            })
        });
        keys.chain(others).collect()
    }
}

/// `form:nps` of everything in a document that has a key.
fn keys_of(document: &Value) -> BTreeSet<String> {
    let mut keys = BTreeSet::from([format!("app:{}", text(document, "key"))]);
    for (list, kind) in LISTS {
        for one in document.get(list).and_then(Value::as_array).into_iter().flatten() {
            keys.insert(format!("{}:{}", kind_word(kind), text(one, "key")));
        }
    }
    for one in document.get("templates").and_then(Value::as_array).into_iter().flatten() {
        keys.insert(format!("template:{}", text(one, "key")));
    }
    keys
}
