//! The gallery: what comes with the server really works, what teams share reaches the others, samples come and go.

use api_types::Role;
use axum::http::StatusCode;
use huiyin::starter;
use serde_json::{Value, json};

use crate::support::house::{House, found, on_each_database};

/// What a customer sends, and what has to come of it.
struct Case {
    app: &'static str,
    slug: &'static str,
    answer: &'static str,
    /// Form of the ticket, its state at once, and the department in charge.
    ticket: (&'static str, &'static str, &'static str),
    /// The task that waits for somebody; none where the customer is next.
    task: Option<&'static str>,
    /// What happens then: an event with its data, hours that pass, and the state afterwards.
    then: &'static [(&'static str, &'static str, i64, &'static str)],
    /// What somebody has been told.
    mail: &'static str,
}

const CASES: [Case; 9] = [
    Case {
        app: "care",
        slug: "nps",
        answer: r#"{"score": 2, "about": "product", "contact": "kunde@b.example"}"#,
        ticket: ("ticket", "received", "quality"),
        task: Some("open"),
        then: &[("solve", r#"{"solution": "Fixed"}"#, 0, "closed")],
        mail: "New ticket",
    },
    Case {
        app: "csat-service",
        slug: "service-rating",
        answer: r#"{"score": 1, "why": ["speed"], "contact": "kunde@b.example"}"#,
        ticket: ("rescue", "open", "service"),
        task: Some("open"),
        then: &[
            ("solve", r#"{"solution": "Done", "cause": "process"}"#, 0, "done"),
            ("", "", 15 * 24, "closed"),
        ],
        mail: "waits for your call",
    },
    Case {
        app: "complaint-desk",
        slug: "complaint-desk",
        answer: r#"{"about": "delivery", "text": "Late", "contact": "kunde@b.example"}"#,
        ticket: ("complaint-case", "handling", "logistics"),
        task: Some("handling"),
        then: &[
            ("propose", r#"{"solution": "Sorry", "cause": "process"}"#, 0, "review"),
            ("return", "{}", 0, "handling"),
            ("propose", r#"{"solution": "Very sorry", "cause": "process"}"#, 0, "review"),
            ("approve", "{}", 0, "answered"),
            ("", "", 16 * 24, "closed"),
        ],
        mail: "New complaint",
    },
    Case {
        app: "suggestion-box",
        slug: "suggestion-box",
        answer: r#"{"idea": "Umbrellas at the door"}"#,
        ticket: ("suggestion", "review", "improvement"),
        task: Some("review"),
        then: &[("adopt", r#"{"solution": "Good idea"}"#, 0, "doing"), ("finish", "{}", 0, "done")],
        mail: "New idea",
    },
    Case {
        app: "event-signup",
        slug: "event-signup",
        answer: r#"{"name": "Lin", "contact": "kunde@b.example", "session": "morning"}"#,
        ticket: ("signup", "registered", "events"),
        task: Some("registered"),
        then: &[("arrive", "{}", 0, "attended"), ("", "", 5, "asked"), ("", "", 15 * 24, "ended")],
        mail: "You are signed up",
    },
    Case {
        app: "repairs",
        slug: "repair",
        answer: r#"{"what": "it", "place": "3F", "text": "No network", "urgency": "urgent"}"#,
        ticket: ("repair", "reported", "it-support"),
        task: Some("reported"),
        then: &[
            ("accept", "{}", 0, "working"),
            ("order", "{}", 0, "waiting"),
            ("resume", "{}", 0, "working"),
            ("fix", r#"{"solution": "New cable"}"#, 0, "fixed"),
            ("", "", 8 * 24, "closed"),
        ],
        mail: "New report",
    },
    Case {
        app: "leave",
        slug: "leave",
        answer: r#"{"name": "Chen", "kind": "annual", "from": "2026-12-01", "to": "2026-12-07", "days": 5}"#,
        ticket: ("leave-request", "manager", ""),
        task: Some("manager"),
        then: &[("approve", "{}", 0, "hr"), ("confirm", "{}", 0, "approved")],
        mail: "Leave request",
    },
    Case {
        app: "sales-leads",
        slug: "talk-to-us",
        answer: r#"{"name": "Wu", "contact": "kunde@b.example", "need": "Surveys"}"#,
        ticket: ("lead", "fresh", "sales"),
        task: Some("working"),
        // Three days without a contact, three times: back into the pool, and then it is the head's.
        then: &[
            ("", "", 73, "fresh"),
            ("contacted", "{}", 0, "talking"),
            ("", "", 73, "talking"),
            ("", "", 14 * 24, "fresh"),
            ("", "", 73, "stuck"),
            ("won", r#"{"value": 900}"#, 0, "won"),
        ],
        mail: "New lead",
    },
    Case {
        app: "inspection",
        slug: "inspection",
        answer: r#"{"place": "shop", "fire": "bad", "power": "ok", "clean": "ok", "stock": "na", "note": "Boxes in the way"}"#,
        ticket: ("rectification", "open", "operations"),
        task: Some("open"),
        then: &[
            ("fix", r#"{"solution": "Moved"}"#, 0, "recheck"),
            ("fail", "{}", 0, "open"),
            ("fix", r#"{"solution": "Moved again"}"#, 0, "recheck"),
            ("pass", "{}", 0, "closed"),
        ],
        mail: "To be put right",
    },
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_built_in_app_works_in_a_team_that_had_nothing() {
    assert_eq!(CASES.map(|case| case.app), starter::ALL.each_ref().map(|one| one.key));
    on_each_database(async |mut house| {
        let team = found(&house.app, "New").await;
        house.hire(team, "boss", Role::Owner, None).await;
        for case in &CASES {
            let path = format!("/api/v1/gallery/{}/install", case.app);
            let dry = house.ask("boss", "POST", &format!("{path}?dry_run=true"), None).await;
            let done = house.ask("boss", "POST", &path, None).await;
            assert_eq!(done.status, StatusCode::OK, "{}: {}", case.app, done.text);
            assert_eq!(dry.body, done.body, "a dry run says exactly what happens");
            play(&house, case).await;
        }
    })
    .await;
}

async fn play(house: &House, case: &Case) {
    let name = case.app;
    let forms = house.ask("boss", "GET", "/api/v1/forms", None).await.body;
    let slug = |form: &Value| form["url"].as_str().and_then(|url| url.rsplit('/').next()).map(str::to_owned);
    let own = forms.as_array().expect("forms").iter().filter(|form| form["app"] == case.app).filter_map(slug);
    // The house has the starter app, so its addresses are taken.
    let address = own.into_iter().find(|slug| slug.trim_end_matches("-2") == case.slug).expect("an address");
    let path = format!("/api/v1/public/forms/{address}/submissions");
    let sent = house.send("", "POST", &path, &[], case.answer.as_bytes().to_vec()).await;
    assert_eq!(sent.status, StatusCode::CREATED, "{name}: {}", sent.text);
    assert!(sent.body["progress"].is_string(), "{name}: whoever asks can follow it: {}", sent.text);
    let (form, state, department) = case.ticket;
    let listed = house.ask("boss", "GET", &format!("/api/v1/forms/{form}/submissions"), None).await.body;
    let ticket = &listed["items"][0];
    let id = ticket["id"].as_str().unwrap_or_else(|| panic!("{name}: no ticket in {listed}"));
    assert_eq!(ticket["state"], state, "{name}");
    assert_eq!(ticket["department"].as_str().unwrap_or_default(), department, "{name}");
    assert!(!ticket["assignee"].is_null(), "{name}: somebody has it");
    let tasks = house.ask("boss", "GET", "/api/v1/tasks", None).await.body;
    let of_ticket = |task: &&Value| task["submission"] == id || task["submission"]["id"] == id;
    let task = tasks["items"].as_array().expect("tasks").iter().find(of_ticket);
    assert_eq!(task.and_then(|task| task["state"].as_str()), case.task, "{name}: {tasks}");
    house.drain().await;
    let outbox = house.ask("boss", "GET", "/api/v1/outbox", None).await.text;
    assert!(outbox.contains(case.mail), "{name}: {outbox}");
    for (event, data, hours, after) in case.then {
        if event.is_empty() {
            house.pass(*hours).await;
        } else {
            let body = json!({"event": event, "data": serde_json::from_str::<Value>(data).expect("JSON")});
            let done =
                house.ask("boss", "POST", &format!("/api/v1/submissions/{id}/events"), Some(&body)).await;
            assert_eq!(done.status, StatusCode::OK, "{name} {event}: {}", done.text);
        }
        let now = house.ask("boss", "GET", &format!("/api/v1/submissions/{id}"), None).await;
        assert_eq!(now.body["state"], *after, "{name} after `{event}` and {hours} hours: {}", now.text);
    }
    let boards = house.ask("boss", "GET", "/api/v1/dashboards", None).await.body;
    for board in boards.as_array().expect("boards") {
        let view = house
            .ask(
                "boss",
                "GET",
                &format!("/api/v1/dashboards/{}", board["key"].as_str().expect("a key")),
                None,
            )
            .await;
        for tile in view.body["tiles"].as_array().expect("tiles") {
            let answer = house.ask("boss", "POST", "/api/v1/query", Some(&tile["query"])).await;
            assert_eq!(answer.status, StatusCode::OK, "{name} {}: {}", tile["key"], answer.text);
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_team_shares_reaches_the_others_and_holds_nothing_of_its_customers() {
    on_each_database(async |mut house| {
        let other = found(&house.app, "Elsewhere").await;
        house.hire(other, "stranger", Role::Owner, None).await;
        house.answer("nps", json!({"score": 1, "reason": "a secret complaint"})).await.expect("taken");
        let shared = house.ask("admin", "POST", "/api/v1/apps/care/template", None).await;
        assert_eq!(
            (shared.status, shared.body["key"].as_str()),
            (StatusCode::CREATED, Some("care-2")),
            "{}",
            shared.text
        );
        let again = house.ask("admin", "POST", "/api/v1/apps/care/template", None).await;
        assert_eq!(again.body["key"], "care-2", "the newest state of the same template");
        let seen = house.ask("stranger", "GET", "/api/v1/gallery", None).await.body;
        let item =
            seen.as_array().expect("a list").iter().find(|one| one["key"] == "care-2").expect("on the shelf");
        assert_eq!((item["shared_by"].as_str(), item["own"].as_bool()), (Some("Test"), Some(false)));
        assert_eq!(item["languages"], json!(["zh", "en"]));
        let whole = house.ask("stranger", "GET", "/api/v1/gallery/care-2", None).await;
        assert!(!whole.text.contains("a secret complaint"));
        assert_eq!(whole.body["samples"], 340.max(whole.body["samples"].as_u64().expect("a number")));
        let done = house.ask("stranger", "POST", "/api/v1/gallery/care-2/install", None).await;
        assert_eq!(done.status, StatusCode::OK, "{}", done.text);
        // Only who shared it takes it back, and what was installed stays.
        let not_theirs = house.ask("stranger", "DELETE", "/api/v1/apps/care-2/template", None).await;
        assert_eq!(not_theirs.status, StatusCode::NO_CONTENT);
        assert_eq!(house.ask("stranger", "GET", "/api/v1/gallery/care-2", None).await.status, StatusCode::OK);
        house.ask("admin", "DELETE", "/api/v1/apps/care/template", None).await;
        assert_eq!(
            house.ask("stranger", "GET", "/api/v1/gallery/care-2", None).await.status,
            StatusCode::NOT_FOUND
        );
        let apps = house.ask("stranger", "GET", "/api/v1/apps", None).await.body;
        assert_eq!(apps[0]["key"], "care-2");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn samples_come_and_go_with_everything_that_came_of_them() {
    on_each_database(async |house| {
        let installed = house.ask("owner", "POST", "/api/v1/gallery/complaint-desk/install", None).await;
        assert_eq!(installed.status, StatusCode::OK, "{}", installed.text);
        let path = "/api/v1/apps/complaint-desk/samples";
        let real = json!({"about": "product", "text": "Real", "contact": "real@b.example"});
        let kept = house.answer("complaint-case", real).await.expect("taken");
        let added = house.ask("owner", "POST", path, None).await;
        assert_eq!(
            (added.status, &added.body),
            (StatusCode::CREATED, &json!({"submissions": 12})),
            "{}",
            added.text
        );
        assert_eq!(
            house.ask("owner", "POST", path, None).await.status,
            StatusCode::CONFLICT,
            "once is enough"
        );
        let start = house.ask("owner", "GET", "/api/v1/start", None).await.body;
        assert_eq!(
            start["samples"],
            json!([{"app": "complaint-desk", "title": "Complaint desk", "samples": 12}])
        );
        // Somebody works on a sample before it goes.
        let listed =
            house.ask("owner", "GET", "/api/v1/forms/complaint-case/submissions?limit=50", None).await.body;
        let items = listed["items"].as_array().expect("items");
        let sample = items.iter().find(|one| one["id"] != kept.id.as_str()).expect("a sample")["id"]
            .as_str()
            .expect("an id");
        let noted = house
            .ask(
                "owner",
                "POST",
                &format!("/api/v1/submissions/{sample}/comments"),
                Some(&json!({"text": "seen"})),
            )
            .await;
        assert!(noted.status.is_success(), "{}", noted.text);
        let customers = house.ask("owner", "GET", "/api/v1/customers", None).await.text;
        assert!(customers.contains("mei.lin@example.com"), "{customers}");
        let removed = house.ask("owner", "DELETE", path, None).await;
        assert_eq!((removed.status, &removed.body), (StatusCode::OK, &json!({"submissions": 12})));
        let left = house.ask("owner", "GET", "/api/v1/forms/complaint-case/submissions", None).await.body;
        assert_eq!(left["items"].as_array().map(Vec::len), Some(1));
        assert_eq!(left["items"][0]["id"], kept.id.as_str());
        assert_eq!(
            house.ask("owner", "GET", &format!("/api/v1/submissions/{sample}"), None).await.status,
            StatusCode::NOT_FOUND
        );
        let customers = house.ask("owner", "GET", "/api/v1/customers", None).await.text;
        assert!(
            !customers.contains("mei.lin@example.com") && customers.contains("real@b.example"),
            "{customers}"
        );
        let again = house.ask("owner", "DELETE", path, None).await;
        assert_eq!(again.body, json!({"submissions": 0}));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_list_of_first_steps_fills_itself() {
    on_each_database(async |mut house| {
        let team = found(&house.app, "New").await;
        house.hire(team, "boss", Role::Owner, None).await;
        let done = async |house: &House| -> Vec<String> {
            let view = house.ask("boss", "GET", "/api/v1/start", None).await.body;
            let steps = view["steps"].as_array().expect("steps").iter().filter(|step| step["done"] == true);
            steps.map(|step| step["key"].as_str().expect("a key").to_owned()).collect()
        };
        assert!(done(&house).await.is_empty());
        house.ask("boss", "POST", "/api/v1/gallery/csat-service/install", None).await;
        assert_eq!(done(&house).await, ["form"]);
        house.ask("boss", "POST", "/api/v1/apps/csat-service/samples", None).await;
        assert_eq!(done(&house).await, ["form"], "samples are no answers");
        let path = "/api/v1/public/forms/service-rating/submissions";
        house.send("", "POST", path, &[], br#"{"score": 1}"#.to_vec()).await;
        assert_eq!(done(&house).await, ["form", "answer"]);
        let listed = house.ask("boss", "GET", "/api/v1/forms/rescue/submissions", None).await.body;
        let id = listed["items"][0]["id"].as_str().expect("a ticket").to_owned();
        let solve = json!({"event": "solve", "data": {"solution": "Done", "cause": "people"}});
        let solved =
            house.ask("boss", "POST", &format!("/api/v1/submissions/{id}/events"), Some(&solve)).await;
        assert_eq!(solved.status, StatusCode::OK, "{}", solved.text);
        house.pass(15 * 24).await;
        assert_eq!(done(&house).await, ["form", "answer", "ticket"]);
        house.hire(team, "second", Role::Agent, Some("service")).await;
        // The app's own role grants agents what its form brings, without anybody giving it to them.
        let listed = house.ask("second", "GET", "/api/v1/forms/rescue/submissions", None).await;
        assert_eq!(listed.body["items"].as_array().map(Vec::len), Some(1), "{}", listed.text);
        house.ask("boss", "GET", "/api/v1/dashboards/csat-service", None).await;
        assert_eq!(done(&house).await, ["form", "answer", "ticket", "colleague", "board"]);
        let away = house.ask("boss", "PATCH", "/api/v1/start", Some(&json!({"dismissed": true}))).await;
        assert_eq!((away.status, &away.body["dismissed"]), (StatusCode::OK, &json!(true)));
    })
    .await;
}
