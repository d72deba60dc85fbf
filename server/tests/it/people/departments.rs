//! Departments stand below others, and never in a circle.

use axum::http::StatusCode;
use huiyin::store;
use serde_json::{Value, json};

use crate::support::house::{House, on_each_database};

async fn change(house: &House, key: &str, body: Value) -> (StatusCode, Value) {
    let answer = house.ask("admin", "PATCH", &format!("/api/v1/departments/{key}"), Some(&body)).await;
    (answer.status, answer.body)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_department_stands_below_others_and_never_below_itself() {
    on_each_database(async |house| {
        let made = json!({"key": "returns", "title": "Returns", "parent": "logistics"});
        let made = house.ask("admin", "POST", "/api/v1/departments", Some(&made)).await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
        for (key, parent) in [("logistics", "service"), ("service", "front-desk")] {
            let (status, body) = change(&house, key, json!({"parent": parent})).await;
            assert_eq!(status, StatusCode::NO_CONTENT, "{body}");
        }
        for (key, parent) in
            [("service", "service"), ("service", "returns"), ("front-desk", "logistics"), ("quality", "none")]
        {
            let (status, body) = change(&house, key, json!({"parent": parent})).await;
            assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{key} below {parent}: {body}");
            assert_eq!(body["problems"][0]["code"], "department.parent");
        }
        let below = async |key: &str| {
            store::department::below(house.app.db.read(), house.team, key).await.expect("reads")
        };
        assert_eq!(below("service").await, ["service", "logistics", "returns"]);
        assert_eq!(below("quality").await, ["quality"]);
        assert!(below("none").await.is_empty());
        // Taken out again, and the place is free for what was refused before.
        assert_eq!(change(&house, "logistics", json!({"parent": ""})).await.0, StatusCode::NO_CONTENT);
        assert_eq!(below("service").await, ["service"]);
        assert_eq!(change(&house, "service", json!({"parent": "returns"})).await.0, StatusCode::NO_CONTENT);
        assert_eq!(below("logistics").await, ["logistics", "returns", "service"]);
        let listed = house.ask("admin", "GET", "/api/v1/departments", None).await.body;
        let service = listed.as_array().expect("a list").iter().find(|one| one["key"] == "service");
        assert_eq!(service.expect("is listed")["parent"], "returns");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_department_is_renamed_in_one_language_and_headed_by_a_member() {
    on_each_database(async |house| {
        let head = house.person("quality-2").user.to_string();
        let wanted = json!({"title": "Quality care", "head": head});
        assert_eq!(change(&house, "quality", wanted).await.0, StatusCode::NO_CONTENT);
        let row = store::department::get(house.app.db.read(), house.team, "quality").await;
        let row = row.expect("reads").expect("is there");
        let title: Value = serde_json::from_str(&row.title).expect("a text");
        assert_eq!(title["en"], "Quality care");
        assert_ne!(title["zh"], "Quality care", "other languages keep theirs");
        assert_eq!(row.head_id.map(|id| id.to_string()), Some(head));
        let nobody = "0190a000-0000-7000-8000-000000000000";
        for body in [json!({"title": " "}), json!({"head": nobody}), json!({"head": "x"})] {
            let (status, answer) = change(&house, "quality", body.clone()).await;
            assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{body}: {answer}");
        }
        assert_eq!(change(&house, "none", json!({})).await.0, StatusCode::NOT_FOUND);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_an_empty_department_is_taken_away() {
    on_each_database(async |mut house| {
        let remove = async |house: &House, key: &str| {
            house.ask("admin", "DELETE", &format!("/api/v1/departments/{key}"), None).await
        };
        let held = remove(&house, "quality").await;
        assert_eq!(held.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", held.text);
        for code in ["department.members", "department.named"] {
            assert!(held.text.contains(code), "{code}: {}", held.text);
        }
        for (key, parent) in [("returns", "logistics"), ("north", "returns")] {
            let made = json!({"key": key, "title": key, "parent": parent});
            assert_eq!(
                house.ask("admin", "POST", "/api/v1/departments", Some(&made)).await.status,
                StatusCode::CREATED
            );
        }
        assert!(remove(&house, "returns").await.text.contains("department.below"));
        let invited = json!({"role": "member", "department": "north"});
        let invited = house.ask("admin", "POST", "/api/v1/invitations", Some(&invited)).await;
        assert!(remove(&house, "north").await.text.contains("department.invitations"));
        let invitation = format!("/api/v1/invitations/{}", invited.body["id"].as_str().expect("an id"));
        assert_eq!(house.ask("admin", "DELETE", &invitation, None).await.status, StatusCode::NO_CONTENT);
        house.hire(house.team, "northerner", api_types::Role::Agent, Some("north")).await;
        assert!(remove(&house, "north").await.text.contains("department.members"));
        let moved = json!({"department": ""});
        let path = format!("/api/v1/members/{}", house.person("northerner").user);
        assert_eq!(house.ask("admin", "PATCH", &path, Some(&moved)).await.status, StatusCode::OK);
        assert_eq!(remove(&house, "north").await.status, StatusCode::NO_CONTENT);
        assert_eq!(remove(&house, "north").await.status, StatusCode::NOT_FOUND);
        assert_eq!(remove(&house, "returns").await.status, StatusCode::NO_CONTENT);
        let log = house.ask("admin", "GET", "/api/v1/audit?kind=department", None).await.text;
        assert!(log.contains("removed") && log.contains("north"), "{log}");
    })
    .await;
}
