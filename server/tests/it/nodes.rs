//! Several servers on one PostgreSQL, and several workers on one database: everything is decided once.

use std::collections::{BTreeMap, BTreeSet};

use futures_util::future::{join, join_all};
use huiyin::store;
use huiyin::worker::{self, Mailer};
use serde_json::json;

use crate::support::house::{HOUR_MS, on_each_database};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_nodes_number_route_and_recognise_as_one() {
    on_each_database(async |house| {
        if !house.app.db.is_shared() {
            return;
        }
        let second = house.second_node().await;
        let nodes = [&house.app, &second];
        let about = ["product", "service"];
        let sent = (0..80).map(|turn| {
            let data = json!({"score": 2, "about": about[turn % 2], "contact": "one@b.example"});
            house.answer_at(nodes[turn % 4 / 2], "nps", data, None)
        });
        let mut load: BTreeMap<String, BTreeMap<String, u32>> = BTreeMap::new();
        let (mut numbers, mut customers) = (BTreeSet::new(), BTreeSet::new());
        for receipt in join_all(sent).await {
            let ticket = house.ticket_of(&receipt.expect("taken")).await;
            numbers.insert(ticket.number);
            customers.insert(ticket.customer_id.map(|id| id.to_string()));
            let assignee = house.name_of(ticket.assignee_id.expect("assigned")).to_owned();
            *load.entry(ticket.department_key.expect("one")).or_default().entry(assignee).or_default() += 1;
        }
        assert_eq!(numbers, (1..=80).collect());
        assert_eq!(customers.len(), 1, "{customers:?}");
        for agents in load.values() {
            let (least, most) = (agents.values().min(), agents.values().max());
            assert!(most.expect("some") - least.expect("some") <= 1, "{load:?}");
        }
        let retries =
            (0..20).map(|turn| house.answer_at(nodes[turn % 2], "nps", json!({"score": 1}), Some("same")));
        let receipts: BTreeSet<String> =
            join_all(retries).await.into_iter().map(|receipt| receipt.expect("taken").id).collect();
        assert_eq!(receipts.len(), 1, "{receipts:?}");
        second.close().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn workers_side_by_side_do_everything_once() {
    on_each_database(async |house| {
        let second = if house.app.db.is_shared() { house.second_node().await } else { house.app.clone() };
        for _ in 0..10 {
            house.answer("nps", json!({"score": 2, "about": "product"})).await.expect("taken");
        }
        house.hand.advance_ms(24 * HOUR_MS);
        let (one, other) = (Mailer::kept(), Mailer::kept());
        loop {
            let (busy, also) = join(worker::drain(&house.app, &one), worker::drain(&second, &other)).await;
            if !busy && !also {
                break;
            }
        }
        let mails =
            store::outbox::page(house.app.db.read(), house.team, None, None, 1_000).await.expect("reads");
        let to_head = format!("quality-head@{}.example", house.team);
        assert_eq!(mails.iter().filter(|mail| mail.recipient == to_head).count(), 10);
        assert!(mails.iter().all(|mail| mail.status == "kept"), "{mails:?}");
        let due = store::timer::due_of_all_teams(house.app.db.read(), house.app.clock.now_ms(), 10).await;
        assert!(due.expect("reads").is_empty());
    })
    .await;
}
