//! The live feed: everybody hears of what they may read, in order, and nobody of another team.

use std::time::Duration;

use api_types::{ChangeView, Role};
use futures_util::StreamExt;
use huiyin::store;
use serde_json::json;

use crate::support::house::{House, found, on_each_database};

/// Reads changes off a stream until `enough`.
async fn hear(
    house: &House,
    who: &str,
    since: i64,
    enough: impl Fn(&[ChangeView]) -> bool,
) -> Vec<ChangeView> {
    let mut stream = house.stream(who, "/api/v1/live", since).await;
    let (mut text, mut heard) = (String::new(), Vec::new());
    while !enough(&heard) {
        let bytes = stream.next().await.expect("the stream goes on").expect("bytes");
        text.push_str(&String::from_utf8_lossy(&bytes));
        while let Some((event, rest)) = text.split_once("\n\n") {
            let data = event.lines().find_map(|line| line.strip_prefix("data: "));
            heard.extend(data.map(|data| serde_json::from_str::<ChangeView>(data).expect("a change")));
            text = rest.to_owned();
        }
    }
    heard
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everybody_hears_of_what_they_may_read_and_nothing_else() {
    on_each_database(async |mut house| {
        let elsewhere = found(&house.app, "Elsewhere").await;
        house.hire(elsewhere, "stranger", Role::Owner, None).await;
        let since = store::change::last(house.app.db.read()).await.expect("reads");
        let data = json!({"score": 3, "about": "product", "contact": "a@b.example"});
        let ticket = house.ticket_of(&house.answer("nps", data).await.expect("taken")).await;
        let department = json!({"key": "theirs", "title": "Theirs"});
        house.ask("stranger", "POST", "/api/v1/departments", Some(&department)).await;
        house
            .ask("owner", "POST", "/api/v1/departments", Some(&json!({"key": "ours", "title": "Ours"})))
            .await;
        let definition = house.definition("form", "nps").await;
        let path = format!("/api/v1/definitions/{}/publish", definition["id"].as_str().expect("an id"));
        house.ask("designer", "POST", &path, Some(&json!({"rev": definition["rev"]}))).await;

        let last = |heard: &[ChangeView]| heard.last().is_some_and(|change| change.entity == "definition");
        let agent = hear(&house, "quality-1", since, last).await;
        let of_ticket = |change: &&ChangeView| change.id == ticket.id.to_string();
        assert_eq!(
            agent.iter().find(of_ticket).map(|change| change.form.as_deref()),
            Some(Some("ticket")),
            "{agent:?}"
        );
        assert!(agent.iter().any(|change| change.entity == "customer"), "{agent:?}");
        assert!(agent.windows(2).all(|pair| pair[0].seq < pair[1].seq), "{agent:?}");
        // Tickets of quality are no concern of service's.
        let other = hear(&house, "service-1", since, last).await;
        assert_eq!(other.iter().find(of_ticket), None, "{other:?}");
        let viewer = hear(&house, "viewer", since, last).await;
        assert!(viewer.iter().any(|change| change.entity == "submission"), "{viewer:?}");
        assert!(!viewer.iter().any(|change| change.entity == "customer"), "{viewer:?}");
        let member = hear(&house, "member", since, last).await;
        assert!(
            member.iter().all(|change| ["task", "definition"].contains(&change.entity.as_str())),
            "{member:?}"
        );
        let stranger = hear(&house, "stranger", since, |heard| !heard.is_empty()).await;
        assert!(stranger.iter().all(|change| change.entity == "member"), "{stranger:?}");
        let ours: Vec<i64> = agent.iter().map(|change| change.seq).collect();
        assert!(stranger.iter().all(|change| !ours.contains(&change.seq)), "{stranger:?}");

        // Whose stream breaks off before anything is said has a place to come back to all the same.
        let now = store::change::last(house.app.db.read()).await.expect("reads");
        let first = house.stream("quality-1", "/api/v1/live", None).await.next().await;
        assert_eq!(first.expect("goes on").expect("bytes"), format!("id: {now}\n\n"));
        // Who was away goes on where they were.
        let middle = agent[agent.len() / 2].seq;
        let rest = hear(&house, "quality-1", middle, last).await;
        assert_eq!(rest, agent[agent.len() / 2 + 1..]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_progress_page_hears_of_its_own_case_and_of_nothing_else() {
    on_each_database(async |house| {
        let mut open = Vec::new();
        for contact in ["a@b.example", "c@d.example"] {
            let data = json!({"score": 3, "about": "product", "contact": contact});
            let receipt = house.answer("nps", data).await.expect("taken");
            let token =
                receipt.progress.clone().expect("a page").rsplit('/').next().expect("a token").to_owned();
            let stream = house.stream("", &format!("/t/{token}/live"), 0).await;
            open.push((house.ticket_of(&receipt).await, stream));
        }
        // What came of the answers themselves may be told late, to the page it is about.
        for (_, stream) in &mut open {
            while let Ok(Some(_)) = tokio::time::timeout(Duration::from_millis(300), stream.next()).await {}
        }
        let (ticket, _) = &open[1];
        let who = house.name_of(ticket.assignee_id.expect("somebody"));
        let reply = format!("/api/v1/submissions/{}/replies", ticket.id);
        let said = house.ask(who, "POST", &reply, Some(&json!({"text": "hello"}))).await;
        assert!(said.status.is_success(), "{}", said.text);
        let heard = open[1].1.next().await.expect("the stream goes on").expect("bytes");
        assert_eq!(String::from_utf8_lossy(&heard), "event: change\ndata: {}\n\n");
        // What the other page could have heard of was committed before.
        let silent = tokio::time::timeout(Duration::from_millis(200), open[0].1.next()).await;
        assert!(silent.is_err(), "{silent:?}");
    })
    .await;
}
