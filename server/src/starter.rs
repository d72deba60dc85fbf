//! The apps that come with the server, as every team can import them, and the ready forms a new one can begin with.
//!
//! Only the documents; installing and saving them is the same that users have.

use std::sync::LazyLock;

use api_types::FormStarter;

/// The app `care` as JSON. Answers under `samples` carry `created_at` relative to now
/// (`{"now": "-35d"}`) and start nothing: no flow, no mail.
pub const CARE: &str = include_str!("starter/care.json");

/// Ready forms, what is asked most first.
const FORMS: [&str; 24] = [
    include_str!("starter/forms/nps.json"),
    include_str!("starter/forms/csat.json"),
    include_str!("starter/forms/ces.json"),
    include_str!("starter/forms/product-feedback.json"),
    include_str!("starter/forms/website-feedback.json"),
    include_str!("starter/forms/market-research.json"),
    include_str!("starter/forms/complaint.json"),
    include_str!("starter/forms/suggestion.json"),
    include_str!("starter/forms/contact-us.json"),
    include_str!("starter/forms/event-sign-up.json"),
    include_str!("starter/forms/event-feedback.json"),
    include_str!("starter/forms/appointment.json"),
    include_str!("starter/forms/order-form.json"),
    include_str!("starter/forms/repair-request.json"),
    include_str!("starter/forms/inspection-checklist.json"),
    include_str!("starter/forms/leave-request.json"),
    include_str!("starter/forms/expense-claim.json"),
    include_str!("starter/forms/job-application.json"),
    include_str!("starter/forms/employee-pulse.json"),
    include_str!("starter/forms/onboarding-feedback.json"),
    include_str!("starter/forms/exit-interview.json"),
    include_str!("starter/forms/course-evaluation.json"),
    include_str!("starter/forms/quiz.json"),
    include_str!("starter/forms/health-declaration.json"),
];

static FORM_STARTERS: LazyLock<Vec<FormStarter>> = LazyLock::new(|| {
    FORMS.iter().map(|text| serde_json::from_str(text).expect("a test reads every ready form")).collect()
});

/// Ready forms to begin a new one with, in both languages.
pub fn form_starters() -> &'static [FormStarter] {
    &FORM_STARTERS
}

/// An app that comes with the server.
pub struct Starter {
    /// Its key.
    pub key: &'static str,
    /// The app document.
    pub document: &'static str,
}

/// All of them, in the order the gallery shows them.
pub const ALL: [Starter; 9] = [
    Starter { key: "care", document: CARE },
    Starter { key: "csat-service", document: include_str!("starter/csat-service.json") },
    Starter { key: "complaint-desk", document: include_str!("starter/complaint-desk.json") },
    Starter { key: "suggestion-box", document: include_str!("starter/suggestion-box.json") },
    Starter { key: "event-signup", document: include_str!("starter/event-signup.json") },
    Starter { key: "repairs", document: include_str!("starter/repairs.json") },
    Starter { key: "leave", document: include_str!("starter/leave.json") },
    Starter { key: "sales-leads", document: include_str!("starter/sales-leads.json") },
    Starter { key: "inspection", document: include_str!("starter/inspection.json") },
];

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
    fn every_app_is_whole_and_says_everything_in_both_languages() {
        for starter in &super::ALL {
            let app: Value = serde_json::from_str(starter.document).expect("the app is JSON");
            assert_eq!(app["key"], starter.key);
            let problems = crate::document::shape::problems(&app);
            assert!(problems.is_empty(), "{}: {problems:#?}", starter.key);
            both(&app, starter.key, "");
        }
    }

    /// Whatever has a text in one language has it in the other, and another one.
    fn both(value: &Value, app: &str, path: &str) {
        if let Some(zh) = value.get("zh") {
            let en = value.get("en").unwrap_or_else(|| panic!("{app} {path} has no English"));
            let is_filled = |text: &Value| text.as_str().is_some_and(|text| !text.is_empty());
            assert!(is_filled(zh) && is_filled(en), "{app} {path}");
            let is_only_a_field =
                zh.as_str().is_some_and(|text| text.starts_with("{{") && text.ends_with("}}"));
            assert!(zh != en || is_only_a_field, "{app} {path} is the same in both languages");
        }
        let inner: Vec<(String, &Value)> = match value {
            Value::Object(members) => members.iter().map(|(name, value)| (name.clone(), value)).collect(),
            Value::Array(items) => {
                items.iter().enumerate().map(|(at, value)| (at.to_string(), value)).collect()
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
        };
        for (name, member) in inner {
            both(member, app, &format!("{path}/{name}"));
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

    #[test]
    fn ready_forms_compile_are_written_in_both_languages_and_have_no_finding() {
        let starters = super::form_starters();
        assert!(starters.len() >= 20);
        let mut words = BTreeSet::new();
        for starter in starters {
            let word = &starter.word;
            assert!(words.insert(word.clone()), "{word} twice");
            assert_eq!(starter.form["key"], word.as_str());
            for language in ["zh", "en"] {
                assert!(starter.about[language].as_str().is_some_and(|text| !text.is_empty()), "{word}");
            }
            let definition = FormDefinition::parse(&starter.form)
                .unwrap_or_else(|problems| panic!("{word}: {problems:#?}"));
            let form =
                form_engine::compile(&definition).unwrap_or_else(|problems| panic!("{word}: {problems:#?}"));
            assert_eq!(form_engine::review(&form), [], "{word}");
            assert_eq!(crate::services::definition::check(&starter.form), [], "{word} can be published");
            for field in form.fields() {
                assert_ne!(field.title.get("zh"), field.title.get("en"), "{word} {}", field.path);
            }
            // What only words between questions say is not reviewed.
            for (_, words) in form.pages().iter().flat_map(|page| &page.texts) {
                assert_ne!(words.get("zh"), words.get("en"), "{word}");
            }
        }
    }
}
