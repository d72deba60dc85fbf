//! Members: what is changed of them, whom they answer to, and what becomes of their work when they leave.

use axum::http::{StatusCode, header};
use huiyin::ids::UserId;
use huiyin::store;
use serde_json::{Value, json};

use crate::support::house::{Answer, House, on_each_database};

async fn change(house: &House, who: &str, whom: &str, body: Value) -> Answer {
    let path = format!("/api/v1/members/{}", house.person(whom).user);
    house.ask(who, "PATCH", &path, Some(&body)).await
}

fn id(house: &House, who: &str) -> String {
    house.person(who).user.to_string()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_admin_changes_what_members_sign_in_with_and_whom_they_answer_to() {
    on_each_database(async |house| {
        let wanted = json!({"login": "Fang", "mobile": "+86 138 0013 8000", "email": "", "manager": id(&house, "quality-head"),
            "deputy": id(&house, "quality-2"), "skills": [" English ", "refunds", "English"], "name": "Wang Fang"});
        let changed = change(&house, "admin", "quality-1", wanted).await;
        assert_eq!(changed.status, StatusCode::OK, "{}", changed.text);
        let view = &changed.body;
        assert_eq!((&view["login"], &view["mobile"]), (&json!("fang"), &json!("13800138000")));
        assert_eq!((&view["skills"], &view["email"]), (&json!(["English", "refunds"]), &Value::Null));
        assert_eq!(view["manager"], json!(id(&house, "quality-head")));
        for (whom, body, path) in [
            ("quality-2", json!({"login": "fang"}), ""),
            ("quality-2", json!({"login": "138 0013 8000"}), ""),
            ("quality-2", json!({"login": "?"}), "/login"),
            ("quality-2", json!({"mobile": "12"}), "/mobile"),
            ("quality-2", json!({"email": "fang"}), "/email"),
            ("quality-2", json!({"name": ""}), "/name"),
            ("quality-2", json!({"manager": id(&house, "quality-2")}), "/manager"),
            ("quality-2", json!({"deputy": "nobody"}), "/deputy"),
            ("quality-head", json!({"manager": id(&house, "quality-1")}), "/manager"),
        ] {
            let refused = change(&house, "admin", whom, body.clone()).await;
            assert_ne!(refused.status, StatusCode::OK, "{body}");
            let found = refused.body["problems"][0]["path"].as_str().unwrap_or_default();
            assert_eq!(found, path, "{body}: {}", refused.text);
        }
        // Colleagues see names, not what people sign in with.
        let listed = house.ask("quality-2", "GET", "/api/v1/members", None).await.body;
        let fang = listed.as_array().expect("a list").iter().find(|one| one["name"] == "Wang Fang");
        let fang = fang.expect("is listed");
        assert!(fang["login"].is_null() && fang["mobile"].is_null() && fang["second_step"].is_null(), "{fang}");
        for body in [json!({"login": "x1"}), json!({"name": "x"}), json!({"disabled": true}), json!({"skills": []})] {
            let refused = change(&house, "quality-2", "quality-2", body).await;
            assert_eq!(refused.status, StatusCode::FORBIDDEN);
        }
        let away = json!({"away": true, "deputy": id(&house, "quality-3")});
        assert_eq!(change(&house, "quality-2", "quality-2", away).await.status, StatusCode::OK);
        let refused = change(&house, "admin", "owner", json!({"login": "taken-over"})).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
    })
    .await;
}

async fn open_tickets(house: &House, who: &str) -> i64 {
    let row = store::membership::get(house.app.db.read(), house.team, house.person(who).user).await;
    row.expect("reads").expect("a member").open_tickets
}

async fn assignee(house: &House, ticket: huiyin::ids::SubmissionId) -> String {
    house.name_of(house.submission(ticket).await.assignee_id.expect("assigned")).to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_is_disabled_is_out_at_once_and_gets_no_work() {
    on_each_database(async |house| {
        let cookie = house.sign_in("quality-1").await;
        let headers = [("cookie", cookie.as_str()), ("sec-fetch-site", "same-origin")];
        assert_eq!(house.send("", "GET", "/api/v1/inbox", &headers, Vec::new()).await.status, StatusCode::OK);
        assert_eq!(
            change(&house, "admin", "admin", json!({"disabled": true})).await.status,
            StatusCode::FORBIDDEN
        );
        assert_eq!(
            change(&house, "admin", "owner", json!({"disabled": true})).await.status,
            StatusCode::FORBIDDEN
        );
        for who in ["quality-1", "quality-2", "quality-3"] {
            let disabled = change(&house, "admin", who, json!({"disabled": true})).await;
            assert_eq!(disabled.body["disabled"], true, "{}", disabled.text);
        }
        // By cookie and by token alike.
        let out = house.send("", "GET", "/api/v1/inbox", &headers, Vec::new()).await.status;
        assert_eq!(out, StatusCode::UNAUTHORIZED);
        let out = house.ask("quality-1", "GET", "/api/v1/inbox", None).await.status;
        assert_eq!(out, StatusCode::UNAUTHORIZED);
        let data = json!({"score": 2, "about": "product", "contact": "kunde@b.example"});
        let receipt = house.answer("nps", data.clone()).await.expect("taken");
        let ticket = house.ticket_of(&receipt).await;
        assert_eq!(assignee(&house, ticket.id).await, "quality-head", "nobody else is there");
        let given = json!({"assignee": id(&house, "quality-1")});
        let path = format!("/api/v1/submissions/{}/assignee", ticket.id);
        let refused = house.ask("quality-head", "PUT", &path, Some(&given)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text);
        change(&house, "admin", "quality-1", json!({"disabled": false})).await;
        let receipt = house.answer("nps", data).await.expect("taken");
        let ticket = house.ticket_of(&receipt).await;
        assert_eq!(assignee(&house, ticket.id).await, "quality-1");
        assert_eq!(house.ask("quality-1", "GET", "/api/v1/inbox", None).await.status, StatusCode::OK);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everything_somebody_holds_goes_to_whoever_takes_over() {
    on_each_database(async |house| {
        let mut tickets = Vec::new();
        for turn in 0..6 {
            let data = json!({"score": 2, "about": "product", "contact": format!("kunde-{turn}@b.example")});
            let receipt = house.answer("nps", data).await.expect("taken");
            tickets.push(house.ticket_of(&receipt).await.id);
        }
        assert_eq!(open_tickets(&house, "quality-1").await, 2);
        change(&house, "admin", "quality-1", json!({"head": true, "manager": id(&house, "service-head")}))
            .await;
        change(&house, "admin", "quality-2", json!({"manager": id(&house, "quality-1")})).await;
        change(
            &house,
            "admin",
            "quality-3",
            json!({"deputy": id(&house, "quality-1"), "manager": id(&house, "quality-1")}),
        )
        .await;
        let path = format!("/api/v1/members/{}/hand-over", house.person("quality-1").user);
        let held = house.ask("admin", "GET", &path, None).await.body;
        assert_eq!((&held["tickets"], &held["reports"]), (&json!(2), &json!(2)), "{held}");
        assert_eq!((&held["departments"], &held["deputy_of"]), (&json!(["quality"]), &json!(1)), "{held}");
        let removed = house.ask("admin", "DELETE", path.trim_end_matches("/hand-over"), None).await;
        assert_eq!(removed.body["code"], "conflict.holds_work");
        for to in [id(&house, "quality-1"), "nobody".to_owned()] {
            let refused = house.ask("admin", "POST", &path, Some(&json!({"to": to}))).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text);
        }
        let own = format!("/api/v1/members/{}/hand-over", house.person("admin").user);
        assert_eq!(house.ask("admin", "POST", &own, Some(&json!({}))).await.status, StatusCode::FORBIDDEN);
        let done = house.ask("admin", "POST", &path, Some(&json!({"to": id(&house, "quality-2")}))).await;
        assert_eq!(done.status, StatusCode::OK, "{}", done.text);
        assert_eq!(done.body, held);
        let empty = json!({"tickets": 0, "tasks": 0, "departments": [], "reports": 0, "deputy_of": 0});
        assert_eq!(house.ask("admin", "GET", &path, None).await.body, empty);
        assert_eq!(
            (open_tickets(&house, "quality-1").await, open_tickets(&house, "quality-2").await),
            (0, 4)
        );
        let department = store::department::get(house.app.db.read(), house.team, "quality").await;
        let head = department.expect("reads").expect("one").head_id;
        assert_eq!(head, Some(house.person("quality-2").user));
        // Nobody answers to themselves: whoever takes over answers to whom the one who left answered to.
        let manager = async |who: &str| -> Option<UserId> {
            let row = store::membership::get(house.app.db.read(), house.team, house.person(who).user).await;
            row.expect("reads").expect("a member").manager_id
        };
        assert_eq!(manager("quality-2").await, Some(house.person("service-head").user));
        assert_eq!(manager("quality-3").await, Some(house.person("quality-2").user));
        assert_eq!(
            house.ask("quality-1", "GET", "/api/v1/inbox", None).await.status,
            StatusCode::UNAUTHORIZED
        );
        let moved = house.detail("quality-2", tickets[0]).await;
        assert!(moved.to_string().contains("assigned"), "the timeline says so");
        // Twice is as good as once; then they may be taken off the list, and their name stays on what they did.
        assert_eq!(house.ask("admin", "POST", &path, Some(&json!({}))).await.status, StatusCode::OK);
        let removed = house.ask("admin", "DELETE", path.trim_end_matches("/hand-over"), None).await;
        assert_eq!(removed.status, StatusCode::NO_CONTENT, "{}", removed.text);
        let listed = house.ask("admin", "GET", "/api/v1/members", None).await.text;
        assert!(!listed.contains(&id(&house, "quality-1")));
        assert!(removed.headers.get(header::SET_COOKIE).is_none());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_anybody_named_the_department_shares_the_work() {
    on_each_database(async |house| {
        for turn in 0..9 {
            let data = json!({"score": 2, "about": "product", "contact": format!("kunde-{turn}@b.example")});
            house.answer("nps", data).await.expect("taken");
        }
        let path = format!("/api/v1/members/{}/hand-over", house.person("quality-1").user);
        let tasks =
            store::task::count_held(house.app.db.read(), house.team, house.person("quality-1").user).await;
        let held = house.ask("admin", "POST", &path, Some(&json!({}))).await.body;
        assert_eq!((&held["tickets"], &held["tasks"]), (&json!(3), &json!(tasks.expect("reads"))));
        assert_eq!(open_tickets(&house, "quality-1").await, 0);
        let (two, three) = (open_tickets(&house, "quality-2").await, open_tickets(&house, "quality-3").await);
        assert_eq!(two + three, 9, "all of it stays in the department");
        assert!((two - three).abs() <= 1, "{two} and {three}");
        let left =
            store::task::count_held(house.app.db.read(), house.team, house.person("quality-1").user).await;
        assert_eq!(left.expect("reads"), 0);
    })
    .await;
}
