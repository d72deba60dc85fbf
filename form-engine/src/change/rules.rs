//! What rules, and the schema's own rules, say differently.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::{Severity, Teller, What};
use crate::definition::Computed;
use crate::field::Field;
use crate::form::Form;
use crate::schema::leaves::options;
use crate::{Condition, Text, pointer};

pub(super) fn compare<'p>(
    old: &Form,
    new: &Form,
    was: &Field,
    now: &Field,
    renamed: &dyn Fn(&str) -> Option<&'p str>,
    teller: &mut Teller,
) {
    let (before, after) = (About::of(old, &was.path, renamed), About::of(new, &now.path, &|_| None));
    if before.shows != after.shows {
        let severity =
            if now.required || after.requires != json!([]) { Severity::Refuses } else { Severity::Readable };
        teller.tell(&now.path, &now.title, severity, What::Shows { required: now.required });
    }
    if before.requires != after.requires {
        let severity = if after.requires == json!([]) { Severity::Safe } else { Severity::Refuses };
        teller.tell(&now.path, &now.title, severity, What::RequiredWhen);
    }
    if before.sets != after.sets {
        teller.tell(&now.path, &now.title, Severity::NotComparable, What::Computed);
    }
}

/// What rules demand of a field that was not there.
pub(super) fn added(new: &Form, field: &Field, teller: &mut Teller) {
    if About::of(new, &field.path, &|_| None).requires != json!([]) {
        teller.tell(&field.path, &field.title, Severity::Refuses, What::RequiredWhen);
    }
}

/// Everything rules say about one path, and about what those rules read, so that a change further up is seen.
struct About {
    shows: Value,
    requires: Value,
    sets: Value,
}

impl About {
    /// With the paths of `form` as the new form calls them.
    fn of<'p>(form: &Form, path: &str, renamed: &dyn Fn(&str) -> Option<&'p str>) -> Self {
        let mut seen = BTreeSet::new();
        let mut open = vec![path.to_owned()];
        let mut shows: BTreeMap<String, Value> = BTreeMap::new();
        let (mut requires, mut sets) = (Vec::new(), Vec::new());
        let rules = &form.definition().rules;
        for rule in
            rules.iter().filter(|rule| rule.require.iter().any(|named| pointer::is_within(path, named)))
        {
            requires.push(json!(rule.when));
            let read = rule.when.iter().flat_map(Condition::fields);
            open.extend(read.map(|path| path.as_str().to_owned()));
        }
        // Upwards: what shows the field, what sets it, and what those conditions read.
        while let Some(next) = open.pop() {
            if !seen.insert(next.clone()) {
                continue;
            }
            for target in form.rules.targets.iter().filter(|target| pointer::is_within(&next, &target.path)) {
                let clauses = target.clauses();
                let key = rename(&target.path, renamed);
                if next == path || target.can_hide() {
                    shows.insert(key, clauses);
                }
                open.extend(target.reads());
            }
            let own = next == path;
            for rule in rules {
                let Some(setting) =
                    rule.set.as_ref().filter(|setting| pointer::is_within(&next, &setting.field))
                else {
                    continue;
                };
                let to = match &setting.to {
                    Computed::Literal(value) => json!({"value": value}),
                    Computed::Script(source) => json!({"script": source}),
                };
                let set = json!([setting.field, rule.when, to]);
                if own {
                    sets.push(set);
                } else {
                    shows.insert(format!("set {}", setting.field), set);
                }
            }
            if let Some(quiz) =
                form.definition().quiz.as_ref().filter(|quiz| quiz.total.as_deref() == Some(&next))
            {
                let points = format!("{:?}", quiz.points);
                if own {
                    sets.push(points.into());
                } else {
                    shows.insert("quiz".to_owned(), points.into());
                }
            }
        }
        let renaming = |value: Value| rename_in(value, renamed);
        shows.retain(|_, clauses| *clauses != json!([]));
        Self {
            shows: renaming(json!(shows)),
            requires: renaming(requires.into()),
            sets: renaming(sets.into()),
        }
    }
}

fn rename<'p>(path: &str, renamed: &dyn Fn(&str) -> Option<&'p str>) -> String {
    renamed(path).unwrap_or(path).to_owned()
}

fn rename_in<'p>(value: Value, renamed: &dyn Fn(&str) -> Option<&'p str>) -> Value {
    match value {
        Value::String(text) => rename(&text, renamed).into(),
        Value::Array(items) => items.into_iter().map(|item| rename_in(item, renamed)).collect(),
        Value::Object(members) => {
            members.into_iter().map(|(key, value)| (key, rename_in(value, renamed))).collect()
        }
        other @ (Value::Null | Value::Bool(_) | Value::Number(_)) => other,
    }
}

/// Keywords that speak of more than the one field they stand at.
const WIDE: [&str; 22] = [
    "allOf",
    "anyOf",
    "oneOf",
    "not",
    "if",
    "then",
    "else",
    "dependentRequired",
    "dependentSchemas",
    "dependencies",
    "patternProperties",
    "additionalProperties",
    "unevaluatedProperties",
    "additionalItems",
    "unevaluatedItems",
    "propertyNames",
    "minProperties",
    "maxProperties",
    "contains",
    "uniqueItems",
    "const",
    "required",
];

/// What the schema says beyond single fields.
pub(super) fn schema(old: &Form, new: &Form, teller: &mut Teller) {
    let (before, after) = (wide(&old.definition().schema), wide(&new.definition().schema));
    let places: BTreeSet<&(String, &str)> = before.keys().chain(after.keys()).collect();
    for place in places {
        let (was, now) = (before.get(place), after.get(place));
        if was == now {
            continue;
        }
        let (at, keyword) = place;
        let known = |path: &str| new.field(path).is_some() || old.field(path).is_some();
        // A field's own requirement and constant are told with the field.
        if *keyword == "required" && is_of_fields(at, was, now, &known) {
            continue;
        }
        let severity = if now.is_some() { Severity::Refuses } else { Severity::Safe };
        let title = Text::Plain(at.clone());
        teller.tell(
            &pointer::join(at, keyword),
            &title,
            severity,
            What::Schema { keyword: (*keyword).to_owned() },
        );
    }
}

/// True when every name that one list has and the other lacks is a field of the form.
fn is_of_fields(at: &str, was: Option<&&Value>, now: Option<&&Value>, known: &dyn Fn(&str) -> bool) -> bool {
    let names = |list: Option<&&Value>| -> BTreeSet<String> {
        let names = list.and_then(|list| list.as_array()).into_iter().flatten();
        names.filter_map(Value::as_str).map(str::to_owned).collect()
    };
    let mut path = String::new();
    let mut tokens = at.split('/').skip(1);
    while let Some(token) = tokens.next() {
        match token {
            "properties" => {
                path.push('/');
                path.push_str(tokens.next().unwrap_or(""));
            }
            "items" => path.push_str("/*"),
            _ => return false,
        }
    }
    let (was, now) = (names(was), names(now));
    was.symmetric_difference(&now).all(|name| known(&pointer::join(&path, name)))
}

/// Every such keyword of a schema, with where it stands; words for people do not count.
fn wide(schema: &Value) -> BTreeMap<(String, &str), &Value> {
    let mut found = BTreeMap::new();
    let mut open = vec![(String::new(), schema)];
    while let Some((at, schema)) = open.pop() {
        match schema {
            Value::Object(members) => {
                let names =
                    at.ends_with("/properties") || at.ends_with("/$defs") || at.ends_with("/definitions");
                for (key, value) in members {
                    let choice = matches!(key.as_str(), "oneOf" | "anyOf") && options(schema).is_some();
                    if !names && choice {
                        // Told with the field.
                    } else if !names && WIDE.contains(&key.as_str()) {
                        found.insert((at.clone(), key.as_str()), value);
                    } else if value.is_object()
                        || (value.is_array() && (key == "items" || key == "prefixItems"))
                    {
                        open.push((pointer::join(&at, key), value));
                    }
                }
            }
            Value::Array(items) => {
                open.extend(items.iter().enumerate().map(|(index, item)| (pointer::join(&at, index), item)));
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    found
}
