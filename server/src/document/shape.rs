//! Whether an app document is one, looked at by itself: sizes first, then every part, each problem with its address.

use std::collections::{BTreeMap, BTreeSet};

use api_types::DefinitionKind;
use form_engine::{Form, FormDefinition, Language, Problem, Text, pointer};
use serde_json::Value;

use super::{LISTS, private};
use crate::services::definition::{DRAFT_BYTES, check, kind_word};
use crate::services::department::is_key;

/// Definitions of one app, of all kinds.
const MOST_DEFINITIONS: usize = 300;
/// Departments, templates.
const MOST_BESIDE: usize = 200;
/// Sample answers, of all forms.
const MOST_SAMPLES: usize = 5_000;
/// Problems that are told; who made so many starts with these.
const MOST_PROBLEMS: usize = 1_000;

/// Everything that stands against `app`, however it is installed.
pub fn problems(app: &Value) -> Vec<Problem> {
    let mut problems = Vec::new();
    if !app.is_object() {
        return vec![Problem::new("app.kind", "", "expected an app document")];
    }
    head(app, &mut problems);
    too_many(app, &mut problems);
    if !problems.is_empty() {
        return problems;
    }
    let forms = definitions(app, &mut problems);
    departments(app, &mut problems);
    templates(app, &mut problems);
    if problems.is_empty() {
        samples(app, &forms, &mut problems);
    }
    problems.truncate(MOST_PROBLEMS);
    problems
}

fn head(app: &Value, problems: &mut Vec<Problem>) {
    if app.get("format").and_then(Value::as_u64) != Some(1) {
        problems.push(Problem::new("app.format", "/format", "expected 1"));
    }
    if app.get("kind").and_then(Value::as_str) != Some("app") {
        problems.push(Problem::new("app.kind", "/kind", "expected `app`"));
    }
    let key = app.get("key").and_then(Value::as_str).unwrap_or_default();
    if !is_key(key) {
        problems.push(Problem::new("app.key", "/key", format!("expected a key, found `{}`", shown(key))));
    }
    for name in ["title", "description"] {
        text(app.get(name), &format!("/{name}"), problems);
    }
    let lists = LISTS.iter().map(|(list, _)| *list).chain(["departments", "templates"]);
    for list in lists {
        if app.get(list).is_some_and(|value| !value.is_array()) {
            problems.push(Problem::new("app.shape", format!("/{list}"), "expected a list"));
        }
    }
    if app.get("samples").is_some_and(|samples| !samples.is_object()) {
        problems.push(Problem::new("app.shape", "/samples", "expected lists of answers by form"));
    }
}

/// Counted before anything is compiled: what a file may cost is bounded by what is looked at.
fn too_many(app: &Value, problems: &mut Vec<Problem>) {
    let count = |list: &str| app.get(list).and_then(Value::as_array).map_or(0, Vec::len);
    let all: usize = LISTS.iter().map(|(list, _)| count(list)).sum();
    if all > MOST_DEFINITIONS {
        let largest = LISTS.iter().map(|(list, _)| *list).max_by_key(|list| count(list)).unwrap_or("forms");
        let message = format!("expected at most {MOST_DEFINITIONS} definitions in an app, found {all}");
        problems.push(Problem::new("app.too_large", format!("/{largest}"), message));
    }
    for list in ["departments", "templates"] {
        if count(list) > MOST_BESIDE {
            let message = format!("expected at most {MOST_BESIDE}, found {}", count(list));
            problems.push(Problem::new("app.too_large", format!("/{list}"), message));
        }
    }
    let lists = app.get("samples").and_then(Value::as_object).into_iter().flatten();
    let samples: usize = lists.map(|(_, list)| list.as_array().map_or(0, Vec::len)).sum();
    if samples > MOST_SAMPLES {
        let message = format!("expected at most {MOST_SAMPLES} sample answers, found {samples}");
        problems.push(Problem::new("app.too_large", "/samples", message));
    }
}

/// Each definition by itself; the forms that compile.
fn definitions(app: &Value, problems: &mut Vec<Problem>) -> BTreeMap<String, Form> {
    let mut forms = BTreeMap::new();
    for (list, kind) in LISTS {
        let mut keys: BTreeSet<&str> = BTreeSet::new();
        for (index, one) in app.get(list).and_then(Value::as_array).into_iter().flatten().enumerate() {
            let place = format!("/{list}/{index}");
            let key = one.get("key").and_then(Value::as_str).unwrap_or_default();
            if one.get("kind").and_then(Value::as_str) != Some(kind_word(kind)) {
                let message = format!("expected `{}`", kind_word(kind));
                problems.push(Problem::new("app.kind", format!("{place}/kind"), message));
            }
            if !keys.insert(key) {
                let message = format!("`{}` stands here twice", shown(key));
                problems.push(Problem::new("app.key_twice", format!("{place}/key"), message));
            }
            if problems.len() < MOST_PROBLEMS {
                let found = one_definition(one, kind, &mut forms);
                problems.extend(found.into_iter().map(|problem| problem.under(&place)));
            }
        }
    }
    forms
}

fn one_definition(one: &Value, kind: DefinitionKind, forms: &mut BTreeMap<String, Form>) -> Vec<Problem> {
    if one.to_string().len() > DRAFT_BYTES {
        let message = format!("expected at most {DRAFT_BYTES} bytes");
        return vec![Problem::new("app.too_large", "", message)];
    }
    let mut problems = check(one);
    problems.extend(private::problems(one));
    if problems.is_empty()
        && kind == DefinitionKind::Form
        && let Some(form) = FormDefinition::parse(one).ok().and_then(|form| form_engine::compile(&form).ok())
    {
        forms.insert(form.key().to_owned(), form);
    }
    problems
}

fn departments(app: &Value, problems: &mut Vec<Problem>) {
    let mut keys = BTreeSet::new();
    for (index, one) in app.get("departments").and_then(Value::as_array).into_iter().flatten().enumerate() {
        let place = format!("/departments/{index}");
        keyed(one, "app.department", &place, &mut keys, problems);
        text(one.get("title"), &format!("{place}/title"), problems);
        if stands_above_itself(app, one) {
            let message = "a department cannot stand below itself";
            problems.push(Problem::new("app.department", format!("{place}/parent"), message));
        }
    }
}

/// Whether the way up from a department comes back to one it has passed.
fn stands_above_itself(app: &Value, one: &Value) -> bool {
    let list = app.get("departments").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let mut passed: Vec<&str> = Vec::new();
    let mut at = Some(one);
    while let Some(department) = at {
        let key = department.get("key").and_then(Value::as_str).unwrap_or_default();
        if passed.contains(&key) {
            return true;
        }
        passed.push(key);
        let parent = department.get("parent").and_then(Value::as_str);
        at = parent.and_then(|parent| {
            list.iter().find(|other| other.get("key").and_then(Value::as_str) == Some(parent))
        });
    }
    false
}

fn templates(app: &Value, problems: &mut Vec<Problem>) {
    let mut keys = BTreeSet::new();
    for (index, one) in app.get("templates").and_then(Value::as_array).into_iter().flatten().enumerate() {
        let place = format!("/templates/{index}");
        keyed(one, "app.template", &place, &mut keys, problems);
        for name in ["subject", "text"] {
            let at = format!("{place}/{name}");
            if one.get(name).is_none() {
                problems.push(Problem::new("app.template", at, format!("a template needs a `{name}`")));
            } else {
                text(one.get(name), &at, problems);
            }
        }
    }
}

fn keyed<'v>(
    one: &'v Value,
    code: &'static str,
    place: &str,
    keys: &mut BTreeSet<&'v str>,
    problems: &mut Vec<Problem>,
) {
    let key = one.get("key").and_then(Value::as_str).unwrap_or_default();
    let at = format!("{place}/key");
    if !is_key(key) {
        problems.push(Problem::new(code, at, format!("expected a key, found `{}`", shown(key))));
    } else if !keys.insert(key) {
        problems.push(Problem::new("app.key_twice", at, format!("`{key}` stands here twice")));
    }
}

fn text(value: Option<&Value>, path: &str, problems: &mut Vec<Problem>) {
    let is_text = value.is_none_or(|value| serde_json::from_value::<Text>(value.clone()).is_ok());
    if !is_text {
        problems.push(Problem::new("app.text", path, "expected text, or one text per language"));
    }
}

fn samples(app: &Value, forms: &BTreeMap<String, Form>, problems: &mut Vec<Problem>) {
    for (key, list) in app.get("samples").and_then(Value::as_object).into_iter().flatten() {
        let place = pointer::join("/samples", key);
        let Some(form) = forms.get(key) else {
            let message = format!("the app has no form `{}`", shown(key));
            problems.push(Problem::new("app.sample", place, message));
            continue;
        };
        for (index, sample) in list.as_array().into_iter().flatten().enumerate() {
            let at = pointer::join(&place, index);
            if ago_ms(sample).is_none() {
                let message = "expected how long ago, such as `{\"now\": \"-35d\"}`";
                problems.push(Problem::new("app.sample", format!("{at}/created_at"), message));
            }
            let data = form.normalise(sample.get("data").cloned().unwrap_or_default());
            if let Err(found) = form.validate(data, Language::En) {
                problems.extend(found.into_iter().map(|problem| problem.under(&format!("{at}/data"))));
            }
            if problems.len() >= MOST_PROBLEMS {
                return;
            }
        }
    }
}

/// How long ago a sample was given, in milliseconds; none where it does not say.
pub fn ago_ms(sample: &Value) -> Option<i64> {
    let now = sample.pointer("/created_at/now").and_then(Value::as_str)?;
    let (number, unit) = now.strip_prefix('-')?.split_at_checked(now.len().checked_sub(2)?)?;
    let number: i64 = number.parse().ok().filter(|number| (0..1_000_000).contains(number))?;
    let unit = match unit {
        "m" => 60_000,
        "h" => 3_600_000,
        "d" => 86_400_000,
        _ => return None,
    };
    Some(number * unit)
}

/// What was found, as far as it helps.
fn shown(text: &str) -> String {
    text.chars().take(80).collect()
}
