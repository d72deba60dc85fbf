//! The starter app, as every team can import it.
//!
//! Only the document; installing it is the same import that users have.

/// The app `care` as JSON. Answers under `samples` carry `created_at` relative to now
/// (`{"now": "-35d"}`) and start nothing: no flow, no mail.
pub const CARE: &str = include_str!("starter/care.json");

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use form_engine::{Form, FormDefinition, Language};
    use serde_json::Value;

    fn app() -> Value {
        serde_json::from_str(super::CARE).expect("the app is JSON")
    }

    fn list<'a>(app: &'a Value, name: &str) -> &'a [Value] {
        app[name].as_array().expect("a list")
    }

    fn form(app: &Value, key: &str) -> Form {
        let document = list(app, "forms").iter().find(|form| form["key"] == key).expect("the form");
        let definition =
            FormDefinition::parse(document).unwrap_or_else(|problems| panic!("{key}: {problems:#?}"));
        form_engine::compile(&definition).unwrap_or_else(|problems| panic!("{key}: {problems:#?}"))
    }

    #[test]
    fn every_form_compiles_in_both_languages() {
        let app = app();
        for document in list(&app, "forms") {
            let form = form(&app, document["key"].as_str().expect("a key"));
            for page in form.pages() {
                for field in &page.items {
                    assert_ne!(field.title.get("zh"), field.title.get("en"), "{} {}", form.key(), field.path);
                    for option in &field.options {
                        let numeric = option.value.is_number();
                        assert!(
                            numeric || option.label.get("zh") != option.label.get("en"),
                            "{} {:?}",
                            field.path,
                            option
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn every_sample_is_a_valid_answer_with_a_time_in_the_past() {
        let app = app();
        let nps = form(&app, "nps");
        let samples = list(&app["samples"], "nps");
        assert!(samples.len() >= 300);
        for sample in samples {
            let problems = nps.validate(sample["data"].clone(), Language::Zh).err();
            assert!(problems.is_none(), "{sample}: {problems:?}");
            let at = sample["created_at"]["now"].as_str().expect("a time relative to now");
            assert!(at.starts_with('-') && at.ends_with('h'), "{at}");
        }
    }

    #[test]
    fn every_dashboard_is_well_formed_and_asks_known_datasets() {
        let app = app();
        let keys: BTreeSet<&str> =
            list(&app, "forms").iter().filter_map(|form| form["key"].as_str()).collect();
        for document in list(&app, "dashboards") {
            let board =
                report_engine::Dashboard::parse(document).unwrap_or_else(|problems| panic!("{problems:#?}"));
            for tile in &board.tiles {
                let dataset = tile.query.dataset.as_str();
                assert!(dataset.starts_with('$') || keys.contains(dataset), "{} asks `{dataset}`", tile.key);
            }
        }
    }
}
