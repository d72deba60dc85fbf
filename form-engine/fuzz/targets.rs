//! What hostile bytes are given to. Shared by `cargo fuzz` and by the tests, which replay what was saved.
//!
//! A target panics when something that must always hold does not.

use std::sync::Arc;

use form_engine::{
    Form, FormDefinition, Language, Names, Problem, Script, ScriptScope, UiForm, change, compile, review,
};
use serde_json::{Value, json};

/// What takes the bytes.
pub type Target = fn(&[u8]);

/// Every target by its name, which is also the folder of its corpus.
pub const TARGETS: [(&str, Target); 5] = [
    ("schema", schema),
    ("definition", definition),
    ("submission", submission),
    ("script", script),
    ("ui_schema", ui_schema),
];

/// A bare schema is published or refused with reasons; what is published judges any document.
pub fn schema(bytes: &[u8]) {
    let Ok(schema) = serde_json::from_slice::<Value>(bytes) else { return };
    match compile(&FormDefinition::from_schema(schema.clone())) {
        Ok(form) => {
            [json!({}), json!(null), json!([1, "x"]), schema].into_iter().for_each(|data| judge(&form, data))
        }
        Err(problems) => expect_reasons(&problems),
    }
}

/// A form definition likewise.
pub fn definition(bytes: &[u8]) {
    let Ok(document) = serde_json::from_slice::<Value>(bytes) else { return };
    match FormDefinition::parse(&document).and_then(|definition| compile(&definition)) {
        Ok(form) => {
            [json!({}), document].into_iter().for_each(|data| judge(&form, data));
            assert_eq!(change(&form, &form, &[]).changes, [], "nothing changed");
            review(&form).iter().for_each(|finding| expect_reasons(std::slice::from_ref(&finding.problem)));
        }
        Err(problems) => expect_reasons(&problems),
    }
}

/// Documents for a form with rules, choices and nested parts.
pub fn submission(bytes: &[u8]) {
    let Ok(data) = serde_json::from_slice::<Value>(bytes) else { return };
    let document = serde_json::from_str(include_str!("form.json")).expect("a JSON file");
    let definition = FormDefinition::parse(&document).expect("the form is well formed");
    judge(&compile(&definition).expect("the form compiles"), data);
}

/// `{"schema", "ui"}`: whatever the ui schema says, the form of the schema alone comes of it, and compiles.
pub fn ui_schema(bytes: &[u8]) {
    let Ok(given) = serde_json::from_slice::<Value>(bytes) else { return };
    let (schema, ui) = (given.get("schema").unwrap_or(&Value::Null), given.get("ui").unwrap_or(&Value::Null));
    let alone = UiForm::read("form", schema, &Value::Null, &Value::Null);
    match UiForm::read("form", schema, ui, given.get("words").unwrap_or(&Value::Null)) {
        Ok(read) => {
            assert!(alone.is_ok(), "the ui schema made a form of a schema that is none");
            let form = compile(&read.definition).expect("what was read compiles");
            judge(&form, json!({}));
        }
        Err(problems) => {
            expect_reasons(&problems);
            assert!(alone.is_err(), "the ui schema stood against the form");
        }
    }
}

/// A script compiles or says why not, and always ends.
pub fn script(bytes: &[u8]) {
    let Ok(source) = std::str::from_utf8(bytes) else { return };
    let names = Arc::new(Names::new(["score".to_owned(), "plan".to_owned(), "列".to_owned()], ["tries"]));
    let Ok(script) = Script::compile(source, &names) else { return };
    let mut scope = ScriptScope::new(&names);
    scope.set_data(&json!({"score": 3, "plan": "pro", "列": ["a", {"n": 1}]}));
    // A value or a reason: both are fine, time without end is not.
    script.evaluate(&mut scope).ok();
    script.holds(&mut scope).ok();
}

fn judge(form: &Form, data: Value) {
    let normal = form.normalise(data.clone());
    assert_eq!(form.normalise(normal.clone()), normal, "normalising twice is not normalising once");
    if let Err(problems) = form.validate(data, Language::Zh) {
        expect_reasons(&problems);
        assert!(problems.len() <= 50, "{} problems", problems.len());
    }
}

fn expect_reasons(problems: &[Problem]) {
    assert!(!problems.is_empty(), "refused without a reason");
    assert!(
        problems.iter().all(|problem| problem.path.is_empty() || problem.path.starts_with('/')),
        "{problems:?}"
    );
}
