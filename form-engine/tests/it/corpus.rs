//! Forms written for other renderers: each compiles, gets a labelled control per leaf, and takes its sample data.

use form_engine::{FormDefinition, Language, compile};
use serde_json::Value;

struct Entry {
    name: String,
    schema: Value,
    data: Option<Value>,
}

fn entries() -> Vec<Entry> {
    let list: Vec<Value> = serde_json::from_str(include_str!("../data/json-schema-forms.json")).unwrap();
    list.into_iter()
        .map(|mut entry| Entry {
            name: entry["name"].as_str().unwrap().to_owned(),
            data: ["data", "formData"].iter().find_map(|key| entry.get(*key).cloned()),
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

/// The verdict is the standard's: an independent validator judged the samples beforehand.
#[test]
fn every_sample_is_judged_as_the_standard_says() {
    let expected: Vec<Value> =
        serde_json::from_str(include_str!("../data/json-schema-forms.verdicts.json")).unwrap();
    for (entry, expected) in entries().into_iter().zip(expected) {
        assert_eq!(entry.name, expected["name"]);
        let Some(data) = entry.data else { continue };
        let form = compile(&FormDefinition::from_schema(entry.schema)).unwrap();
        let verdict = form.validate(data, Language::En);
        assert_eq!(verdict.is_ok(), expected["valid"] == true, "{}: {verdict:#?}", entry.name);
        if let Err(problems) = verdict {
            assert!(!problems.is_empty(), "{} is invalid without a problem", entry.name);
        }
    }
}
