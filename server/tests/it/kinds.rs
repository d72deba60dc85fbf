//! Kinds of question that need the server: serial numbers, references, rows, and files, which it does not take.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::support::house::{Answer, HOUR_MS, House, on_each_database};

/// An app of two forms: orders, and requests about them.
fn app() -> String {
    let text = |title: &str| json!({"type": "string", "title": title});
    json!({"format": 1, "kind": "app", "key": "desk", "title": "Desk", "forms": [
        {"format": 1, "kind": "form", "key": "order", "title": "Order",
         "schema": {"type": "object", "properties": {"number": text("Number"), "status": text("Status"), "ship_to": text("Address")}},
         "layout": {"pages": [{"items": [{"field": "/number", "control": "serial_number", "serial": {"pattern": "O{yyyy}{MM}{dd}-{n:3}", "reset": "day"}}]}]},
         "publish": {"slug": "order"}},
        {"format": 1, "kind": "form", "key": "request", "title": "Request",
         "schema": {"type": "object", "properties": {"order": text("Order"), "address": text("Address"), "by": text("Served by"), "where": text("Department"),
             "items": {"type": "array", "title": "Items", "maxItems": 3, "items": {"type": "object", "properties": {"name": text("Name")}, "required": ["name"]}}}},
         "layout": {"pages": [{"items": [
             {"field": "/order", "control": "linked_record", "record": {"form": "order", "where": {"field": "/status", "op": "ne", "value": "void"}, "fill": {"/address": "/ship_to"}}},
             {"field": "/by", "control": "member"}, {"field": "/where", "control": "department"}, {"field": "/items"}]}]},
         "publish": {"slug": "request"}}]})
    .to_string()
}

async fn post(house: &House, body: &str) -> Answer {
    let headers = [("content-type", "application/x-www-form-urlencoded"), ("accept-language", "en")];
    house.send("", "POST", "/f/request", &headers, body.as_bytes().to_vec()).await
}

async fn stored(house: &House, form: &str, data: Value) -> Value {
    let receipt = house.answer(form, data).await.expect("taken");
    let row = house.submission(receipt.id.parse().expect("an id")).await;
    serde_json::from_str(&row.data).expect("JSON")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn serial_numbers_run_without_gaps_and_start_again_with_their_period() {
    on_each_database(async |house| {
        house.install(&app()).await;
        let first = stored(&house, "order", json!({"status": "new", "number": "O-mine"})).await;
        let number = first["number"].as_str().expect("a number").to_owned();
        assert!(number.ends_with("-001") && number.starts_with("O20"), "{number}");
        // Many at once: one batch or several, each number once.
        let answers = (0..20).map(|_| house.answer("order", json!({"status": "new"})));
        let mut numbers = BTreeSet::new();
        for receipt in futures_util::future::join_all(answers).await {
            let row = house.submission(receipt.expect("taken").id.parse().expect("an id")).await;
            let data: Value = serde_json::from_str(&row.data).expect("JSON");
            numbers.insert(data["number"].as_str().expect("a number").to_owned());
        }
        let expected: BTreeSet<String> =
            (2..=21).map(|count| format!("{}{count:03}", &number[..number.len() - 3])).collect();
        assert_eq!(numbers, expected);
        house.pass(24).await;
        let next = stored(&house, "order", json!({"status": "new"})).await;
        let next = next["number"].as_str().expect("a number");
        assert!(next.ends_with("-001") && *next > *number, "{next} after {number}");
        assert_eq!(HOUR_MS, 3_600_000);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn references_lead_to_what_may_be_chosen() {
    on_each_database(async |house| {
        house.install(&app()).await;
        let order =
            house.answer("order", json!({"status": "new", "ship_to": "1 Lake Road"})).await.expect("taken");
        let void = house.answer("order", json!({"status": "void"})).await.expect("taken");
        let by_receipt = stored(&house, "request", json!({"order": order.receipt})).await;
        assert_eq!(by_receipt, json!({"order": order.id}), "a customer gets nothing of the order filled in");
        for (field, value) in [
            ("order", json!(void.id)),
            ("order", json!("7KQ2-M9XA")),
            ("by", json!("somebody")),
            ("where", json!("nowhere")),
        ] {
            let refused = house.answer("request", json!({field: value})).await.expect_err("leads nowhere");
            let told = format!("{refused:?}");
            assert!(told.contains("form.reference") && told.contains(&format!("/{field}")), "{told}");
        }
        let page = house.send("", "GET", "/f/request", &[("accept-language", "en")], Vec::new()).await;
        assert!(page.text.contains("quality-head"), "members can be chosen: {}", page.text);
        let known = stored(&house, "request", json!({"where": "quality"})).await;
        assert_eq!(known["where"], "quality");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_number_that_was_given_stays_and_what_staff_refer_to_must_be_there() {
    on_each_database(async |house| {
        house.install(&app()).await;
        let patch = async |id: &str, data: Value| {
            let path = format!("/api/v1/submissions/{id}");
            house.ask("owner", "PATCH", &path, Some(&json!({"data": data}))).await
        };
        let read = async |id: &str| -> Value {
            let row = house.submission(id.parse().expect("an id")).await;
            serde_json::from_str(&row.data).expect("JSON")
        };
        let order = house
            .answer("order", json!({"status": "new", "ship_to": "1 Lake Road"}))
            .await
            .expect("taken")
            .id;
        let number = read(&order).await["number"].clone();
        for forged in [json!("O-mine"), Value::Null] {
            let refused = patch(&order, json!({"/number": forged, "/status": "paid"})).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text);
            assert!(refused.text.contains("submission.read_only"), "{}", refused.text);
        }
        assert_eq!(patch(&order, json!({"/status": "paid"})).await.status, StatusCode::OK);
        assert_eq!((&read(&order).await["number"], &read(&order).await["status"]), (&number, &json!("paid")));
        let request =
            house.answer("request", json!({"address": "", "where": "service"})).await.expect("taken").id;
        for (field, value) in [("/order", "7KQ2-M9XA"), ("/by", "somebody"), ("/where", "nowhere")] {
            let refused = patch(&request, json!({field: value})).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}: {}", refused.text);
            assert!(refused.text.contains("form.reference"), "{}", refused.text);
        }
        // A record named by staff fills what is empty, as when it came in.
        let linked = patch(&request, json!({"/order": order})).await;
        assert_eq!(linked.status, StatusCode::OK, "{}", linked.text);
        let data = read(&request).await;
        assert_eq!((&data["order"], &data["address"]), (&json!(order), &json!("1 Lake Road")));
        // What was referred to before may be gone since: other changes go on.
        assert_eq!(
            house.ask("owner", "DELETE", &format!("/api/v1/submissions/{order}"), None).await.status,
            StatusCode::NO_CONTENT
        );
        assert_eq!(patch(&request, json!({"/where": "quality"})).await.status, StatusCode::OK);
        assert_eq!(
            patch(&request, json!({"/order": order.to_uppercase()})).await.status,
            StatusCode::UNPROCESSABLE_ENTITY
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_row_is_added_without_script_and_nothing_typed_is_lost() {
    on_each_database(async |house| {
        house.install(&app()).await;
        let more = post(&house, "%2Fitems%2F0%2Fname=Sofa&_nonce=n&_step=add+%2Fitems").await;
        assert_eq!(more.status, StatusCode::OK, "{}", more.text);
        assert!(more.text.contains("value=\"Sofa\"") && more.text.contains("/items/1/name"), "{}", more.text);
        assert!(!more.text.contains("/items/2/name"), "{}", more.text);

        // The first row is empty and closes ranks only after the second is gone.
        let rows = "%2Fitems%2F0%2Fname=&%2Fitems%2F1%2Fname=Bed&%2Fitems%2F2%2Fname=Sofa";
        let less = post(&house, &format!("{rows}&_nonce=n&_step=drop+%2Fitems%2F1")).await;
        assert_eq!(less.status, StatusCode::OK, "{}", less.text);
        assert!(less.text.contains("value=\"Sofa\"") && !less.text.contains("Bed"), "{}", less.text);
        assert!(!less.text.contains("/items/1/name"), "{}", less.text);
    })
    .await;
}
