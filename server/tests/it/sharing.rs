//! How a form gets to people: short links, a list of people read and reminded, a member's own page.

use axum::http::StatusCode;
use huiyin::services::{one_click, recipients};
use huiyin::store;
use serde_json::{Value, json};

use crate::support::house::{Answer, HOUR_MS, House, on_each_database};

fn app(slug: &Value) -> String {
    json!({"format": 1, "kind": "app", "key": "ideas", "title": "Ideas", "forms": [
        {"format": 1, "kind": "form", "key": "idea", "title": {"zh": "建议", "en": "An idea"},
         "schema": {"type": "object", "required": ["text"], "properties": {
            "text": {"type": "string"}, "place": {"type": "string"}, "cost": {"type": "number", "readOnly": true}}},
         "layout": {"pages": [{"items": [{"field": "/text"}, {"field": "/cost"},
            {"field": "/place", "control": "hidden", "title": {"zh": "来源", "en": "Source"}}]}]},
         "publish": {"slug": slug}}]})
    .to_string()
}

async fn get(house: &House, path: &str) -> Answer {
    house.send("", "GET", path, &[("accept-language", "en")], Vec::new()).await
}

fn place(answer: &Answer) -> String {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
    answer.headers["location"].to_str().expect("text").to_owned()
}

async fn shared(house: &House) -> Value {
    house.ask("designer", "GET", "/api/v1/forms/idea/share", None).await.body
}

async fn ideas(house: &House) -> Vec<Value> {
    let listed = house.ask("owner", "GET", "/api/v1/forms/idea/submissions", None).await.body;
    listed["items"].as_array().expect("submissions").clone()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_short_link_stays_when_the_address_changes_and_says_where_an_answer_came_from() {
    on_each_database(async |house| {
        house.install(&app(&json!("idea"))).await;
        let own = shared(&house).await["links"][0].clone();
        let code = own["code"].as_str().expect("a code").to_owned();
        assert!(
            own["label"].is_null()
                && own["url"].as_str().is_some_and(|url| url.ends_with(&format!("/q/{code}")))
        );
        assert_eq!(shared(&house).await["links"], json!([own]), "the form's own is made once");
        assert_eq!(place(&get(&house, &format!("/q/{code}")).await), "/f/idea");
        let upper = format!("/q/{}?lang=en&text=more+light", code.to_uppercase());
        assert_eq!(place(&get(&house, &upper).await), "/f/idea?lang=en&text=more+light");
        let make =
            async |body: Value| house.ask("designer", "POST", "/api/v1/forms/idea/links", Some(&body)).await;
        let door = make(json!({"label": " door  7 ", "field": "/place"})).await;
        assert_eq!(door.status, StatusCode::CREATED, "{}", door.text);
        assert_eq!(door.body["label"], "door 7");
        for (body, at) in [
            (json!({"label": " "}), "/label"),
            (json!({"label": "x", "field": "/cost"}), "/field"),
            (json!({"label": "x", "field": "/nowhere"}), "/field"),
        ] {
            let refused = make(body).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(refused.text.contains(&format!("\"{at}\"")), "{}", refused.text);
        }
        // The address changes; what is printed leads on.
        house.install(&app(&json!("better-idea"))).await;
        let printed = format!("/q/{}", door.body["code"].as_str().expect("a code"));
        let led = place(&get(&house, &printed).await);
        assert_eq!(led, "/f/better-idea?place=door+7");
        let page = get(&house, &led).await;
        assert!(page.text.contains("value=\"door 7\""), "the hidden question is answered: {}", page.text);
        let qr = house.ask("designer", "GET", &format!("/api/v1/forms/idea/qr.svg?code={code}"), None).await;
        assert!(qr.status == StatusCode::OK && qr.text.contains("<svg"), "{}", qr.status);
        let foreign =
            house.ask("designer", "GET", &format!("/api/v1/forms/nps/qr.svg?code={code}"), None).await;
        assert_eq!(foreign.status, StatusCode::NOT_FOUND);
        // The form's own stays; that of a place goes.
        let take = async |code: &str| {
            house.ask("designer", "DELETE", &format!("/api/v1/forms/idea/links/{code}"), None).await.status
        };
        assert_eq!(take(&code).await, StatusCode::NOT_FOUND);
        assert_eq!(take(door.body["code"].as_str().expect("a code")).await, StatusCode::NO_CONTENT);
        assert_eq!(get(&house, &printed).await.status, StatusCode::NOT_FOUND);
        let log = house.ask("admin", "GET", "/api/v1/audit?kind=short_link", None).await.text;
        assert!(log.contains("door 7") && log.contains("removed"), "{log}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_list_is_read_before_anybody_is_invited() {
    on_each_database(async |house| {
        let read = async |text: &str| {
            let path = "/api/v1/forms/nps/invitations/read";
            house.send("designer", "POST", path, &[], text.as_bytes().to_vec()).await
        };
        let list = read("姓名,邮箱,电话\n李雷,Li@b.example,138 0013 8000\nnobody,,\n韩梅,,+8613900139000\n").await;
        assert_eq!(
            list.body,
            json!({"recipients": [{"name": "李雷", "mail": "li@b.example", "phone": "13800138000"},
                {"name": "韩梅", "phone": "13900139000"}], "unread": ["nobody"]}),
            "{}", list.text
        );
        let pasted = read("a@b.example\nLi Lei <li@b.example>; Han han@b.example\na@b.example\n").await;
        assert_eq!(
            pasted.body["recipients"],
            json!([{"mail": "a@b.example"}, {"name": "Li Lei", "mail": "li@b.example"}, {"name": "Han", "mail": "han@b.example"}]),
            "{}", pasted.text
        );
        let spaced = read("Ben Fox +86 137 0013 7000\nroom 12\n").await;
        let ben = json!({"recipients": [{"name": "Ben Fox", "phone": "13700137000"}], "unread": ["room 12"]});
        assert_eq!(spaced.body, ben, "{}", spaced.text);
        assert_eq!(read("").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_touched_the_page_opened_it_and_only_the_silent_are_written_to_again() {
    on_each_database(async |house| {
        let path = "/api/v1/forms/nps/invitations";
        let body = json!({"recipients": [{"mail": "a@b.example"}, {"mail": "b@b.example"}, {"mail": "c@b.example"}, {"phone": "13800138000"}],
            "mail": {"subject": "x", "text": "{{scores}}"}});
        assert_eq!(house.ask("designer", "POST", path, Some(&body)).await.status, StatusCode::CREATED);
        let listed = async || house.ask("designer", "GET", path, None).await.body;
        let token = |list: &Value, index: usize| {
            let url = list["items"][index]["url"].as_str().expect("a link").to_owned();
            url.split_once("i=").expect("a token").1.to_owned()
        };
        let list = listed().await;
        let opened = house.send("", "POST", &format!("/f/nps/opened?i={}", token(&list, 0)), &[], Vec::new()).await;
        assert_eq!(opened.status, StatusCode::NO_CONTENT);
        assert_eq!(house.send("", "POST", "/f/nps/opened?i=guessed", &[], Vec::new()).await.status, StatusCode::NO_CONTENT);
        let to = format!("/api/v1/public/forms/nps/submissions?i={}", token(&list, 1));
        assert_eq!(house.ask("", "POST", &to, Some(&json!({"score": 9}))).await.status, StatusCode::CREATED);
        let list = listed().await;
        assert_eq!((&list["opened"], &list["answered"]), (&json!(2), &json!(1)), "{list}");
        let remind = async || house.ask("designer", "POST", &format!("{path}/remind"), None).await.body;
        assert_eq!(remind().await, json!({"reminded": 0, "lately": 2}), "not on the day they were written to");
        house.hand.advance_ms(25 * HOUR_MS);
        assert_eq!(remind().await, json!({"reminded": 2, "lately": 0}));
        assert_eq!(remind().await, json!({"reminded": 0, "lately": 2}));
        assert_eq!(listed().await["reminded"], 2);
        let log = house.ask("admin", "GET", "/api/v1/audit?kind=recipients", None).await.text;
        assert!(log.contains("invited") && log.contains("reminded"), "{log}");
        assert_eq!(recipients::remind(&house.app, 64).await.expect("reminds"), 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_survey_after_a_ticket_asks_its_question_in_the_mail() {
    on_each_database(async |house| {
        let catalog = house.app.catalog(house.team).await.expect("a catalog");
        let template = catalog.template("csat").expect("a template");
        assert!(
            template.text.get("zh").contains("{{scores}}") && template.text.get("en").contains("{{scores}}")
        );
        let receipt = house
            .answer("nps", json!({"score": 2, "about": "product", "contact": "kunde@b.example"}))
            .await
            .expect("taken");
        let ticket = house.ticket_of(&receipt).await;
        let agent = house.name_of(ticket.assignee_id.expect("somebody")).to_owned();
        let events = format!("/api/v1/submissions/{}/events", ticket.id);
        let solve = json!({"event": "solve", "data": {"solution": "a new one"}});
        assert!(house.ask(&agent, "POST", &events, Some(&solve)).await.status.is_success());
        house.pass(1).await;
        let mails = house.mails(ticket.id).await;
        let survey = mails.iter().find(|mail| mail.text.contains("/e/")).expect("a mail that asks");
        let html = one_click::page(&survey.text, house.app.config.base_url.as_str()).expect("a page");
        assert_eq!(html.matches("inline-block").count(), 5, "{html}");
        let (_, rest) = survey.text.split_once("/e/").expect("a link");
        let token = rest.split('/').next().expect("a token");
        let led = place(&get(&house, &format!("/e/{token}/4")).await);
        let page = get(&house, &led).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.text);
        let before = house.ask("owner", "GET", "/api/v1/forms/csat/submissions", None).await.body;
        assert_eq!(before["items"], json!([]), "opening stores nothing");
        assert_eq!(place(&get(&house, &format!("/e/{token}/99")).await), format!("/f/csat?i={token}"));
        assert_eq!(get(&house, "/e/guessed/4").await.status, StatusCode::NOT_FOUND);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_member_fills_in_a_form_without_a_page_and_finds_it_among_their_requests() {
    on_each_database(async |house| {
        house.install(&app(&Value::Null)).await;
        let path = "/f/@idea";
        let asked = get(&house, path).await;
        assert_eq!(place(&asked), "/login?next=%2Ff%2F%40idea");
        let cookie = house.sign_in("member").await;
        let mine = [("cookie", &*cookie), ("accept-language", "en"), ("sec-fetch-site", "same-origin")];
        let page = house.send("", "GET", path, &mine, Vec::new()).await;
        assert!(page.status == StatusCode::OK && page.text.contains("name=\"/text\""), "{}", page.text);
        let form = [mine.as_slice(), &[("content-type", "application/x-www-form-urlencoded")]].concat();
        let body = b"%2Ftext=a+chair&%2Fcost=1&_nonce=n&_seen=%2Ftext+%2Fcost+%2Fplace".to_vec();
        let cross: Vec<_> = form
            .iter()
            .map(|(name, value)| (*name, if *name == "sec-fetch-site" { "cross-site" } else { value }))
            .collect();
        let foreign = house.send("", "POST", path, &cross, body.clone()).await;
        assert_ne!(foreign.status, StatusCode::OK, "another site's post is nobody's");
        assert!(ideas(&house).await.is_empty());
        let sent = house.send("", "POST", path, &form, body).await;
        assert!(
            sent.status == StatusCode::OK
                && sent.text.contains("href=\"/s/home\"")
                && !sent.text.contains("name=\"/text\""),
            "{}",
            sent.text
        );
        let json_type = [mine.as_slice(), &[("content-type", "application/json")]].concat();
        let posted = house
            .send(
                "",
                "POST",
                "/api/v1/public/forms/@idea/submissions",
                &json_type,
                b"{\"text\": \"a lamp\", \"cost\": 1}".to_vec(),
            )
            .await;
        assert_eq!(posted.status, StatusCode::CREATED, "{}", posted.text);
        let ideas = ideas(&house).await;
        assert_eq!(ideas.len(), 2);
        assert!(
            ideas.iter().all(|one| one["data"].get("cost").is_none() && one["channel"] == "staff"),
            "{ideas:?}"
        );
        let requests = house.ask("member", "GET", "/api/v1/requests", None).await.body;
        assert_eq!(requests["items"].as_array().map(Vec::len), Some(2), "{requests}");
        let forms = house.ask("member", "GET", "/api/v1/forms", None).await.body;
        let line =
            forms.as_array().expect("a list").iter().find(|one| one["key"] == "idea").expect("the form");
        assert_eq!(line["inside"], "/f/@idea", "{line}");
        assert!(
            line["url"].is_null() && line["verbs"].as_array().expect("verbs").contains(&json!("add")),
            "{line}"
        );
        // A role that speaks of the form and lets members add nothing keeps them out.
        let role = json!({"format": 1, "kind": "app", "key": "ideas", "title": "Ideas", "roles": [
            {"format": 1, "kind": "role", "key": "chief", "title": "Chief", "place": "agent",
             "grants": [{"form": "idea", "rows": "all", "verbs": ["see", "add"]}]}]});
        let mut document: Value = serde_json::from_str(&app(&Value::Null)).expect("JSON");
        document["roles"] = role["roles"].clone();
        house.install(&document.to_string()).await;
        let kept_out = house.send("", "GET", path, &mine, Vec::new()).await;
        assert_eq!(kept_out.status, StatusCode::NOT_FOUND, "{}", kept_out.text);
        let elsewhere = store::submission::handed_in(
            house.app.db.read(),
            house.team,
            house.person("member").user,
            None,
            9,
        )
        .await;
        assert_eq!(elsewhere.expect("reads").len(), 2);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_kept_from_whoever_adds_is_neither_asked_nor_taken_nor_missed() {
    on_each_database(async |house| {
        let mut document: Value = serde_json::from_str(&app(&json!("idea"))).expect("JSON");
        document["forms"][0]["schema"] = json!({"type": "object", "required": ["text", "budget", "cost", "rows"], "properties": {
            "text": {"type": "string"}, "budget": {"type": "number"}, "cost": {"type": "number", "readOnly": true},
            "place": {"type": "string"},
            "rows": {"type": "array", "items": {"type": "object", "properties": {
                "what": {"type": "string"}, "price": {"type": "number"}}}}}});
        document["forms"][0]["layout"] = json!({"pages": []});
        document["roles"] = json!([{"format": 1, "kind": "role", "key": "helper", "title": "Helper", "place": "member",
            "grants": [{"form": "idea", "rows": "own", "verbs": ["see", "add", "edit"],
                "hide": ["/budget", "/rows/*/price"], "read_only": ["/place"]}]}]);
        house.install(&document.to_string()).await;
        let cookie = house.sign_in("member").await;
        let mine = [("cookie", &*cookie), ("accept-language", "en"), ("sec-fetch-site", "same-origin")];
        let page = house.send("", "GET", "/f/@idea", &mine, Vec::new()).await;
        let asks = |page: &Answer, path: &str| page.text.contains(&format!("name=\"{path}\""));
        assert!(asks(&page, "/text") && asks(&page, "/place") && asks(&page, "/rows/0/what"), "{}", page.text);
        assert!(!asks(&page, "/budget") && !asks(&page, "/cost") && !asks(&page, "/rows/0/price"));
        let form = [mine.as_slice(), &[("content-type", "application/x-www-form-urlencoded")]].concat();
        let forged = b"%2Ftext=chair&%2Fplace=hall&%2Fbudget=7&%2Fcost=8&%2Frows%2F0%2Fwhat=leg&%2Frows%2F0%2Fprice=9&_nonce=n&_seen=%2Ftext+%2Fplace+%2Frows%2F0%2Fwhat";
        let sent = house.send("", "POST", "/f/@idea", &form, forged.to_vec()).await;
        assert_eq!(sent.status, StatusCode::OK, "{}", sent.text);
        let stored = ideas(&house).await[0].clone();
        assert_eq!(stored["data"], json!({"text": "chair", "place": "hall", "rows": [{"what": "leg"}]}));

        // Programs are told.
        let path = "/api/v1/forms/idea/submissions";
        let told = json!({"data": {"text": "lamp", "budget": 7, "rows": [{"what": "bulb", "price": 9}]}});
        let refused = house.ask("member", "POST", path, Some(&told)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text);
        let problems = refused.body["problems"].as_array().expect("problems").clone();
        let at: Vec<&str> = problems.iter().filter_map(|problem| problem["path"].as_str()).collect();
        assert_eq!(at, ["/budget", "/rows/0/price"], "{}", refused.text);
        assert!(problems.iter().all(|problem| problem["code"] == "submission.no_field"));
        // Only staff fill the cost, and they do; the budget is not theirs to give.
        let missed = house.ask("member", "POST", path, Some(&json!({"data": {"text": "lamp", "rows": [{"what": "bulb"}]}}))).await;
        assert_eq!(missed.body["problems"][0]["path"], "/cost", "{}", missed.text);
        let whole = json!({"data": {"text": "lamp", "cost": 3, "rows": [{"what": "bulb"}]}});
        let added = house.ask("member", "POST", path, Some(&whole)).await;
        assert_eq!(added.status, StatusCode::CREATED, "{}", added.text);
        // What was never theirs is not asked for when something else changes.
        let id = added.body["id"].as_str().expect("an id").to_owned();
        let own = format!("/api/v1/submissions/{id}");
        let changed = house.ask("member", "PATCH", &own, Some(&json!({"data": {"/text": "two lamps"}}))).await;
        assert!(changed.status.is_success(), "{}", changed.text);
        let emptied = house.ask("member", "PATCH", &own, Some(&json!({"data": {"/text": null}}))).await;
        assert_eq!(emptied.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", emptied.text);

        // Customers: what only staff fill is not on their page.
        let page = get(&house, "/f/idea").await;
        assert!(asks(&page, "/budget") && !asks(&page, "/cost"), "{}", page.text);
        let answer = json!({"text": "light", "budget": 5, "cost": 6, "rows": [{"what": "sun", "price": 1}]});
        let sent = house.send("", "POST", "/api/v1/public/forms/idea/submissions",
            &[("content-type", "application/json")], answer.to_string().into_bytes()).await;
        assert_eq!(sent.status, StatusCode::CREATED, "{}", sent.text);
        let light = ideas(&house).await.into_iter().find(|one| one["data"]["text"] == "light").expect("stored");
        assert!(light["data"].get("cost").is_none() && light["data"]["budget"] == 5, "{light}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_is_filed_inside_and_never_granted_by_whoever_filed_it() {
    on_each_database(async |house| {
        let installed = house.ask("owner", "POST", "/api/v1/gallery/leave/install", Some(&json!({}))).await;
        assert!(installed.status.is_success(), "{}", installed.text);
        // A role that means well: members may work on what is theirs.
        let generous = json!({"format": 1, "kind": "app", "key": "more", "title": "More", "roles": [
            {"format": 1, "kind": "role", "key": "generous", "title": "Generous", "place": "member",
             "grants": [{"form": "leave-request", "rows": "own", "verbs": ["see", "add", "edit"]}]}]});
        house.install(&generous.to_string()).await;
        let forms = house.ask("member", "GET", "/api/v1/forms", None).await.body;
        let asked = |one: &&Value| one["key"] == "leave-request";
        let form = forms.as_array().expect("a list").iter().find(asked).expect("the form");
        assert_eq!(form["inside"], "/f/@leave-request", "{form}");
        let cookie = house.sign_in("member").await;
        let mine =
            [("cookie", &*cookie), ("sec-fetch-site", "same-origin"), ("content-type", "application/json")];
        let leave =
            json!({"name": "Chen", "kind": "sick", "from": "2026-12-01", "to": "2026-12-01", "days": 1});
        let to = "/api/v1/public/forms/@leave-request/submissions";
        let sent = house.send("", "POST", to, &mine, leave.to_string().into_bytes()).await;
        assert_eq!(sent.status, StatusCode::CREATED, "{}", sent.text);
        let listed = house.ask("owner", "GET", "/api/v1/forms/leave-request/submissions", None).await.body;
        let id = listed["items"][0]["id"].as_str().expect("an id").parse().expect("an id");
        let seen = house.detail("member", id).await;
        assert_eq!((&seen["verbs"][1], &seen["actions"]), (&json!("add"), &json!([])), "{seen}");
        let events = format!("/api/v1/submissions/{id}/events");
        let approve = json!({"event": "approve", "data": {}});
        let own = house.ask("member", "POST", &events, Some(&approve)).await;
        assert_eq!(own.status, StatusCode::FORBIDDEN, "{}", own.text);
        let holder = house.name_of(house.submission(id).await.assignee_id.expect("somebody")).to_owned();
        assert_ne!(holder, "member");
        let decided = house.ask(&holder, "POST", &events, Some(&approve)).await;
        assert!(decided.status.is_success(), "{}", decided.text);
        assert_eq!(house.submission(id).await.state.as_deref(), Some("approved"));
    })
    .await;
}
