//! The closed loop: an answer becomes a ticket, a reply, a solution and a verdict.

use std::collections::{BTreeMap, BTreeSet};

use api_types::Receipt;
use axum::http::StatusCode;
use futures_util::future::join_all;
use huiyin::error::{ApiError, Conflict};
use huiyin::store;
use huiyin::store::submission::Submission;
use serde_json::{Value, json};

use crate::support::house::{HOUR_MS, House, NOW_MS, on_each_database};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_low_score_becomes_one_ticket_with_its_people_and_promises() {
    on_each_database(async |house| {
        let data = json!({"score": 3, "reason": "漏水", "about": "product", "region": "east", "contact": "a@b.example"});
        let receipt = house.answer("nps", data).await.expect("taken");
        let ticket = house.ticket_of(&receipt).await;
        assert_eq!((ticket.form_key.as_str(), ticket.number, ticket.is_open), ("ticket", 1, true));
        assert_eq!(ticket.department_key.as_deref(), Some("quality"));
        assert_eq!(ticket.parent_link.as_deref(), Some("nps"));
        let assignee = ticket.assignee_id.expect("assigned");
        assert!(house.name_of(assignee).starts_with("quality-"), "{}", house.name_of(assignee));
        assert_ne!(house.name_of(assignee), "quality-head");
        assert_eq!(
            serde_json::from_str::<Value>(&ticket.data).expect("JSON"),
            json!({"score": 3, "text": "漏水", "about": "product", "region": "east", "contact": "a@b.example"})
        );

        let detail = house.detail(house.name_of(assignee), ticket.id).await;
        let clocks: Vec<_> = detail["clocks"].as_array().expect("clocks").iter().collect();
        assert_eq!(clocks.len(), 2, "{clocks:?}");
        let stored = store::clock::of_submission(house.app.db.read(), house.team, ticket.id).await.expect("reads");
        let due: BTreeMap<&str, Option<i64>> = stored.iter().map(|clock| (clock.name.as_str(), clock.due_at)).collect();
        let wanted = [("first_reply", Some(NOW_MS + 24 * HOUR_MS)), ("solution", Some(NOW_MS + 72 * HOUR_MS))];
        assert_eq!(due, BTreeMap::from(wanted));
        let tasks = detail["tasks"].as_array().expect("tasks");
        assert_eq!(tasks.len(), 1, "{tasks:?}");
        assert_eq!(tasks[0]["assignee"], json!(assignee));

        let mails = house.mails(ticket.id).await;
        assert_eq!(mails.len(), 1, "{mails:?}");
        assert_eq!(Some(&mails[0].recipient), Some(&format!("{}@{}.example", house.name_of(assignee), house.team)));
        assert!(mails[0].text.contains("漏水"), "{}", mails[0].text);
        assert!(receipt.progress.is_some());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_score_above_six_opens_nothing() {
    on_each_database(async |house| {
        for score in [7, 9, 10] {
            let receipt = house.answer("nps", json!({"score": score})).await.expect("taken");
            assert!(house.tickets_of(&receipt).await.is_empty());
            assert_eq!(receipt.progress, None);
        }
        let inbox = house.ask("owner", "GET", "/api/v1/inbox?view=open", None).await;
        assert_eq!((inbox.status, &inbox.body["items"]), (StatusCode::OK, &json!([])));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hundred_low_scores_at_once_spread_evenly() {
    on_each_database(async |house| {
        let about = ["product", "service", "delivery"];
        let sent =
            (0..100).map(|turn| house.answer("nps", json!({"score": turn % 7, "about": about[turn % 3]})));
        let receipts: Vec<Receipt> =
            join_all(sent).await.into_iter().map(|one| one.expect("taken")).collect();
        let mut load: BTreeMap<String, BTreeMap<String, u32>> = BTreeMap::new();
        let mut numbers = BTreeSet::new();
        for receipt in &receipts {
            let ticket = house.ticket_of(receipt).await;
            numbers.insert(ticket.number);
            let department = ticket.department_key.expect("a department");
            let assignee = house.name_of(ticket.assignee_id.expect("assigned")).to_owned();
            *load.entry(department).or_default().entry(assignee).or_default() += 1;
        }
        assert_eq!(numbers, (1..=100).collect());
        let staffed: Vec<(&str, usize)> =
            load.iter().map(|(key, agents)| (key.as_str(), agents.len())).collect();
        assert_eq!(staffed, [("logistics", 2), ("quality", 3), ("service", 2)]);
        for agents in load.values() {
            let (least, most) = (agents.values().min(), agents.values().max());
            assert!(most.expect("some") - least.expect("some") <= 1, "{load:?}");
        }
        for member in store::membership::list(house.app.db.read(), house.team).await.expect("reads") {
            let has: u32 = load.values().filter_map(|agents| agents.get(house.name_of(member.user_id))).sum();
            assert_eq!(member.open_tickets, i64::from(has), "{}", house.name_of(member.user_id));
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_retry_changes_nothing_and_gets_the_same_answer() {
    on_each_database(async |house| {
        let data = json!({"score": 2, "contact": "retry@b.example"});
        let sent = (0..50).map(|_| house.answer_with("nps", data.clone(), Some("key-1")));
        let receipts: Vec<Receipt> =
            join_all(sent).await.into_iter().map(|one| one.expect("taken")).collect();
        assert!(receipts.iter().all(|receipt| *receipt == receipts[0]), "{receipts:?}");
        house.ticket_of(&receipts[0]).await;
        let later = house.answer_with("nps", data, Some("key-1")).await.expect("taken");
        assert_eq!(later, receipts[0]);
        let other = house.answer_with("nps", json!({"score": 3}), Some("key-1")).await;
        assert!(matches!(other, Err(ApiError::KeyReused)), "{other:?}");
        let forms = house.ask("owner", "GET", "/api/v1/forms", None).await.body;
        let counted = |key: &str| {
            let form = forms.as_array().expect("forms").iter().find(|form| form["key"] == key);
            form.expect("the form")["submissions"].clone()
        };
        assert_eq!((counted("nps"), counted("ticket")), (json!(1), json!(1)));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_customer_may_not_say_is_dropped() {
    on_each_database(async |house| {
        let hidden = json!({"score": 9, "about": "product", "contact": "hidden@b.example", "reason": "好"});
        let receipt = house.answer("nps", hidden).await.expect("taken");
        let stored = house.submission(receipt.id.parse().expect("an id")).await;
        assert_eq!(
            serde_json::from_str::<Value>(&stored.data).expect("JSON"),
            json!({"score": 9, "reason": "好"})
        );
        assert_eq!(stored.customer_id, None);

        let solved =
            json!({"about": "service", "text": "太慢", "contact": "13800138000", "solution": "done"});
        let receipt = house.answer("complaint", solved).await.expect("taken");
        let stored = house.submission(receipt.id.parse().expect("an id")).await;
        let data: Value = serde_json::from_str(&stored.data).expect("JSON");
        assert_eq!((data.get("solution"), &data["text"]), (None, &json!("太慢")));
        assert_eq!((stored.department_key.as_deref(), stored.is_open), (Some("service"), true));
    })
    .await;
}

/// A ticket of a customer with a mail address, and who works on it.
async fn a_ticket(house: &House) -> (Submission, String) {
    let data = json!({"score": 1, "reason": "漏水", "about": "product", "contact": "kunde@b.example"});
    let ticket = house.ticket_of(&house.answer("nps", data).await.expect("taken")).await;
    let agent = house.name_of(ticket.assignee_id.expect("assigned")).to_owned();
    (ticket, agent)
}

fn path(ticket: &Submission, what: &str) -> String {
    format!("/api/v1/submissions/{}/{what}", ticket.id)
}

async fn clocks(house: &House, ticket: &Submission) -> BTreeMap<String, String> {
    let clocks =
        store::clock::of_submission(house.app.db.read(), house.team, ticket.id).await.expect("reads");
    clocks.into_iter().map(|clock| (clock.name, clock.state)).collect()
}

fn states(first_reply: &str, solution: &str) -> BTreeMap<String, String> {
    [("first_reply", first_reply), ("solution", solution)]
        .map(|(name, state)| (name.into(), state.into()))
        .into()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reply_reaches_the_customer_and_keeps_the_first_promise() {
    on_each_database(async |house| {
        let (ticket, agent) = a_ticket(&house).await;
        assert_eq!(clocks(&house, &ticket).await, states("running", "running"));
        house.hand.advance_ms(HOUR_MS);
        let said = json!({"text": "今天下午上门更换"});
        let answer = house.ask(&agent, "POST", &path(&ticket, "replies"), Some(&said)).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        assert_eq!(clocks(&house, &ticket).await, states("met", "running"));
        assert_eq!(house.submission(ticket.id).await.state.as_deref(), Some("handling"));

        let timeline = answer.body["timeline"].as_array().expect("a timeline");
        let reply = timeline.iter().find(|event| event["kind"] == "reply").expect("the reply");
        assert_eq!((&reply["public"], &reply["text"]), (&json!(true), &said["text"]));
        assert_eq!(reply["data"]["delivery"], json!(["page", "mail"]));
        let mails = house.mails(ticket.id).await;
        let mail = mails.iter().find(|mail| mail.recipient == "kunde@b.example").expect("a mail");
        assert!(mail.text.contains("今天下午上门更换"), "{}", mail.text);
        assert!(mail.text.contains("/t/"), "no way to the progress page: {}", mail.text);

        // The clock that was stopped does not break any more.
        house.pass(30).await;
        assert!(!house.submission(ticket.id).await.is_breached);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_call_that_reached_the_customer_is_a_reply_and_one_that_did_not_is_none() {
    on_each_database(async |house| {
        let (ticket, agent) = a_ticket(&house).await;
        let call = json!({"outcome": "no_answer", "note": ""});
        let answer = house.ask(&agent, "POST", &path(&ticket, "calls"), Some(&call)).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        assert_eq!(clocks(&house, &ticket).await, states("running", "running"));
        let call = json!({"outcome": "reached", "note": "同意换货"});
        let answer = house.ask(&agent, "POST", &path(&ticket, "calls"), Some(&call)).await;
        let timeline = answer.body["timeline"].as_array().expect("a timeline");
        assert!(
            timeline.iter().any(|event| event["kind"] == "told" && event["data"]["by"] == "call"),
            "{timeline:?}"
        );
        assert_eq!(clocks(&house, &ticket).await, states("met", "running"));
    })
    .await;
}

async fn solve(house: &House, ticket: &Submission, agent: &str) {
    let solve = json!({"event": "solve", "data": {"solution": "已更换"}});
    let answer = house.ask(agent, "POST", &path(ticket, "events"), Some(&solve)).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn solving_needs_the_solution_and_asks_how_it_went() {
    on_each_database(async |house| {
        let (ticket, agent) = a_ticket(&house).await;
        for data in [json!({}), json!({"solution": "  "}), json!({"solution": null})] {
            let solve = json!({"event": "solve", "data": data});
            let answer = house.ask(&agent, "POST", &path(&ticket, "events"), Some(&solve)).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.body);
            assert_eq!(answer.body["problems"][0]["path"], "/solution");
        }
        assert!(house.submission(ticket.id).await.is_open);

        solve(&house, &ticket, &agent).await;
        let closed = house.submission(ticket.id).await;
        assert_eq!((closed.state.as_deref(), closed.is_open), (Some("closed"), false));
        assert_eq!(serde_json::from_str::<Value>(&closed.data).expect("JSON")["solution"], "已更换");
        assert_eq!(clocks(&house, &ticket).await, states("met", "met"));
        let member =
            store::membership::get(house.app.db.read(), house.team, ticket.assignee_id.expect("one")).await;
        assert_eq!(member.expect("reads").expect("is there").open_tickets, 0);

        let mails = house.mails(ticket.id).await;
        let told: Vec<&str> = mails
            .iter()
            .filter(|mail| mail.recipient == "kunde@b.example")
            .map(|mail| mail.text.as_str())
            .collect();
        assert_eq!(told.len(), 2, "{told:?}");
        assert!(told.iter().any(|text| text.contains("已更换")), "{told:?}");
        assert!(told.iter().any(|text| text.contains("/e/")), "{told:?}");

        let again = json!({"event": "solve", "data": {"solution": "noch einmal"}});
        let answer = house.ask(&agent, "POST", &path(&ticket, "events"), Some(&again)).await;
        assert_eq!(answer.status, StatusCode::CONFLICT, "{}", answer.body);
        let data = house.submission(ticket.id).await.data;
        assert_eq!(data, closed.data, "an event that nothing listened to has changed the ticket");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bad_verdict_reopens_a_good_one_does_not_and_each_invitation_counts_once() {
    on_each_database(async |house| {
        for (score, reopens) in [(1, true), (2, true), (3, false), (5, false)] {
            let (ticket, agent) = a_ticket(&house).await;
            solve(&house, &ticket, &agent).await;
            let open =
                store::invitation::open_for(house.app.db.read(), house.team, ticket.id).await.expect("reads");
            let invitation = open.expect("an invitation");
            house.hand.advance_ms(HOUR_MS);
            let by = Some(invitation.clone());
            let receipt = house.answer_by("csat", json!({"score": score}), by).await.expect("taken");
            let verdict = house.submission(receipt.id.parse().expect("an id")).await;
            assert_eq!(
                (verdict.parent_id, verdict.parent_link.as_deref()),
                (Some(ticket.id), Some("ticket"))
            );
            let now = house.submission(ticket.id).await;
            assert_eq!(now.is_open, reopens, "{score}");
            assert_eq!(now.tags.contains("reopened"), reopens, "{score}");
            if reopens {
                assert_eq!(now.assignee_id, ticket.assignee_id);
                assert_eq!(clocks(&house, &ticket).await, states("running", "running"));
            } else {
                assert_eq!(now.state.as_deref(), Some("closed"));
            }

            let again = house.answer_by("csat", json!({"score": 1}), Some(invitation)).await;
            assert!(matches!(again, Err(ApiError::Conflict(Conflict::AnsweredBefore))), "{again:?}");
            assert_eq!(house.submission(ticket.id).await, now, "a refused answer has changed the ticket");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_broken_promise_is_marked_and_escalated_once() {
    on_each_database(async |house| {
        let (ticket, _) = a_ticket(&house).await;
        let to_head = format!("quality-head@{}.example", house.team);
        let told = async |house: &House| {
            house.mails(ticket.id).await.iter().filter(|mail| mail.recipient == to_head).count()
        };
        house.pass(23).await;
        assert!(!house.submission(ticket.id).await.is_breached);
        assert_eq!(told(&house).await, 0);
        house.pass(1).await;
        let late = house.submission(ticket.id).await;
        assert!(late.is_breached);
        assert!(late.tags.contains("breached"), "{}", late.tags);
        assert_eq!(clocks(&house, &ticket).await, states("breached", "running"));
        assert_eq!(told(&house).await, 1);
        house.pass(1).await;
        assert_eq!(told(&house).await, 1);
        let inbox = house.ask("quality-head", "GET", "/api/v1/inbox?view=breached", None).await;
        assert_eq!(inbox.body["items"][0]["id"], json!(ticket.id), "{}", inbox.body);
        house.pass(47).await;
        assert_eq!(clocks(&house, &ticket).await, states("breached", "breached"));
        assert_eq!(told(&house).await, 2);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn promises_outlive_a_restart() {
    on_each_database(async |mut house| {
        let (ticket, agent) = a_ticket(&house).await;
        let link = house.detail(&agent, ticket.id).await["progress_url"].clone();
        house.hand.advance_ms(23 * HOUR_MS);
        house.restart().await;
        house.drain().await;
        assert!(!house.submission(ticket.id).await.is_breached);
        house.restart().await;
        house.pass(1).await;
        assert!(house.submission(ticket.id).await.is_breached);
        assert_eq!(clocks(&house, &ticket).await, states("breached", "running"));
        assert_eq!(house.detail(&agent, ticket.id).await["progress_url"], link);
        assert_eq!(
            house.answer("nps", json!({"score": 9})).await.map(|receipt| receipt.progress).ok(),
            Some(None)
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_address_is_one_customer_however_it_is_written() {
    on_each_database(async |house| {
        let written = ["neu@b.example", "Neu@B.example", " neu@b.example "];
        let sent = (0..12).map(|turn| house.answer("nps", json!({"score": 2, "contact": written[turn % 3]})));
        for receipt in join_all(sent).await {
            receipt.expect("taken");
        }
        house.answer("complaint", json!({"text": "x", "contact": "neu@b.example"})).await.expect("taken");
        let customers = house.ask("owner", "GET", "/api/v1/customers", None).await.body;
        assert_eq!(customers["items"].as_array().map(Vec::len), Some(1), "{customers}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_customers_card_counts_what_they_said_and_shows_the_newest_score_of_any_form() {
    on_each_database(async |house| {
        let visit = json!({"format": 1, "kind": "app", "key": "visits", "title": "Visits", "forms": [
            {"format": 1, "kind": "form", "key": "visit", "title": "Visit",
             "schema": {"type": "object", "properties": {
                "recommend": {"type": "integer", "minimum": 0, "maximum": 10}, "contact": {"type": "string"}}},
             "layout": {"pages": [{"items": [
                {"field": "/recommend", "control": "nps"}, {"field": "/contact", "control": "contact"}]}]},
             "publish": {"slug": "visit"}}]});
        house.install(&visit.to_string()).await;
        let (lu, mo) = ("lu@b.example", "mo@b.example");
        for (form, data) in [
            ("nps", json!({"score": 3, "about": "product", "contact": lu})),
            ("visit", json!({"recommend": 8, "contact": lu})),
            ("visit", json!({"contact": mo})),
        ] {
            house.answer(form, data).await.expect("taken");
            house.hand.advance_ms(1_000);
        }
        let listed = house.ask("owner", "GET", "/api/v1/customers", None).await.body;
        let items = listed["items"].as_array().expect("items");
        let names: Vec<_> = items.iter().map(|one| &one["name"]).collect();
        assert_eq!(names, [mo, lu], "newest first");
        // The answer and its ticket, and the visit.
        assert_eq!(
            (&items[1]["submissions"], &items[1]["open_tickets"], &items[1]["last_score"]),
            (&json!(3), &json!(1), &json!(8.0)),
            "{listed}"
        );
        assert_eq!((&items[0]["submissions"], &items[0]["last_score"]), (&json!(1), &json!(null)), "{listed}");
        let path = format!("/api/v1/customers/{}", items[1]["id"].as_str().expect("an id"));
        let mut detail = house.ask("owner", "GET", &path, None).await.body;
        detail.as_object_mut().expect("a customer").remove("timeline").expect("what happened");
        assert_eq!(detail, items[1]);
    })
    .await;
}
