//! Ids of people stay at home: what a flow says of a person becomes a rule that any team can follow.

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

/// The definition without people: who was named becomes whoever looks after the team, the head of the department,
/// the one who asked.
#[must_use]
pub fn without(mut definition: Value) -> Value {
    let people: Vec<String> = references(&definition)
        .into_iter()
        .filter(|reference| reference.target == Target::Person)
        .filter_map(|reference| reference.path.strip_suffix("/user").map(str::to_owned))
        .collect();
    for holder in people {
        let role = || json!("admin");
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
                    rule.insert("role".to_owned(), role());
                }
            }
        }
    }
    definition
}
