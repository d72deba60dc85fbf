//! Notifications: everybody hears of what concerns them, of nothing they may not see, and of nothing they did themselves.

use api_types::Role;
use axum::http::StatusCode;
use futures_util::StreamExt;
use huiyin::store;
use huiyin::store::submission::Submission;
use huiyin::worker;
use serde_json::{Value, json};

use crate::support::house::{House, found, on_each_database};

async fn page(house: &House, who: &str) -> Value {
    let answer = house.ask(who, "GET", "/api/v1/notifications", None).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    answer.body
}

/// Kinds and whether they are read, newest first.
async fn told(house: &House, who: &str) -> Vec<(String, bool)> {
    let page = page(house, who).await;
    let items = page["items"].as_array().expect("items");
    let kind = |item: &Value| {
        (item["kind"].as_str().expect("a kind").to_owned(), item["read"].as_bool().expect("a word"))
    };
    items.iter().map(kind).collect()
}

async fn kinds(house: &House, who: &str) -> Vec<String> {
    told(house, who).await.into_iter().map(|(kind, _)| kind).collect()
}

async fn act(house: &House, who: &str, method: &str, path: &str, body: Value) {
    let answer = house.ask(who, method, path, Some(&body)).await;
    assert!(answer.status.is_success(), "{method} {path} by {who}: {}", answer.text);
}

/// A ticket, whoever has it, and the path of its progress page.
async fn ticket(house: &House) -> (Submission, String, String) {
    let data = json!({"score": 2, "about": "product", "reason": "kaputt", "contact": "kunde@b.example"});
    let receipt = house.answer("nps", data).await.expect("taken");
    let ticket = house.ticket_of(&receipt).await;
    let who = house.name_of(ticket.assignee_id.expect("somebody has it")).to_owned();
    let progress = receipt.progress.expect("a page");
    let path = progress[progress.find("/t/").expect("a path")..].to_owned();
    (ticket, who, path)
}

async fn customer_says(house: &House, path: &str, form: &str) {
    let media = [("content-type", "application/x-www-form-urlencoded")];
    let answer = house.send("", "POST", path, &media, form.as_bytes().to_vec()).await;
    assert!(answer.status.is_redirection() || answer.status.is_success(), "{}", answer.text);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_has_a_ticket_hears_of_it_of_the_customer_and_of_its_promises() {
    on_each_database(async |house| {
        let (ticket, who, path) = ticket(&house).await;
        let first = page(&house, &who).await;
        assert_eq!(
            (&first["unread"], &first["items"][0]["kind"]),
            (&json!(1), &json!("assigned")),
            "{first}"
        );
        assert_eq!(first["items"][0]["submission"], ticket.id.to_string());
        assert_eq!(first["items"][0]["text"], "Assigned to you automatically");
        assert!(
            first["items"][0]["about"].as_str().expect("words").ends_with(&format!("#{}", ticket.number))
        );

        // What is said again before it was read takes the place of what was said.
        customer_says(&house, &path, "action=message&text=Hello").await;
        customer_says(&house, &path, "action=message&text=Anybody%3F").await;
        assert_eq!(kinds(&house, &who).await, ["customer", "assigned"]);
        assert_eq!(page(&house, &who).await["items"][0]["text"], "The customer wrote: Anybody?");
        house.pass(20).await;
        assert_eq!(kinds(&house, &who).await[0], "clock_warned");
        house.pass(10).await;
        let kinds = kinds(&house, &who).await;
        assert_eq!(kinds[0], "clock_broken", "{kinds:?}");
        assert!(
            !kinds.contains(&"clock_warned".to_owned()),
            "a broken promise is warned of no more: {kinds:?}"
        );

        // In the other language, too.
        let chinese = [("accept-language", "zh")];
        let answer = house.send(&who, "GET", "/api/v1/notifications", &chinese, Vec::new()).await;
        assert!(answer.text.contains("客户留言：Anybody?"), "{}", answer.text);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn handing_over_tells_the_new_one_and_takes_it_back_from_the_old() {
    on_each_database(async |house| {
        let (ticket, who, _) = ticket(&house).await;
        let other =
            ["quality-1", "quality-2", "quality-3"].into_iter().find(|one| *one != who).expect("another");
        let assign = format!("/api/v1/submissions/{}/assignee", ticket.id);
        act(&house, "quality-head", "PUT", &assign, json!({"assignee": house.person(other).user})).await;
        assert!(told(&house, &who).await.is_empty(), "it is no longer theirs");
        assert_eq!(page(&house, other).await["items"][0]["text"], "quality-head assigned this to you");
        // Who takes it themselves is told nothing.
        act(&house, &who, "PUT", &assign, json!({"assignee": house.person(&who).user})).await;
        assert!(told(&house, &who).await.is_empty());

        // A note names a colleague of theirs, and the writer.
        let note = format!("@{other} please look, @nobody and @{who} too");
        let comments = format!("/api/v1/submissions/{}/comments", ticket.id);
        act(&house, &who, "POST", &comments, json!({"text": note})).await;
        assert_eq!(kinds(&house, other).await, ["mentioned"]);
        assert!(told(&house, &who).await.is_empty());
        // Who may not see the ticket hears nothing of it, however often they are named.
        act(&house, &who, "POST", &comments, json!({"text": "@service-1 this is none of yours"})).await;
        let silent = page(&house, "service-1").await;
        assert_eq!((&silent["items"], &silent["unread"]), (&json!([]), &json!(0)), "{silent}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_approval_waits_for_one_and_its_end_is_told_to_the_other() {
    on_each_database(async |house| {
        act(&house, "owner", "POST", "/api/v1/gallery/leave/install", Value::Null).await;
        let data =
            json!({"name": "Chen", "kind": "annual", "from": "2026-12-01", "to": "2026-12-07", "days": 5});
        act(&house, "quality-1", "POST", "/api/v1/forms/leave-request/submissions", json!({"data": data}))
            .await;
        let mut asked = Vec::new();
        for name in house.people.keys() {
            if !told(&house, name).await.is_empty() {
                asked.push(name.clone());
            }
        }
        assert_eq!(asked.len(), 1, "{asked:?}");
        assert_ne!(asked[0], "quality-1", "nobody is told of what they did");
        let told_of = page(&house, &asked[0]).await;
        let path = format!(
            "/api/v1/submissions/{}/events",
            told_of["items"][0]["submission"].as_str().expect("a submission")
        );
        act(&house, &asked[0], "POST", &path, json!({"event": "approve", "data": {}})).await;
        // The next step, whoever has it, and then it is decided.
        act(&house, "admin", "POST", &path, json!({"event": "confirm", "data": {}})).await;
        let decided = page(&house, "quality-1").await;
        assert_eq!(decided["items"][0]["kind"], "decided", "{decided}");
        assert_eq!(decided["items"][0]["text"], "What you handed in is now: Approved");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn reading_muting_and_forgetting_concern_oneself_alone() {
    on_each_database(async |mut house| {
        let elsewhere = found(&house.app, "Elsewhere").await;
        house.hire(elsewhere, "stranger", Role::Owner, None).await;
        let (first, who, _) = ticket(&house).await;
        let other =
            ["quality-1", "quality-2", "quality-3"].into_iter().find(|one| *one != who).expect("another");
        let comments = format!("/api/v1/submissions/{}/comments", first.id);
        act(&house, &who, "POST", &comments, json!({"text": format!("@{other}")})).await;
        let id = page(&house, &who).await["items"][0]["id"].clone();

        // Others read nothing of it away: a colleague, another team, a guess.
        for (reader, body) in [
            (other, json!({"id": id})),
            ("stranger", json!({"id": id})),
            ("stranger", json!({"submission": first.id})),
            ("stranger", json!({})),
        ] {
            act(&house, reader, "POST", "/api/v1/notifications/read", body).await;
        }
        assert_eq!(page(&house, &who).await["unread"], 1);
        assert_eq!(page(&house, "stranger").await["items"], json!([]));
        let no_id = house.ask(&who, "POST", "/api/v1/notifications/read", Some(&json!({"id": "x"}))).await;
        assert_eq!(no_id.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", no_id.text);

        act(&house, &who, "POST", "/api/v1/notifications/read", json!({"submission": first.id})).await;
        assert_eq!(told(&house, &who).await, [("assigned".to_owned(), true)]);
        assert_eq!(page(&house, other).await["unread"], 1, "somebody else's stays unread");
        act(&house, other, "POST", "/api/v1/notifications/read", json!({})).await;
        assert_eq!(page(&house, other).await["unread"], 0);

        // What somebody does not want to hear of is left out, also of what was told before.
        let choices = "/api/v1/notifications/choices";
        act(&house, &who, "PUT", choices, json!({"muted": ["assigned", "assigned"]})).await;
        assert_eq!(house.ask(&who, "GET", choices, None).await.body, json!({"muted": ["assigned"]}));
        assert!(told(&house, &who).await.is_empty());
        assert_eq!(house.ask(other, "GET", choices, None).await.body, json!({"muted": []}));
        act(&house, &who, "PUT", choices, json!({"muted": []})).await;
        assert_eq!(kinds(&house, &who).await, ["assigned"]);

        // What is erased is told of no more; what is old is forgotten.
        act(&house, "owner", "DELETE", &format!("/api/v1/submissions/{}", first.id), Value::Null).await;
        assert!(told(&house, &who).await.is_empty());
        let (_, who, _) = ticket(&house).await;
        house.hand.advance_ms(89 * 24 * 3_600_000);
        worker::tidy(&house.app).await;
        assert!(!told(&house, &who).await.is_empty());
        house.hand.advance_ms(2 * 24 * 3_600_000);
        worker::tidy(&house.app).await;
        let left = store::notification::page(
            house.app.db.read(),
            (house.team, house.person(&who).user),
            &[],
            None,
            10,
        );
        assert!(left.await.expect("reads").is_empty());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_whose_it_is_hears_that_there_is_news() {
    on_each_database(async |house| {
        let since = store::change::last(house.app.db.read()).await.expect("reads");
        let (_, who, _) = ticket(&house).await;
        let definition = house.definition("form", "nps").await;
        let path = format!("/api/v1/definitions/{}/publish", definition["id"].as_str().expect("an id"));
        act(&house, "designer", "POST", &path, json!({"rev": definition["rev"]})).await;
        for (listener, hears) in [(who.as_str(), true), ("admin", false)] {
            let mut stream = house.stream(listener, "/api/v1/live", since).await;
            let mut text = String::new();
            // Published last, and told to everybody.
            while !text.contains("\"definition\"") {
                let bytes = stream.next().await.expect("the stream goes on").expect("bytes");
                text.push_str(&String::from_utf8_lossy(&bytes));
            }
            assert_eq!(text.contains("\"notification\""), hears, "{listener}: {text}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_long_list_comes_in_pages() {
    on_each_database(async |house| {
        let mut whose = Vec::new();
        for turn in 0..8 {
            whose.push(ticket(&house).await.1);
            house.hand.advance_ms(turn);
        }
        let who =
            whose.iter().max_by_key(|one| whose.iter().filter(|other| other == one).count()).expect("one");
        let all = page(&house, who).await["items"].as_array().expect("items").clone();
        assert!(all.len() > 1, "{all:?}");
        let (mut seen, mut cursor) = (Vec::new(), String::new());
        loop {
            let path = format!("/api/v1/notifications?limit=1{cursor}");
            let page = house.ask(who, "GET", &path, None).await.body;
            seen.extend(page["items"].as_array().expect("items").clone());
            match page["next"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        assert_eq!(seen, all);
        let refused = house.ask(who, "GET", "/api/v1/notifications?cursor=x", None).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text);
    })
    .await;
}
