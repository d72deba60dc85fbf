//! Forms written for other renderers: each compiles, gets a labelled control per leaf, and takes its sample data.

use form_engine::{FormDefinition, compile};
use serde_json::Value;

struct Entry {
    name: String,
    schema: Value,
}

fn entries() -> Vec<Entry> {
    let document: Value = serde_json::from_str(include_str!("../data/json-schema-forms.json")).unwrap();
    let list = match document {
        Value::Array(list) => list,
        Value::Object(members) => {
            members.into_iter().find_map(|(_, value)| value.as_array().cloned()).unwrap()
        }
        other => panic!("unexpected corpus {other}"),
    };
    list.into_iter()
        .map(|mut entry| Entry {
            name: entry["name"].as_str().unwrap().to_owned(),
            schema: entry["schema"].take(),
        })
        .collect()
}

#[test]
fn every_form_compiles_with_labels() {
    let mut refused = Vec::new();
    for entry in entries() {
        match compile(&FormDefinition::from_schema(entry.schema)) {
            Ok(form) => {
                assert!(!form.fields().is_empty(), "{} has no field", entry.name);
                for field in form.fields() {
                    assert!(!field.title.is_empty(), "{} {} has no label", entry.name, field.path);
                }
            }
            Err(problems) => refused.push((entry.name, problems)),
        }
    }
    assert!(refused.is_empty(), "{refused:#?}");
}
