//! The audit log: what people did is there with before and after, in a chain that shows what was done to it.

use axum::http::StatusCode;
use huiyin::error::ApiError;
use huiyin::services::audit;
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};

use crate::support::house::{House, on_each_database};

async fn log(house: &House, query: &str) -> Vec<Value> {
    let answer = house.ask("admin", "GET", &format!("/api/v1/audit?{query}"), None).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    answer.body["items"].as_array().expect("lines").clone()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_people_do_is_written_down_with_before_and_after() {
    on_each_database(async |house| {
        let receipt = house
            .answer("complaint", json!({"text": "kaputt", "about": "product", "contact": "a@b.example"}))
            .await
            .expect("taken");
        let path = format!("/api/v1/submissions/{}", receipt.id);
        let changed = house.ask("owner", "PATCH", &path, Some(&json!({"data": {"/text": "heil"}}))).await;
        assert_eq!(changed.status, StatusCode::OK, "{}", changed.text);
        assert_eq!(changed.body["data"]["text"], "heil");
        let lines = log(&house, &format!("subject={}", receipt.id)).await;
        assert_eq!(lines.len(), 1, "{lines:?}");
        assert_eq!((&lines[0]["action"], &lines[0]["actor_name"]), (&json!("changed"), &json!("owner")));
        assert_eq!(lines[0]["before"], json!({"/text": "kaputt"}));
        assert_eq!(lines[0]["after"], json!({"/text": "heil"}));
        // Nothing was changed, so there is nothing to tell.
        house.ask("owner", "PATCH", &path, Some(&json!({"data": {"/text": "heil"}}))).await;
        assert_eq!(log(&house, &format!("subject={}", receipt.id)).await.len(), 1);
        // Who takes data away is known, and who was refused left no line.
        house.ask("viewer", "GET", "/api/v1/forms/complaint/export.csv", None).await;
        assert!(log(&house, "kind=form").await.is_empty());
        let file = house.ask("owner", "GET", "/api/v1/forms/complaint/export.csv", None).await;
        assert!(file.text.contains("heil"), "{}", file.text);
        assert_eq!(log(&house, "kind=form").await[0]["action"], "exported");
        // An erased submission leaves its line, without what it said.
        assert_eq!(house.ask("owner", "DELETE", &path, None).await.status, StatusCode::NO_CONTENT);
        let lines = log(&house, &format!("subject={}", receipt.id)).await;
        assert_eq!(lines[0]["action"], "erased");
        assert_eq!((lines[0].get("before"), lines[0].get("after")), (None, None));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn somebody_who_was_quicker_is_not_overwritten() {
    on_each_database(async |house| {
        let receipt =
            house.answer("complaint", json!({"text": "a", "about": "product"})).await.expect("taken");
        let path = format!("/api/v1/submissions/{}", receipt.id);
        let seen = house.ask("owner", "GET", &path, None).await.body["updated_at"].clone();
        house.hand.advance_ms(1_000);
        let change = |text: &str| json!({"data": {"/text": text}, "updated_at": seen});
        let first = house.ask("owner", "PATCH", &path, Some(&change("b"))).await;
        assert_eq!(first.status, StatusCode::OK, "{}", first.text);
        let second = house.ask("admin", "PATCH", &path, Some(&change("c"))).await;
        assert_eq!(second.status, StatusCode::CONFLICT, "{}", second.text);
        let wrong = house.ask("admin", "PATCH", &path, Some(&json!({"data": {"/about": "nonsense"}}))).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", wrong.text);
        let unknown = house.ask("admin", "PATCH", &path, Some(&json!({"data": {"/nothing": 1}}))).await;
        assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", unknown.text);
    })
    .await;
}

async fn at_the_database(house: &House, statement: String) -> Result<(), ApiError> {
    let done = house.app.writer.run(None, move |batch| {
        let statement = statement.clone();
        Box::pin(async move { Ok(batch.write().execute_unprepared(&statement).await.map(drop)?) })
    });
    done.await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn lines_stay_and_a_changed_one_is_found() {
    on_each_database(async |house| {
        for name in ["a", "b", "c", "d"] {
            house.ask("owner", "POST", "/api/v1/tokens", Some(&json!({"name": name}))).await;
        }
        let whole = house.ask("admin", "GET", "/api/v1/audit/check", None).await;
        assert!(whole.body["lines"].as_i64() >= Some(4), "{}", whole.text);
        assert_eq!(whole.body.get("broken_at"), None, "{}", whole.text);
        for touched in ["update audit set title = 'x' where seq = 2", "delete from audit where seq = 2"] {
            assert!(at_the_database(&house, touched.to_owned()).await.is_err(), "{touched}");
        }
        // Somebody at the database takes the guard away; the chain still tells.
        let guard = match house.app.db.is_shared() {
            true => "drop trigger audit_kept on audit",
            false => "drop trigger audit_kept",
        };
        at_the_database(&house, guard.to_owned()).await.expect("gone");
        let second = whole.body["lines"].as_i64().expect("a number") - 2;
        let touched = format!("update audit set title = 'x' where seq = {second}");
        at_the_database(&house, touched).await.expect("changed");
        let found = audit::check(house.app.db.read(), house.team).await.expect("reads");
        assert_eq!(found.broken_at, Some(second));
    })
    .await;
}
