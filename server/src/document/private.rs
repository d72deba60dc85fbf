//! What stays at home: ids of people, and addresses of webhooks that are keys as well.
//!
//! What a flow says of a person becomes a rule that any team can follow; of a webhook only the host is left.

use form_engine::{Problem, pointer};
use serde_json::{Value, json};

use super::references::{Target, references};

/// A problem for every person a definition names.
pub fn problems(definition: &Value) -> Vec<Problem> {
    let people = references(definition).into_iter().filter(|reference| reference.target == Target::Person);
    let refuse = |path: String| {
        Problem::new(
            "app.person",
            path,
            "people differ from team to team: expected a role, a department or its head",
        )
    };
    people.map(|reference| refuse(reference.path)).collect()
}

/// The definition as it may leave the team.
#[must_use]
pub fn outward(definition: Value) -> Value {
    let mut definition = without_people(definition);
    if definition.get("kind").and_then(Value::as_str) == Some("flow") {
        hide_keys(&mut definition);
    }
    definition
}

/// Whoever knows the whole address of a webhook may send to it.
fn hide_keys(value: &mut Value) {
    match value {
        Value::Object(members) => {
            if let Some(url) = members.get_mut("webhook").and_then(|webhook| webhook.get_mut("url"))
                && let Some(host) = url.as_str().and_then(host)
            {
                *url = host.into();
            }
            members.values_mut().for_each(hide_keys);
        }
        Value::Array(items) => items.iter_mut().for_each(hide_keys),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// `https://hooks.example/` of `https://user:word@hooks.example/services/T0/x?token=…`; none where nothing is hidden in it.
fn host(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let host = rest[..end].rsplit('@').next().unwrap_or_default();
    let bare = format!("{scheme}://{host}/");
    (bare != url && bare.trim_end_matches('/') != url).then_some(bare)
}

/// The definition without people: who was named becomes whoever looks after the team, the head of the department,
/// the one who asked.
fn without_people(mut definition: Value) -> Value {
    let people: Vec<String> = references(&definition)
        .into_iter()
        .filter(|reference| reference.target == Target::Person)
        .filter_map(|reference| reference.path.strip_suffix("/user").map(str::to_owned))
        .collect();
    for holder in people {
        match holder.rsplit('/').next().unwrap_or_default() {
            "nobody" => {
                pointer::set(&mut definition, &holder, json!("administrator"));
            }
            "to" => {
                pointer::set(&mut definition, &holder, json!("head"));
            }
            "of" | "manager" | "managers" => {
                pointer::set(&mut definition, &holder, json!("starter"));
            }
            _ => {
                let rule = pointer::get_mut(&mut definition, &holder).and_then(Value::as_object_mut);
                if let Some(rule) = rule {
                    rule.shift_remove("user");
                    rule.insert("role".to_owned(), json!("admin"));
                }
            }
        }
    }
    definition
}
