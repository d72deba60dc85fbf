//! What is wrong is refused with the right status and a problem that names the place, and nothing acknowledged is lost.

use axum::http::StatusCode;
use huiyin::config::Mail;
use huiyin::error::ApiError;
use huiyin::store;
use huiyin::worker::{self, Mailer};
use serde_json::{Value, json};

use crate::support::house::{Answer, HOUR_MS, House, on_each_database};

const ANSWERS: &str = "/api/v1/public/forms/nps/submissions";

async fn send(house: &House, body: impl Into<Vec<u8>>) -> Answer {
    house.send("", "POST", ANSWERS, &[], body.into()).await
}

/// Status, and where the first problem is.
fn verdict(answer: &Answer) -> (u16, Option<&str>) {
    let media = answer.headers.get("content-type").and_then(|value| value.to_str().ok());
    assert!(
        answer.status.is_success() || media == Some("application/problem+json"),
        "{media:?} {}",
        answer.text
    );
    (answer.status.as_u16(), answer.body["problems"][0]["path"].as_str())
}

async fn submissions(house: &House, form: &str) -> u64 {
    let counts = store::report::counts(house.app.db.read(), house.team, None).await.expect("reads");
    counts.iter().find(|count| count.form == form).map_or(0, |count| count.submissions)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn answers_that_are_none_are_refused_at_their_place() {
    on_each_database(async |house| {
        for malformed in ["", "{", "{\"score\": 3,}", "nonsense", "{} {}", "\u{feff}{}"] {
            assert_eq!(verdict(&send(&house, malformed).await), (400, None), "{malformed}");
        }
        let wrong: [(&str, &str); 10] = [
            (r#"{"score": "three"}"#, "/score"),
            (r#"{"score": 11}"#, "/score"),
            (r#"{"score": 3.5}"#, "/score"),
            (r#"{"score": [3]}"#, "/score"),
            (r#"{"score": null}"#, "/score"),
            (r#"{}"#, "/score"),
            (r#"{"score": 3, "about": "weather"}"#, "/about"),
            (r#"{"score": 3, "reason": 7}"#, "/reason"),
            (r#"{"score": 3, "contact": "nobody"}"#, "/contact"),
            (r#"{"score": 3, "reason": "a\u0000b"}"#, "/reason"),
        ];
        for (body, path) in wrong {
            assert_eq!(verdict(&send(&house, body).await), (422, Some(path)), "{body}");
        }
        for shapeless in ["[]", "7", "\"score\"", "null"] {
            let answer = send(&house, shapeless).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{shapeless} {}", answer.text);
        }
        let text = house.send("", "POST", ANSWERS, &[("content-type", "text/plain")], b"{}".to_vec()).await;
        assert_eq!(verdict(&text), (415, None));
        assert_eq!(submissions(&house, "nps").await, 0, "a refused answer was stored");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn problems_are_told_in_the_readers_language() {
    on_each_database(async |house| {
        let mut told = Vec::new();
        for language in ["zh-CN", "en-GB"] {
            let headers = [("accept-language", language)];
            let answer = house.send("", "POST", ANSWERS, &headers, b"{}".to_vec()).await;
            told.push(answer.body["problems"][0]["message"].as_str().expect("a message").to_owned());
        }
        let chinese = |text: &str| text.chars().any(|letter| ('\u{4e00}'..'\u{9fff}').contains(&letter));
        assert!(chinese(&told[0]) && !told[0].contains("required"), "{told:?}");
        assert!(told[1].contains("required"), "{told:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_too_large_or_too_deep_is_refused_and_the_next_answer_taken() {
    on_each_database(async |house| {
        let large = format!(r#"{{"score": 3, "reason": "{}"}}"#, "x".repeat(10 << 20));
        assert_eq!(verdict(&send(&house, large.clone()).await), (413, None));
        let staff = house.send("owner", "POST", "/api/v1/query", &[], large.clone().into_bytes()).await;
        assert_eq!(verdict(&staff), (413, None));
        let deep = format!(r#"{{"score": {}{}}}"#, "[".repeat(20_000), "]".repeat(20_000));
        assert_eq!(verdict(&send(&house, deep).await).0, 400);
        assert_eq!(submissions(&house, "nps").await, 0);
        assert_eq!(send(&house, r#"{"score": 9}"#).await.status, StatusCode::CREATED);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn unknown_fields_are_named_and_hidden_ones_dropped() {
    on_each_database(async |house| {
        let unknown = send(&house, r#"{"score": 9, "is_admin": true}"#).await;
        assert_eq!(verdict(&unknown), (422, Some("/is_admin")), "{}", unknown.text);
        assert_eq!(submissions(&house, "nps").await, 0);
        let hidden = send(&house, r#"{"score": 9, "about": "price"}"#).await;
        assert_eq!(hidden.status, StatusCode::CREATED, "{}", hidden.text);
        let stored =
            house.submission(hidden.body["id"].as_str().expect("an id").parse().expect("an id")).await;
        assert_eq!(serde_json::from_str::<Value>(&stored.data).expect("JSON"), json!({"score": 9}));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_repeated_answer_is_one_answer_over_http_too() {
    on_each_database(async |house| {
        let again = async |body: &str| {
            house.send("", "POST", ANSWERS, &[("idempotency-key", "abc")], body.as_bytes().to_vec()).await
        };
        let (first, second) = (again(r#"{"score": 2}"#).await, again(r#"{"score": 2}"#).await);
        assert_eq!(first.status, StatusCode::CREATED, "{}", first.text);
        assert_eq!((second.status, &second.body), (first.status, &first.body));
        assert_eq!(verdict(&again(r#"{"score": 3}"#).await).0, 422);
        assert_eq!((submissions(&house, "nps").await, submissions(&house, "ticket").await), (1, 1));
        let empty =
            house.send("", "POST", ANSWERS, &[("idempotency-key", " ")], b"{\"score\": 2}".to_vec()).await;
        assert_eq!(verdict(&empty).0, 422);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_not_there_is_not_found_and_what_is_closed_says_so() {
    on_each_database(async |house| {
        for (method, path) in [
            ("POST", "/api/v1/public/forms/nobody/submissions"),
            ("POST", "/api/v1/public/forms/csat/submissions?i=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
            ("GET", "/f/nobody"),
            ("GET", "/t/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
            ("GET", "/api/v1/nothing"),
        ] {
            let body = json!({"score": 3});
            let answer = house.ask("", method, path, Some(&body).filter(|_| method == "POST")).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path} {}", answer.text);
        }
        let definition = house.definition("form", "nps").await;
        let mut document: Value =
            serde_json::from_str(definition["draft"].as_str().expect("a draft")).expect("JSON");
        document["publish"]["closes"] = json!("2026-11-22T00:00:00Z");
        let saved = save(&house, &definition, &document.to_string()).await;
        assert_eq!(publish(&house, &definition, &saved).await.status, StatusCode::OK);
        let answer = send(&house, r#"{"score": 3}"#).await;
        assert_eq!(verdict(&answer), (409, None));
        assert_eq!(submissions(&house, "nps").await, 0);
    })
    .await;
}

/// Saves a draft.
async fn save(house: &House, definition: &Value, draft: &str) -> Value {
    let path = format!("/api/v1/definitions/{}/draft", definition["id"].as_str().expect("an id"));
    let body = json!({"rev": definition["rev"], "draft": draft});
    let answer = house.ask("designer", "PUT", &path, Some(&body)).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    answer.body
}

async fn publish(house: &House, definition: &Value, saved: &Value) -> Answer {
    let path = format!("/api/v1/definitions/{}/publish", definition["id"].as_str().expect("an id"));
    house.ask("designer", "POST", &path, Some(&json!({"rev": saved["rev"]}))).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_broken_definition_is_not_published_and_the_one_in_force_stays() {
    on_each_database(async |house| {
        let flow = house.definition("flow", "ticket-care").await;
        let whole = flow["draft"].as_str().expect("a draft");
        let broken: [(&str, Value, &str); 4] = [
            (
                "/states/closed/on/submission.csat/guard",
                json!("_event.data.score <="),
                "/states/closed/on/submission.csat/guard",
            ),
            (
                "/states/closed/on/submission.csat/guard",
                json!("while true {}"),
                "/states/closed/on/submission.csat/guard",
            ),
            ("/states/open/on/solve/target", json!("nowhere"), "/states/open/on/solve/target"),
            ("/initial/target", json!(7), "/initial/target"),
        ];
        let mut latest = flow.clone();
        for (place, value, at) in broken {
            let mut document: Value = serde_json::from_str(whole).expect("JSON");
            *document.pointer_mut(place).expect("the place") = value;
            latest["rev"] = save(&house, &latest, &document.to_string()).await["rev"].clone();
            let refused = publish(&house, &latest, &latest).await;
            let (status, path) = verdict(&refused);
            assert_eq!(
                (status, path.map(|path| path.starts_with(at))),
                (422, Some(true)),
                "{}",
                refused.text
            );
        }
        let stale = publish(&house, &flow, &flow).await;
        assert_eq!(verdict(&stale), (409, None));
        // What customers meet is the flow in force.
        let receipt = house.answer("nps", json!({"score": 3})).await.expect("taken");
        assert!(house.ticket_of(&receipt).await.assignee_id.is_some());
        let versions = format!("/api/v1/definitions/{}/versions", flow["id"].as_str().expect("an id"));
        let versions = house.ask("designer", "GET", &versions, None).await.body;
        assert_eq!(versions.as_array().map(Vec::len), Some(1), "{versions}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_session_ends_when_it_is_not_used_and_whatever_happens_after_a_week() {
    on_each_database(async |house| {
        let cookie = house.sign_in("owner").await;
        let asked =
            async || house.send("", "GET", "/api/v1/session", &[("cookie", &cookie)], Vec::new()).await;
        assert_eq!(asked().await.body["role"], "owner");
        for _ in 0..27 {
            house.hand.advance_ms(6 * HOUR_MS);
            assert_eq!(asked().await.status, StatusCode::OK);
            house.settle_session_use(&cookie).await;
        }
        house.hand.advance_ms(7 * HOUR_MS);
        assert_eq!(verdict(&asked().await), (401, None));

        let idle = house.sign_in("owner").await;
        house.hand.advance_ms(8 * HOUR_MS + 1);
        let answer = house.send("", "GET", "/api/v1/session", &[("cookie", &idle)], Vec::new()).await;
        assert_eq!(verdict(&answer), (401, None));
        for forged in ["sid=", "sid=AAAA", "session=x"] {
            let answer = house.send("", "GET", "/api/v1/session", &[("cookie", forged)], Vec::new()).await;
            assert_eq!(verdict(&answer), (401, None), "{forged}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_foreign_page_cannot_use_the_cookie() {
    on_each_database(async |house| {
        let cookie = house.sign_in("admin").await;
        let body = json!({"name": "stolen"}).to_string();
        let sent = async |site: &[(&str, &str)]| {
            let mut headers = vec![("cookie", cookie.as_str()), ("host", "127.0.0.1:8080")];
            headers.extend_from_slice(site);
            house.send("", "POST", "/api/v1/tokens", &headers, body.clone().into_bytes()).await
        };
        for foreign in [
            &[("sec-fetch-site", "cross-site")][..],
            &[("sec-fetch-site", "same-site")],
            &[("origin", "https://evil.example")],
            &[("origin", "null")],
        ] {
            let refused = sent(foreign).await;
            assert_eq!(verdict(&refused), (403, None), "{foreign:?}");
        }
        let own = sent(&[("sec-fetch-site", "same-origin"), ("origin", "http://127.0.0.1:8080")]).await;
        assert_eq!(own.status, StatusCode::CREATED, "{}", own.text);
        let tokens = house.ask("owner", "GET", "/api/v1/tokens", None).await.body;
        let stolen = tokens.as_array().expect("tokens").iter().filter(|token| token["name"] == "stolen");
        assert_eq!(stolen.count(), 1, "{tokens}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mail_server_that_is_down_delays_mails_and_nothing_else() {
    on_each_database(async |house| {
        let data = json!({"score": 3, "contact": "a@b.example"});
        let ticket = house.ticket_of(&house.answer("nps", data).await.expect("taken")).await;
        // Nobody listens on port 1.
        let down = Mail { smtp: Some("smtp://127.0.0.1:1".into()), from: "Huiyin <huiyin@localhost>".into() };
        let mailer = Mailer::new(&down).expect("a mailer");
        worker::drain(&house.app, &mailer).await;
        let mails = house.mails(ticket.id).await;
        assert_eq!((mails[0].status.as_str(), mails[0].attempts), ("pending", 1));
        assert!(mails[0].error.is_some());
        assert!(!worker::drain(&house.app, &mailer).await, "a mail is tried again at once");
        let agent = house.name_of(ticket.assignee_id.expect("assigned")).to_owned();
        let reply = json!({"text": "x"});
        let path = format!("/api/v1/submissions/{}/replies", ticket.id);
        assert_eq!(house.ask(&agent, "POST", &path, Some(&reply)).await.status, StatusCode::OK);
        house.hand.advance_ms(5_000);
        house.drain().await;
        let mails = house.mails(ticket.id).await;
        assert!(mails.iter().all(|mail| mail.status == "kept"), "{mails:?}");
        let ids: std::collections::BTreeSet<_> = mails.iter().map(|mail| &mail.message_id).collect();
        assert_eq!(ids.len(), mails.len());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_refuses_and_keeps_what_was_acknowledged() {
    on_each_database(async |house| {
        if house.app.db.is_shared() {
            return;
        }
        house.app.db.limit_pages(1).await.expect("limits");
        let mut kept = 0;
        let refusal = loop {
            let reason = "长".repeat(1_000);
            match house.answer("nps", json!({"score": 9, "reason": reason})).await {
                Ok(_) => kept += 1,
                Err(refusal) => break refusal,
            }
            assert!(kept < 10_000, "the disk does not fill");
        };
        assert!(matches!(refusal, ApiError::StorageFull), "{refusal:?}");
        let answer = send(&house, json!({"score": 9, "reason": "长".repeat(1_000)}).to_string()).await;
        assert_eq!(verdict(&answer), (507, None));
        assert_eq!(submissions(&house, "nps").await, kept);
        house.app.db.limit_pages(1_000_000).await.expect("limits");
        assert_eq!(send(&house, r#"{"score": 9}"#).await.status, StatusCode::CREATED);
        assert_eq!(submissions(&house, "nps").await, kept + 1);
    })
    .await;
}
