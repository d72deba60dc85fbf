//! What people do with what they sent, or half wrote: go on elsewhere, change it, look it up, have it erased.

use axum::http::StatusCode;
use huiyin::ids::SubmissionId;
use huiyin::store;
use serde_json::{Value, json};

use crate::support::house::{Answer, HOUR_MS, House, on_each_database};

const FORM: [(&str, &str); 2] =
    [("content-type", "application/x-www-form-urlencoded"), ("accept-language", "en")];

/// A sign-up that can be kept and changed, and one that cannot.
fn app(closes: &str) -> String {
    let schema = json!({"type": "object", "required": ["name"], "properties": {
        "name": {"type": "string"}, "mail": {"type": "string"}, "meal": {"type": "string", "enum": ["fish", "soup"]},
        "room": {"type": "string", "readOnly": true}, "number": {"type": "string"}}});
    let layout = json!({"pages": [{"items": [{"field": "/name"}, {"field": "/mail", "control": "email"},
        {"field": "/meal", "control": "single"}, {"field": "/room"},
        {"field": "/number", "control": "serial_number", "serial": {"pattern": "N-{n:3}", "reset": "never"}}]}]});
    let form = |key: &str, publish: Value| json!({"format": 1, "kind": "form", "key": key, "title": key, "schema": schema, "layout": layout, "publish": publish});
    let open = json!({"slug": "signup", "save": true, "edit": true, "closes": closes, "option_quotas": {"/meal": {"fish": 1}}});
    json!({"format": 1, "kind": "app", "key": "signups", "title": "Sign-ups",
        "forms": [form("signup", open), form("strict", json!({"slug": "strict"}))]})
    .to_string()
}

const LATER: &str = "2027-11-23T00:00:00Z";

async fn get(house: &House, path: &str) -> Answer {
    house.send("", "GET", path, &FORM[1..], Vec::new()).await
}

async fn post(house: &House, path: &str, body: &str) -> Answer {
    house.send("", "POST", path, &FORM, body.as_bytes().to_vec()).await
}

async fn send(house: &House, path: &str, data: &Value) -> Answer {
    house.send("", "POST", path, &[("accept-language", "en")], data.to_string().into_bytes()).await
}

/// What stands between two marks.
fn between<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    let (_, rest) = text.split_once(from).unwrap_or_else(|| panic!("no `{from}` in {text}"));
    rest.split_once(to).unwrap_or_else(|| panic!("no `{to}` after `{from}`")).0
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn half_an_answer_goes_on_elsewhere_by_link_and_by_code_until_it_is_sent() {
    on_each_database(async |house| {
        house.install(&app(LATER)).await;
        assert!(get(&house, "/f/signup").await.text.contains("Save and continue later"));
        assert!(!get(&house, "/f/strict").await.text.contains("Save and continue later"));
        let kept = post(&house, "/f/signup", "%2Fname=Sofa&_nonce=n&_step=save").await;
        assert_eq!(kept.status, StatusCode::OK, "{}", kept.text);
        let link = between(&kept.text, "/f/signup?s=", "\"").to_owned();
        let code = between(&kept.text, "<dd>", "</dd>").to_owned();
        let path = format!("/f/signup?s={link}");
        let opened = get(&house, &path).await;
        assert!(opened.text.contains("value=\"Sofa\""), "{}", opened.text);
        // Kept again, it keeps its link.
        let again = post(&house, "/f/signup", &format!("%2Fname=Sofia&_nonce=n&_s={link}&_step=save")).await;
        assert!(again.text.contains(&link), "{}", again.text);
        // The code, as people type it, leads to the link.
        let typed = code.to_lowercase().replace('-', "+");
        let led = post(&house, "/r", &format!("code={typed}&contact=")).await;
        assert_eq!(led.status, StatusCode::SEE_OTHER, "{}", led.text);
        assert_eq!(led.headers["location"], *path);
        assert!(get(&house, &path).await.text.contains("value=\"Sofia\""));
        // The database holds no link.
        let stored = store::saved::by_code_of_any_team(house.app.db.read(), &code).await.expect("reads");
        assert!(!format!("{stored:?}").contains(&link));
        assert_eq!(post(&house, "/f/strict", "_nonce=n&_step=save").await.status, StatusCode::NOT_FOUND);
        // Sent, it is kept no longer.
        let sent = send(
            &house,
            &format!("/api/v1/public/forms/signup/submissions?s={link}"),
            &json!({"name": "Sofia"}),
        )
        .await;
        assert_eq!(sent.status, StatusCode::CREATED, "{}", sent.text);
        assert_eq!(get(&house, &path).await.status, StatusCode::NOT_FOUND);
        // Nor when a month has gone by.
        let other = post(&house, "/f/signup", "%2Fname=Lena&_nonce=m&_step=save").await;
        let path = format!("/f/signup?s={}", between(&other.text, "/f/signup?s=", "\""));
        house.hand.advance_ms(31 * 24 * HOUR_MS);
        assert_eq!(get(&house, &path).await.status, StatusCode::NOT_FOUND);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_is_changed_by_its_link_and_only_as_its_sender_may() {
    on_each_database(async |house| {
        house.install(&app(LATER)).await;
        let data = json!({"name": "Sofa", "mail": "sofia@b.example", "meal": "fish"});
        let sent = send(&house, "/api/v1/public/forms/signup/submissions", &data).await;
        assert_eq!(sent.status, StatusCode::CREATED, "{}", sent.text);
        let id: SubmissionId = sent.body["id"].as_str().expect("an id").parse().expect("an id");
        let link = sent.body["edit"].as_str().expect("a link").split_once("?e=").expect("a token").1.to_owned();
        let room = json!({"data": {"/room": "12"}});
        let staff = house.ask("owner", "PATCH", &format!("/api/v1/submissions/{id}"), Some(&room)).await;
        assert_eq!(staff.status, StatusCode::OK, "{}", staff.text);
        let page = get(&house, &format!("/f/signup?e={link}")).await;
        assert!(page.text.contains("value=\"Sofa\"") && page.text.contains("name=\"_e\""), "{}", page.text);
        assert!(!page.text.contains(">Full<"), "the place is theirs: {}", page.text);
        let receipt = sent.body["receipt"].as_str().expect("a receipt");
        assert!(page.text.contains(&format!("(receipt {receipt})")), "it says what it changes: {}", page.text);
        let fresh = get(&house, "/f/signup").await;
        assert!(!fresh.text.contains("You are changing"), "{}", fresh.text);
        // Without script, and what only others fill does not move.
        let body = format!("%2Fname=Sofia&%2Fmail=sofia%40b.example&%2Fmeal=fish&%2Froom=1&%2Fnumber=N-999&_e={link}&_nonce=n\
            &_seen=%2Fname+%2Fmail+%2Fmeal+%2Froom+%2Fnumber");
        let changed = post(&house, "/f/signup", &body).await;
        assert_eq!(changed.status, StatusCode::OK, "{}", changed.text);
        let stored: Value = serde_json::from_str(&house.submission(id).await.data).expect("JSON");
        assert_eq!(stored["name"], "Sofia");
        assert_eq!((&stored["room"], &stored["number"]), (&json!("12"), &json!("N-001")));
        let by_script = format!("/api/v1/public/forms/signup/submissions?e={link}");
        let wrong = send(&house, &by_script, &json!({"mail": "x"})).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", wrong.text);
        let fine = send(&house, &by_script, &json!({"name": "Sofia B."})).await;
        assert_eq!(fine.body["id"], sent.body["id"], "{}", fine.text);
        let listed = house.ask("owner", "GET", "/api/v1/forms/signup/submissions", None).await.body;
        assert_eq!(listed["items"].as_array().map(Vec::len), Some(1), "nothing was added: {listed}");
        let told = house.ask("owner", "GET", &format!("/api/v1/submissions/{id}"), None).await;
        assert!(told.text.contains("Sofia B."), "{}", told.text);
        // No other link opens it: another id, a cut one, one of a form that allows no changes.
        let other = send(&house, "/api/v1/public/forms/strict/submissions", &json!({"name": "x"})).await;
        assert!(other.body.get("edit").is_none(), "{}", other.text);
        let theirs = other.body["id"].as_str().expect("an id");
        let seal = link.split_once('.').expect("a seal").1;
        for forged in [format!("{theirs}.{seal}"), format!("{id}."), format!("{id}.{}", &seal[1..]), id.to_string()] {
            assert_eq!(get(&house, &format!("/f/signup?e={forged}")).await.status, StatusCode::NOT_FOUND, "{forged}");
        }
        assert_eq!(get(&house, &format!("/f/strict?e={link}")).await.status, StatusCode::NOT_FOUND);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_changed_once_the_form_is_closed() {
    on_each_database(async |house| {
        house.install(&app("2026-11-24T00:00:00Z")).await;
        let sent = send(&house, "/api/v1/public/forms/signup/submissions", &json!({"name": "Sofa"})).await;
        let link =
            sent.body["edit"].as_str().expect("a link").split_once("?e=").expect("a token").1.to_owned();
        house.hand.advance_ms(25 * HOUR_MS);
        let late =
            send(&house, &format!("/api/v1/public/forms/signup/submissions?e={link}"), &json!({"name": "y"}))
                .await;
        assert_eq!(late.status, StatusCode::CONFLICT, "{}", late.text);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_receipt_and_a_contact_open_what_was_sent_and_erase_it_with_everything_after() {
    on_each_database(async |house| {
        let data = json!({"score": 1, "reason": "漏水", "about": "product", "contact": "Kunde@B.example"});
        let sent = send(&house, "/api/v1/public/forms/nps/submissions", &data).await;
        let receipt = sent.body["receipt"].as_str().expect("a receipt").to_owned();
        let id: SubmissionId = sent.body["id"].as_str().expect("an id").parse().expect("an id");
        let look = async |code: &str, contact: &str| {
            post(&house, "/r", &format!("code={code}&contact={contact}")).await
        };
        assert_eq!(get(&house, "/r").await.status, StatusCode::OK);
        // The thank-you leads there with its receipt, in its language, and nothing is looked up yet.
        let led = post(&house, "/r", &format!("_step=ask&_language=zh&code={receipt}")).await;
        assert_eq!(led.status, StatusCode::OK, "{}", led.text);
        assert!(led.text.contains(&format!("value=\"{receipt}\"")), "{}", led.text);
        assert!(led.text.contains("我提交的内容") && !led.text.contains("没有找到"), "{}", led.text);
        let unknown = look(&receipt, "somebody%40b.example").await;
        assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", unknown.text);
        assert!(!unknown.text.contains("漏水"), "{}", unknown.text);
        assert_eq!(look(&receipt, "").await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let found = look(&receipt.to_lowercase(), "kunde%40b.example").await;
        assert_eq!(found.status, StatusCode::OK, "{}", found.text);
        assert!(found.text.contains("漏水") && found.text.contains("Erase my data"), "{}", found.text);
        let key = between(&found.text, "name=\"_key\" value=\"", "\"").to_owned();
        let tickets = store::submission::children(house.app.db.read(), house.team, id).await.expect("reads");
        assert_eq!(tickets.len(), 1);
        let forged = post(&house, "/r", &format!("_key={}x", key)).await;
        assert_eq!(forged.status, StatusCode::NOT_FOUND, "{}", forged.text);
        // A page left open too long asks again.
        house.hand.advance_ms(HOUR_MS);
        assert_eq!(post(&house, "/r", &format!("_key={key}")).await.status, StatusCode::NOT_FOUND);
        let found = look(&receipt, "kunde%40b.example").await;
        let key = between(&found.text, "name=\"_key\" value=\"", "\"").to_owned();
        let erased = post(&house, "/r", &format!("_key={key}")).await;
        assert_eq!(erased.status, StatusCode::OK, "{}", erased.text);
        for gone in [id, tickets[0].id] {
            let left = store::submission::get(house.app.db.read(), house.team, gone).await.expect("reads");
            assert!(left.is_none(), "{left:?}");
        }
        // Nothing else of theirs is left: their card is gone as well, and a line says that somebody erased something.
        let cards = async || {
            let found =
                store::customer::page(house.app.db.read(), house.team, "kunde@b.example", None, 9).await;
            found.expect("reads").len()
        };
        assert_eq!(cards().await, 0);
        let log = house.ask("admin", "GET", "/api/v1/audit?kind=submission", None).await;
        let line = &log.body["items"][0];
        assert_eq!(
            (&line["action"], &line["via"], &line["actor_name"]),
            (&json!("erased"), &json!("link"), &json!(""))
        );
        assert!(!log.text.contains("b.example"), "{}", log.text);
        assert!(house.ask("admin", "GET", "/api/v1/audit/check", None).await.body["broken_at"].is_null());
        // Who has sent something else keeps their card.
        let again = send(&house, "/api/v1/public/forms/nps/submissions", &data).await;
        let kept = json!({"score": 3, "about": "service", "contact": "Kunde@B.example"});
        assert_eq!(
            send(&house, "/api/v1/public/forms/nps/submissions", &kept).await.status,
            StatusCode::CREATED
        );
        assert_eq!(cards().await, 1);
        let found = look(again.body["receipt"].as_str().expect("a receipt"), "kunde%40b.example").await;
        let key = between(&found.text, "name=\"_key\" value=\"", "\"").to_owned();
        assert_eq!(post(&house, "/r", &format!("_key={key}")).await.status, StatusCode::OK);
        assert_eq!(cards().await, 1);
        // Guessing is slowed down.
        let mut slowed = false;
        for guess in 0..20 {
            slowed |= look("AAAA-AAAA", &format!("a{guess}%40b.example")).await.status
                == StatusCode::TOO_MANY_REQUESTS;
        }
        assert!(slowed);
    })
    .await;
}
