//! A form is sent to people: links of their own, mails with a first question, a word to the silent, and an end to mails.

use axum::http::StatusCode;
use huiyin::store;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};

use crate::support::house::{Answer, House, on_each_database};

async fn invite(house: &House, body: &Value) -> Answer {
    house.ask("designer", "POST", "/api/v1/forms/nps/invitations", Some(body)).await
}

async fn listed(house: &House) -> Value {
    house.ask("designer", "GET", "/api/v1/forms/nps/invitations", None).await.body
}

/// Texts of the mails to an address, oldest first.
async fn mails(house: &House, to: &str) -> Vec<(String, String)> {
    let due = store::outbox::due_of_all_teams(house.app.db.read(), i64::MAX, 500).await.expect("reads");
    let theirs = due.into_iter().filter(|mail| mail.recipient == to);
    theirs.map(|mail| (mail.subject, mail.text)).collect()
}

/// Does what is due, without sending.
async fn remind(house: &House, days: i64) {
    house.hand.advance_ms(days * 86_400_000);
    while huiyin::services::recipients::remind(&house.app, 64).await.expect("reminds") > 0 {}
}

fn list() -> Value {
    json!({"recipients": [
        {"name": "李雷", "mail": "Li@b.example"},
        {"name": "Han", "mail": "han@b.example", "external": "c-1"},
        {"phone": "138 0013 8000"}],
      "mail": {"subject": "{{name}}，请评价", "text": "您好 {{name|朋友}}\n{{scores}}\n{{team}}", "remind_after_days": 3}})
}

/// The path of the first link in a mail that is as said.
fn link(text: &str, is: impl Fn(&str) -> bool) -> String {
    let found = text.split_whitespace().find(|word| is(word)).unwrap_or_else(|| panic!("not there: {text}"));
    let (_, path) = found.split_once("://").expect("an address");
    path[path.find('/').expect("a path")..].to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everybody_gets_a_link_of_their_own_and_nobody_two() {
    on_each_database(async |house| {
        let first = invite(&house, &list()).await;
        assert_eq!(first.status, StatusCode::CREATED, "{}", first.text);
        assert_eq!(first.body, json!({"invited": 3, "known": 0, "mailed": 2, "opted_out": 0}));
        let again = invite(&house, &list()).await;
        assert_eq!(again.body, json!({"invited": 0, "known": 3, "mailed": 0, "opted_out": 0}));
        let [(subject, text)] = &mails(&house, "li@b.example").await[..] else { panic!("one mail") };
        assert_eq!(subject, "李雷，请评价");
        assert!(text.contains("您好 李雷") && text.contains("/u/"), "{text}");
        let all = listed(&house).await;
        assert_eq!((&all["invited"], &all["answered"]), (&json!(3), &json!(0)));
        assert_eq!(all["items"][2]["phone"], "13800138000", "{all}");
        let csv = house.ask("designer", "GET", "/api/v1/forms/nps/invitations.csv", None).await;
        assert!(csv.text.contains("li@b.example") && csv.text.contains("/f/nps?i="), "{}", csv.text);
        for (body, place) in [
            (json!({"recipients": []}), "/recipients"),
            (json!({"recipients": [{"name": "x"}]}), "/recipients/0"),
            (json!({"recipients": [{"mail": "none"}]}), "/recipients/0/mail"),
            (
                json!({"recipients": [{"mail": "a@b.example"}], "mail": {"subject": "x", "text": "no link"}}),
                "/mail/text",
            ),
        ] {
            let refused = invite(&house, &body).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{body}");
            assert!(refused.text.contains(&format!("\"{place}\"")), "{}", refused.text);
        }
    })
    .await;
}

/// How many rows there are of everything that somebody who answers leaves behind.
async fn stored(house: &House) -> Vec<i64> {
    let mut counts = Vec::new();
    for table in [
        "submission",
        "event",
        "customer",
        "saved_answer",
        "idempotency",
        "opt_out",
        "outbox",
        "audit",
        "\"change\"",
    ] {
        let statement = Statement::from_string(
            house.app.db.read().get_database_backend(),
            format!("select count(*) from {table}"),
        );
        let row = house.app.db.read().query_one_raw(statement).await.expect("reads").expect("a row");
        counts.push(row.try_get_by_index::<i64>(0).expect("a count"));
    }
    counts
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_click_chooses_and_only_sending_stores() {
    on_each_database(async |house| {
        invite(&house, &list()).await;
        let [(_, text)] = &mails(&house, "han@b.example").await[..] else { panic!("one mail") };
        // A token may begin with a nine itself.
        let path = link(text, |word| word.ends_with("/9"));
        let before = stored(&house).await;
        // A robot follows every link there is.
        for word in text.split_whitespace().filter(|word| word.contains("://")) {
            let (_, rest) = word.split_once("://").expect("an address");
            let place = &rest[rest.find('/').expect("a path")..];
            for method in ["GET", "HEAD"] {
                let mut answer = house.ask("", method, place, None).await;
                if answer.status == StatusCode::SEE_OTHER {
                    let on = answer.headers["location"].to_str().expect("text").to_owned();
                    answer = house.ask("", method, &on, None).await;
                }
                assert_eq!(answer.status, StatusCode::OK, "{place}");
            }
        }
        let after = listed(&house).await;
        assert_eq!((&after["answered"], &after["opened"]), (&json!(0), &json!(0)), "{after}");
        assert_eq!(stored(&house).await, before, "nothing anywhere");
        let led = house.ask("", "GET", &path, None).await;
        let path = led.headers["location"].to_str().expect("text").to_owned();
        let page = house.ask("", "GET", &path, None).await;
        let (_, chosen) = page.text.split_once("value=\"9\"").expect("the point");
        assert!(chosen[..chosen.find('>').expect("ends")].contains("checked"), "{}", page.text);
        let token = path.split_once("i=").expect("a token").1.split('&').next().expect("it");
        let send = async || {
            let to = format!("/api/v1/public/forms/nps/submissions?i={token}");
            house.ask("", "POST", &to, Some(&json!({"score": 9}))).await.status
        };
        assert_eq!(send().await, StatusCode::CREATED);
        assert_eq!(send().await, StatusCode::CONFLICT, "a link is good for one answer");
        assert_eq!(listed(&house).await["answered"], 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_the_silent_are_reminded_once_and_nobody_who_wants_no_mails() {
    on_each_database(async |house| {
        let mut wanted = list();
        wanted["recipients"].as_array_mut().expect("a list").push(json!({"mail": "off@b.example"}));
        invite(&house, &wanted).await;
        let all = listed(&house).await;
        let url = all["items"][0]["url"].as_str().expect("a link").to_owned();
        let token = url.split_once("i=").expect("a token").1;
        let to = format!("/api/v1/public/forms/nps/submissions?i={token}");
        assert_eq!(house.ask("", "POST", &to, Some(&json!({"score": 9}))).await.status, StatusCode::CREATED);
        let [(_, text)] = &mails(&house, "off@b.example").await[..] else { panic!("one mail") };
        let leave = link(text, |word| word.contains("/u/"));
        let asked = house.ask("", "GET", &leave, None).await;
        assert!(asked.text.contains("o…@b.example") && !asked.text.contains("off@"), "{}", asked.text);
        let forged = format!("{}x", leave);
        assert_eq!(house.ask("", "POST", &forged, None).await.status, StatusCode::NOT_FOUND);
        assert_eq!(house.ask("", "POST", &leave, None).await.status, StatusCode::OK);
        remind(&house, 2).await;
        assert_eq!(listed(&house).await["reminded"], 0);
        remind(&house, 2).await;
        let reminded = listed(&house).await;
        assert_eq!(reminded["reminded"], 1, "{reminded}");
        assert!(reminded["items"][3]["opted_out"] == json!(true), "{reminded}");
        let han = mails(&house, "han@b.example").await;
        assert_eq!(han.len(), 2, "{han:?}");
        assert!(han[1].0.starts_with("提醒：") || han[1].0.starts_with("Reminder: "), "{han:?}");
        for done in ["li@b.example", "off@b.example"] {
            assert_eq!(mails(&house, done).await.len(), 1, "{done}");
        }
        remind(&house, 30).await;
        assert_eq!(mails(&house, "han@b.example").await.len(), 2, "once");
        // Nor is who wants no mails written to by a later list.
        let later = invite(
            &house,
            &json!({"recipients": [{"mail": "off@b.example", "external": "new"}, {"mail": "new@b.example"}],
            "mail": {"subject": "x", "text": "{{link}}"}}),
        )
        .await;
        assert_eq!(later.body["mailed"], 1, "{}", later.text);
    })
    .await;
}
