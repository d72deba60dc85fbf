//! Options that only so many may choose: held when everybody chooses at once, shown as full without script.

use std::sync::Arc;

use axum::http::StatusCode;
use huiyin::error::ApiError;
use serde_json::{Value, json};

use crate::support::house::{House, on_each_database};

const ENGLISH: [(&str, &str); 1] = [("accept-language", "en")];

/// An event with a morning for `limit` and an evening for everybody.
fn event(limit: u32) -> String {
    let document: Value = json!({"format": 1, "kind": "app", "key": "events", "title": "Events", "forms": [
        {"format": 1, "kind": "form", "key": "event", "title": "Event",
         "schema": {"type": "object", "required": ["session"], "properties": {
            "session": {"type": "string", "enum": ["morning", "evening"]},
            "extras": {"type": "array", "items": {"type": "string", "enum": ["lunch", "tour"]}}}},
         "layout": {"pages": [{"items": [
            {"field": "/session", "control": "single", "options": {"morning": {"zh": "上午", "en": "In the morning"}}},
            {"field": "/extras", "control": "multiple"}]}]},
         "publish": {"slug": "event", "option_quotas": {"/session": {"morning": limit}, "/extras": {"tour": limit}}}}]});
    document.to_string()
}

fn is_full(outcome: &Result<api_types::Receipt, ApiError>, place: &str) -> bool {
    matches!(outcome, Err(ApiError::Invalid(problems))
        if problems.iter().all(|problem| problem.code == "form.option_full" && problem.path == place))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_quota_holds_when_everybody_chooses_at_once() {
    on_each_database(async |house| {
        house.install(&event(5)).await;
        let house = Arc::new(house);
        let mut sent = Vec::new();
        for turn in 0..40 {
            let house = house.clone();
            sent.push(tokio::spawn(async move {
                let session = if turn % 4 == 3 { "evening" } else { "morning" };
                (session, house.answer("event", json!({"session": session})).await)
            }));
        }
        let (mut mornings, mut evenings) = (0, 0);
        for one in sent {
            match one.await.expect("answers") {
                ("evening", outcome) => evenings += usize::from(outcome.is_ok()),
                (_, Ok(_)) => mornings += 1,
                (_, refused) => assert!(is_full(&refused, "/session"), "{refused:?}"),
            }
        }
        assert_eq!((mornings, evenings), (5, 10));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_nodes_on_one_database_give_no_place_twice() {
    on_each_database(async |house| {
        if !house.app.db.is_shared() {
            return;
        }
        house.install(&event(7)).await;
        let other = house.second_node().await;
        let both = futures(&house, &other).await;
        assert_eq!(both, 7);
    })
    .await;
}

async fn futures(house: &House, other: &huiyin::app::App) -> usize {
    let mut taken = 0;
    for _ in 0..12 {
        let (here, there) = tokio::join!(
            house.answer_at(&house.app, "event", json!({"session": "morning"}), None),
            house.answer_at(other, "event", json!({"session": "morning"}), None)
        );
        taken += usize::from(here.is_ok()) + usize::from(there.is_ok());
    }
    taken
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_place_given_up_is_free_again_and_a_place_kept_stays() {
    on_each_database(async |house| {
        house.install(&event(1)).await;
        let morning = json!({"session": "morning", "extras": ["lunch", "tour"]});
        let first = house.answer("event", morning.clone()).await.expect("there is room");
        let late = house.answer("event", json!({"session": "evening", "extras": ["tour"]})).await;
        assert!(is_full(&late, "/extras"), "{late:?}");
        let edit = async |id: &str, data: Value| {
            let path = format!("/api/v1/submissions/{id}");
            house.ask("owner", "PATCH", &path, Some(&json!({"data": data}))).await
        };
        // What has its place may be edited around it.
        let around = edit(&first.id, json!({"/extras": ["tour"]})).await;
        assert_eq!(around.status, StatusCode::OK, "{}", around.text);
        let second = house.answer("event", json!({"session": "evening"})).await.expect("there is room");
        let moved = edit(&second.id, json!({"/session": "morning"})).await;
        assert_eq!(moved.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", moved.text);
        assert!(moved.text.contains("form.option_full"), "{}", moved.text);
        // Given up by an edit, by erasing, and counted afresh by a new version.
        assert_eq!(edit(&first.id, json!({"/session": "evening"})).await.status, StatusCode::OK);
        let third = house.answer("event", json!({"session": "morning"})).await.expect("given up");
        assert!(is_full(&house.answer("event", json!({"session": "morning"})).await, "/session"));
        let erased = house.ask("owner", "DELETE", &format!("/api/v1/submissions/{}", third.id), None).await;
        assert!(erased.status.is_success(), "{}", erased.text);
        house.answer("event", json!({"session": "morning"})).await.expect("erased");
        house.install(&event(2)).await;
        house.answer("event", json!({"session": "morning"})).await.expect("one more place");
        assert!(is_full(&house.answer("event", json!({"session": "morning"})).await, "/session"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_full_is_said_on_the_page_without_script() {
    on_each_database(async |house| {
        house.install(&event(1)).await;
        let page = async || house.send("", "GET", "/f/event", &ENGLISH, Vec::new()).await.text;
        assert!(!page().await.contains("Full"), "{}", page().await);
        house.answer("event", json!({"session": "morning"})).await.expect("there is room");
        let full = page().await;
        assert!(full.contains(">Full<") && full.contains("disabled"), "{full}");
        let body = "%2Fsession=morning&_nonce=n&_seen=%2Fsession+%2Fextras";
        let form = [("content-type", "application/x-www-form-urlencoded"), ("accept-language", "en")];
        let late = house.send("", "POST", "/f/event", &form, body.as_bytes().to_vec()).await;
        assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(late.text.contains("“In the morning” is full; please choose another"), "{}", late.text);
        let chinese = house.send("", "GET", "/f/event", &[("accept-language", "zh")], Vec::new()).await;
        assert!(chinese.text.contains("已满"), "{}", chinese.text);
    })
    .await;
}
