//! Publishing: what runs goes on as it began, what begins follows the new version.

use axum::http::StatusCode;
use huiyin::store;
use serde_json::{Value, json};

use crate::support::house::{HOUR_MS, House, on_each_database};

/// Changes a definition and publishes it.
async fn publish(house: &House, kind: &str, key: &str, change: impl FnOnce(&mut Value)) {
    let (path, rev) = house.change_draft(kind, key, change).await;
    let rev = json!({"rev": rev});
    let published = house.ask("designer", "POST", &format!("{path}/publish"), Some(&rev)).await;
    assert_eq!(
        (published.status, &published.body["number"]),
        (StatusCode::OK, &json!(2)),
        "{}",
        published.text
    );
}

async fn promised_hours(house: &House, about: huiyin::ids::SubmissionId) -> i64 {
    let clocks = store::clock::of_submission(house.app.db.read(), house.team, about).await.expect("reads");
    let first = clocks.iter().find(|clock| clock.name == "first_reply").expect("the clock");
    (first.due_at.expect("due") - first.started_at) / HOUR_MS
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_running_ticket_keeps_its_version_and_the_next_one_gets_the_new() {
    on_each_database(async |mut house| {
        let old = house.ticket_of(&house.answer("nps", json!({"score": 3})).await.expect("taken")).await;
        publish(&house, "flow", "ticket-care", |flow| {
            flow["clocks"][0]["within"] = json!("2h");
            flow["states"]["open"]["task"]["events"][0]["require"] = json!([]);
        })
        .await;
        let new = house.ticket_of(&house.answer("nps", json!({"score": 3})).await.expect("taken")).await;
        assert_eq!((promised_hours(&house, old.id).await, promised_hours(&house, new.id).await), (24, 2));
        // Also for a server that has compiled neither yet.
        house.restart().await;
        let solve = json!({"event": "solve", "data": {}});
        for (ticket, status) in [(&old, StatusCode::UNPROCESSABLE_ENTITY), (&new, StatusCode::OK)] {
            let path = format!("/api/v1/submissions/{}/events", ticket.id);
            let answer = house.ask("owner", "POST", &path, Some(&solve)).await;
            assert_eq!(answer.status, status, "{}", answer.text);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_old_answer_is_read_with_the_form_it_was_given_to() {
    on_each_database(async |house| {
        let before = house.answer("nps", json!({"score": 9, "region": "east"})).await.expect("taken");
        publish(&house, "form", "nps", |form| {
            form["schema"]["properties"]["score"]["maximum"] = json!(5);
            form["schema"]["properties"]["region"]["enum"] = json!(["moon"]);
        })
        .await;
        let refused =
            house.ask("", "POST", "/api/v1/public/forms/nps/submissions", Some(&json!({"score": 9}))).await;
        assert_eq!((refused.status.as_u16(), &refused.body["problems"][0]["path"]), (422, &json!("/score")));
        let detail = house.detail("viewer", before.id.parse().expect("an id")).await;
        assert_eq!(
            (&detail["version"], &detail["data"]),
            (&json!(1), &json!({"score": 9, "region": "east"}))
        );
    })
    .await;
}
