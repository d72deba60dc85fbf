//! Forms written for other tools: brought over, published, opened and answered as any form is.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::support::house::{House, on_each_database};

const FORMS: &str = include_str!("../../../form-engine/tests/data/json-schema-forms.json");
const VERDICTS: &str = include_str!("../../../form-engine/tests/data/json-schema-forms.verdicts.json");

async fn published(house: &House, key: &str, entry: &Value) {
    let asked = json!({"key": key, "text": entry.to_string()});
    let converted = house.ask("designer", "POST", "/api/v1/form-starters/convert", Some(&asked)).await;
    assert_eq!(converted.status, StatusCode::OK, "{key}: {}", converted.text);
    let new = json!({"app": "care", "document": converted.body["form"]});
    let draft = house.ask("designer", "POST", "/api/v1/definitions", Some(&new)).await;
    assert_eq!(draft.status, StatusCode::CREATED, "{key}: {}", draft.text);
    let path = format!("/api/v1/definitions/{}/publish", draft.body["id"].as_str().expect("an id"));
    let rev = json!({"rev": draft.body["rev"]});
    let done = house.ask("designer", "POST", &path, Some(&rev)).await;
    assert_eq!(done.status, StatusCode::OK, "{key}: {}", done.text);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn forms_of_other_tools_are_published_opened_and_take_their_own_samples() {
    let entries: Vec<Value> = serde_json::from_str(FORMS).expect("the corpus");
    let verdicts: Vec<Value> = serde_json::from_str(VERDICTS).expect("the verdicts");
    on_each_database(async |house| {
        let mut taken = 0;
        for (index, (entry, verdict)) in entries.iter().zip(&verdicts).enumerate() {
            let key = format!("foreign-{index}");
            let name = &entry["name"];
            published(&house, &key, entry).await;
            for language in ["zh", "en"] {
                let page = house
                    .send("", "GET", &format!("/f/{key}"), &[("accept-language", language)], Vec::new())
                    .await;
                assert_eq!(page.status, StatusCode::OK, "{name}: {}", page.text);
                assert!(page.text.contains("<form"), "{name}: {}", page.text);
            }
            let Some(sample) = ["data", "formData"].iter().find_map(|word| entry.get(*word)) else {
                continue;
            };
            // RFC 3339 knows no time without an offset, and a form asserts formats.
            if verdict["valid"] != true || name == "dates" {
                continue;
            }
            let answer = house
                .send(
                    "",
                    "POST",
                    &format!("/api/v1/public/forms/{key}/submissions"),
                    &[("content-type", "application/json")],
                    sample.to_string().into_bytes(),
                )
                .await;
            assert_eq!(answer.status, StatusCode::CREATED, "{name}: {}\n{sample}", answer.text);
            taken += 1;
        }
        assert!(taken > 50, "only {taken} samples were taken");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_no_form_is_refused_with_its_place() {
    on_each_database(async |house| {
        let schema = r#"{"type": "object", "properties": {"a": {"type": "strnig"}}}"#;
        for (text, code) in [
            ("{", "definition.json"),
            ("[]", "ui.unknown"),
            (r#"{"name": "x"}"#, "ui.unknown"),
            (schema, "form.schema_invalid"),
        ] {
            let asked = json!({"key": "sheet", "text": text});
            let refused = house.ask("designer", "POST", "/api/v1/form-starters/convert", Some(&asked)).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{text}: {}", refused.text);
            assert_eq!(refused.body["problems"][0]["code"], code, "{text}: {}", refused.text);
        }
    })
    .await;
}
