//! What home tells of an answer.

use api_types::{FormView, SubmissionView};
use serde_json::{Value, json};
use studio::pages::home::model::voices;

fn form() -> FormView {
    let field = |path: &str, control: &str, options: Value| json!({"path": path, "title": path, "control": control, "type": "text", "options": options});
    serde_json::from_value(json!({
        "key": "nps", "app": "care", "definition": "d", "title": "NPS", "ticket": false, "version": 1,
        "submissions": 2, "verbs": [], "fields": [
            field("/score", "nps", json!([{"value": 10, "label": "surely"}])),
            field("/reason", "long_text", json!([])),
            field("/region", "drop_down", json!([{"value": "east", "label": "East"}])),
            field("/product", "drop_down", json!([{"value": "water", "label": "Water filter"}])),
        ]
    }))
    .expect("a form")
}

fn answer(data: &Value) -> SubmissionView {
    serde_json::from_value(json!({
        "id": "s", "form": "nps", "number": 1, "data": data, "state": null, "assignee": null, "department": null,
        "customer": null, "channel": "web", "created_at": "2026-11-23T03:18:44Z",
        "updated_at": "2026-11-23T03:18:44Z", "version": 1
    }))
    .expect("a submission")
}

#[test]
fn an_answer_is_told_by_its_score_its_words_and_its_choices() {
    let full =
        answer(&json!({"score": 10, "reason": " quiet at last ", "region": "east", "product": "water"}));
    let bare = answer(&json!({"score": 3, "reason": "  ", "region": "gone"}));
    let told = voices(&[full, bare], &form(), "/score");
    assert_eq!(
        told.iter().map(|one| (one.score, one.said.as_deref(), one.about.as_deref())).collect::<Vec<_>>(),
        [(Some(10), Some("quiet at last"), Some("East · Water filter")), (Some(3), None, None)]
    );
}
