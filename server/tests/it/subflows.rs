//! Flows that invoke flows beside one submission, and flows that set each other off.

use axum::http::StatusCode;
use flow_engine::{Key, Snapshot};
use huiyin::ids::SubmissionId;
use huiyin::store;
use serde_json::{Value, json};

use crate::support::house::{House, on_each_database};

/// An order whose lines are each checked by a flow of their own; and two flows that start each other.
fn app() -> String {
    let text = json!({"type": "string"});
    let form = |key: &str| {
        json!({"format": 1, "kind": "form", "key": key, "record": "ticket", "title": key, "publish": {"slug": key},
            "schema": {"type": "object", "properties": {"lines": {"type": "array", "items": text}, "note": text}}})
    };
    let order = json!({"format": 1, "kind": "flow", "key": "order-care", "title": "Order", "start": {"form": "order"}, "context": {"got": null}, "states": {
        "checking": {"invoke": {"flow": "line-check", "wait": "all", "data": {"line": {"script": "one"}}, "foreach": {"array": "data.lines", "item": "one"}},
            "on": {"done.invoke.checking": {"target": "closed", "actions": [{"assign": {"got": "_event.data"}}, {"update": {"/note": {"script": "got[0].data + got[1].data"}}}]},
                   "error.invoke.checking": "failed", "cancel": "cancelled"}},
        "closed": {"type": "final"}, "failed": {"type": "final"}, "cancelled": {"type": "final"}}});
    let check = json!({"format": 1, "kind": "flow", "key": "line-check", "title": "Line", "context": {"line": null}, "states": {
        "check": {"task": {"title": "Check", "assignee": {"role": "admin"}, "events": [{"event": "ok", "label": "OK"}]},
            "after": [{"delay": "9d", "target": "late"}], "on": {"ok": "checked"}},
        "late": {"type": "final"}, "checked": {"type": "final", "output": {"content": "line + \"!\""}}}});
    let clerk = json!({"format": 1, "kind": "flow", "key": "clerk", "title": "Clerk", "start": {"form": "question"}, "context": {"said": "\"\""}, "states": {
        "working": {"invoke": {"flow": "helper", "id": "helper"}, "on": {
            "asks": {"actions": [{"assign": {"said": "said + _event.data + _event.invokeid"}}, {"send": {"event": "answers", "target": "#_helper", "content": "\"yes\""}}]},
            "thanks": {"actions": [{"assign": {"said": "said + _event.data"}}]},
            "done.invoke.helper": {"target": "closed", "actions": [{"update": {"/note": {"script": "said"}}}]},
            "error.invoke.helper": "closed"}},
        "closed": {"type": "final"}}});
    let helper = json!({"format": 1, "kind": "flow", "key": "helper", "title": "Helper", "states": {
        "asking": {"entry": [{"send": {"event": "asks", "target": "#_parent", "content": "\"may I? \""}}],
            "on": {"answers": {"target": "z", "actions": [{"send": {"event": "thanks", "target": "#_parent", "content": "\" \" + _event.data + \", thanks\""}}]}}},
        "z": {"type": "final"}}});
    let starts = |key: &str, start: Value, other: &str| {
        json!({"format": 1, "kind": "flow", "key": key, "title": key, "start": start, "states": {
            "s": {"entry": [{"start": {"flow": other}}], "on": {"end": "z"}}, "z": {"type": "final"}}})
    };
    let mut pong = starts("pong", Value::Null, "ping");
    pong.as_object_mut().expect("an object").remove("start");
    json!({"format": 1, "kind": "app", "key": "parts", "title": "Parts", "forms": [form("order"), form("ball"), form("question")],
        "flows": [check, order, clerk, helper, starts("ping", json!({"form": "ball"}), "pong"), pong]})
    .to_string()
}

/// Where each flow beside a submission stands, by the flow's key.
async fn stands(house: &House, about: SubmissionId) -> Vec<(String, Vec<Key>)> {
    let instances =
        store::instance::of_submission(house.app.db.read(), house.team, about).await.expect("reads");
    let snapshot = |text: &str| serde_json::from_str::<Snapshot>(text).expect("a snapshot");
    let mut all: Vec<_> =
        instances.into_iter().map(|row| (row.flow_key, snapshot(&row.snapshot).active().to_vec())).collect();
    all.sort();
    all
}

async fn open_tasks(house: &House, about: SubmissionId) -> usize {
    let tasks = store::task::of_submission(house.app.db.read(), house.team, about).await.expect("reads");
    tasks.iter().filter(|task| task.status == "open").count()
}

async fn send(house: &House, about: SubmissionId, event: &str) {
    let path = format!("/api/v1/submissions/{about}/events");
    let answer = house.ask("owner", "POST", &path, Some(&json!({"event": event, "data": {}}))).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
}

fn at(flow: &str, state: &str) -> (String, Vec<Key>) {
    (flow.to_owned(), if state.is_empty() { Vec::new() } else { vec![Key::from(state)] })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_flow_waits_for_one_child_per_line_and_gets_what_they_hand_back() {
    on_each_database(async |house| {
        house.install(&app()).await;
        let receipt = house.answer("order", json!({"lines": ["a", "b"]})).await.expect("taken");
        let ticket = house.submission(receipt.id.parse().expect("an id")).await;
        assert_eq!(
            stands(&house, ticket.id).await,
            [at("line-check", "check"), at("line-check", "check"), at("order-care", "checking")]
        );
        assert_eq!(open_tasks(&house, ticket.id).await, 2);
        assert!(house.submission(ticket.id).await.is_open, "its parts are worked on");
        assert_eq!(house.submission(ticket.id).await.state.as_deref(), Some("checking"));
        send(&house, ticket.id, "ok").await;
        house.drain().await;
        assert_eq!(
            stands(&house, ticket.id).await,
            [at("line-check", "checked"), at("line-check", "checked"), at("order-care", "closed")]
        );
        let after = house.submission(ticket.id).await;
        assert!(!after.is_open);
        let data: Value = serde_json::from_str(&after.data).expect("JSON");
        assert_eq!(data["note"], "a!b!");
        assert_eq!(open_tasks(&house, ticket.id).await, 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn children_end_with_the_state_that_invoked_them() {
    on_each_database(async |house| {
        house.install(&app()).await;
        let receipt = house.answer("order", json!({"lines": ["a", "b"]})).await.expect("taken");
        let ticket = house.submission(receipt.id.parse().expect("an id")).await;
        send(&house, ticket.id, "cancel").await;
        assert_eq!(
            stands(&house, ticket.id).await,
            [at("line-check", ""), at("line-check", ""), at("order-care", "cancelled")]
        );
        assert_eq!(open_tasks(&house, ticket.id).await, 0);
        house.pass(24 * 10).await;
        assert_eq!(stands(&house, ticket.id).await[0], at("line-check", ""), "their timers are gone too");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn parent_and_child_tell_each_other_things_in_their_order() {
    on_each_database(async |house| {
        house.install(&app()).await;
        let receipt = house.answer("question", json!({})).await.expect("taken");
        let ticket = house.submission(receipt.id.parse().expect("an id")).await;
        assert_eq!(stands(&house, ticket.id).await, [at("clerk", "working"), at("helper", "asking")]);
        house.drain().await;
        assert_eq!(stands(&house, ticket.id).await, [at("clerk", "closed"), at("helper", "z")]);
        let data: Value = serde_json::from_str(&house.submission(ticket.id).await.data).expect("JSON");
        assert_eq!(
            data["note"], "may I? helper yes, thanks",
            "the end is heard after what was said before it"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn flows_that_start_each_other_are_stopped_with_the_chain_on_the_timeline() {
    on_each_database(async |house| {
        house.install(&app()).await;
        let receipt = house.answer("ball", json!({})).await.expect("taken");
        let ticket = house.submission(receipt.id.parse().expect("an id")).await;
        let rows =
            store::event::of_submission(house.app.db.read(), house.team, ticket.id).await.expect("reads");
        let stopped = rows.iter().find(|row| row.kind == "stopped").expect("the timeline says so");
        let said: Value = serde_json::from_str(&stopped.data).expect("JSON");
        assert_eq!(said["reason"], "loop");
        let chain = said["chain"].as_str().expect("words");
        assert!(chain.starts_with("`ping` on `start` → `pong` on `start` → `ping` on `start`"), "{chain}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_flow_that_closes_a_circle_of_invocations_is_not_published() {
    on_each_database(async |house| {
        house.install(&app()).await;
        let definition = house.definition("flow", "line-check").await;
        let mut document: Value =
            serde_json::from_str(definition["draft"].as_str().expect("a draft")).expect("JSON");
        document["states"]["check"]["invoke"] = json!({"flow": "order-care", "id": "back"});
        document["states"]["check"]["on"]["done.invoke.back"] = json!("checked");
        let path = format!("/api/v1/definitions/{}", definition["id"].as_str().expect("an id"));
        let draft = json!({"rev": definition["rev"], "draft": document.to_string()});
        let saved = house.ask("designer", "PUT", &format!("{path}/draft"), Some(&draft)).await;
        assert_eq!(saved.status, StatusCode::OK, "{}", saved.text);
        let rev = json!({"rev": saved.body["rev"]});
        let refused = house.ask("designer", "POST", &format!("{path}/publish"), Some(&rev)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text);
        let problem = &refused.body["problems"][0];
        assert_eq!(
            (&problem["code"], &problem["path"]),
            (&json!("flow.invoke_cycle"), &json!("/states/check/invoke/flow"))
        );
    })
    .await;
}
