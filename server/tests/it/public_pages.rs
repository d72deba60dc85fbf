//! What customers meet: the form without script, the thank-you, the progress page and what is said on it.

use axum::http::StatusCode;
use huiyin::ids::SubmissionId;
use huiyin::store;
use huiyin::store::submission::Submission;
use serde_json::{Value, json};

use crate::support::house::{Answer, House, on_each_database};

const FORM: [(&str, &str); 2] =
    [("content-type", "application/x-www-form-urlencoded"), ("accept-language", "en")];

async fn post(house: &House, path: &str, body: &str) -> Answer {
    house.send("", "POST", path, &FORM, body.as_bytes().to_vec()).await
}

async fn page(house: &House, path: &str, language: &str) -> Answer {
    let answer = house.send("", "GET", path, &[("accept-language", language)], Vec::new()).await;
    assert_eq!(answer.status, StatusCode::OK, "{path} {}", answer.text);
    answer
}

/// A ticket, the path of its progress page, and who works on it.
async fn a_case(house: &House) -> (Submission, String, String) {
    let data = json!({"score": 1, "reason": "漏水", "about": "product", "contact": "kunde@b.example"});
    let receipt = house.answer("nps", data).await.expect("taken");
    let ticket = house.ticket_of(&receipt).await;
    let url = receipt.progress.expect("a progress page");
    let path = url[url.find("/t/").expect("a path")..].to_owned();
    let agent = house.name_of(ticket.assignee_id.expect("assigned")).to_owned();
    (ticket, path, agent)
}

async fn act(house: &House, agent: &str, ticket: SubmissionId, what: &str, body: Value) {
    let path = format!("/api/v1/submissions/{ticket}/{what}");
    let answer = house.ask(agent, "POST", &path, Some(&body)).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_form_is_answered_without_script_and_a_reload_sends_nothing_twice() {
    on_each_database(async |house| {
        let english = page(&house, "/f/nps", "en").await;
        let chinese = page(&house, "/f/nps", "zh-CN").await;
        assert!(
            english.text.contains("lang=\"en\"") && chinese.text.contains("lang=\"zh"),
            "{}",
            english.text
        );
        assert!(
            !english.text.contains("<script>") && !english.text.contains(" style=\""),
            "{}",
            english.text
        );
        let policy = english.headers.get("content-security-policy").and_then(|value| value.to_str().ok());
        assert!(
            policy.is_some_and(
                |policy| policy.contains("default-src 'none'") && !policy.contains("unsafe-inline")
            )
        );

        let missing = post(&house, "/f/nps", "_nonce=n0&_seen=%2Fscore+%2Freason").await;
        assert_eq!(missing.status, StatusCode::UNPROCESSABLE_ENTITY);
        let body = "%2Fscore=2&%2Freason=it+leaks&%2Fabout=product&%2Fcontact=a%40b.example&_nonce=n1\
            &_seen=%2Fscore+%2Freason+%2Fabout+%2Fcontact+%2Fregion+%2Fproduct";
        let sent = post(&house, "/f/nps", body).await;
        assert_eq!(sent.status, StatusCode::OK, "{}", sent.text);
        assert!(sent.text.contains("/t/"), "no way to the progress page: {}", sent.text);
        let again = post(&house, "/f/nps", body).await;
        assert_eq!(again.status, StatusCode::OK, "{}", again.text);
        let counts = store::report::counts(house.app.db.read(), house.team, None).await.expect("reads");
        let counts: Vec<(&str, u64)> =
            counts.iter().map(|count| (count.form.as_str(), count.submissions)).collect();
        assert!(counts.contains(&("nps", 1)) && counts.contains(&("ticket", 1)), "{counts:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_typed_is_text_whatever_it_looks_like() {
    on_each_database(async |house| {
        let (_, path, _) = a_case(&house).await;
        let markup = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>";
        let body = "_nonce=n&_seen=%2Fscore+%2Freason&%2Freason=%3Cscript%3Ealert%281%29%3C%2Fscript%3E%22%27%3E%3Cimg+src%3Dx+onerror%3Dalert%281%29%3E";
        let again = post(&house, "/f/nps", body).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        let said = post(&house, &path, &format!("action=message&text={}", &body[body.find("%3C").expect("there")..])).await;
        assert_eq!(said.status, StatusCode::SEE_OTHER, "{}", said.text);
        let progress = page(&house, &path, "en").await;
        for html in [&again.text, &progress.text] {
            assert!(html.contains("alert(1)"), "what was typed is gone: {html}");
            assert!(!html.contains("<script>alert") && !html.contains("<img src=x"), "{markup} came through: {html}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_progress_page_tells_what_was_said_to_the_customer_and_nothing_else() {
    on_each_database(async |house| {
        let (ticket, path, agent) = a_case(&house).await;
        act(&house, &agent, ticket.id, "replies", json!({"text": "we come at three"})).await;
        act(&house, &agent, ticket.id, "comments", json!({"text": "a difficult customer"})).await;
        act(&house, &agent, ticket.id, "calls", json!({"outcome": "no_answer", "note": "drunk?"})).await;
        act(
            &house,
            &agent,
            ticket.id,
            "events",
            json!({"event": "solve", "data": {"solution": "a new seal"}}),
        )
        .await;
        let shown = page(&house, &path, "en").await;
        for told in ["we come at three", "a new seal", "漏水", "/f/csat?i="] {
            assert!(shown.text.contains(told), "`{told}` is not told: {}", shown.text);
        }
        for kept in ["a difficult customer", "drunk?", agent.as_str(), "quality-head"] {
            assert!(!shown.text.contains(kept), "`{kept}` is told: {}", shown.text);
        }
        assert!(shown.headers.get("cache-control").is_some_and(|value| value == "no-store"));
        let chinese = page(&house, &path, "zh-CN").await;
        assert!(chinese.text.contains("问题已经处理完毕"), "{}", chinese.text);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_customer_writes_rejects_and_confirms() {
    on_each_database(async |house| {
        let (ticket, path, agent) = a_case(&house).await;
        let empty = post(&house, &path, "action=message&text=++").await;
        assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
        let early = post(&house, &path, "action=reject&text=no").await;
        assert!(location(&early).ends_with("done=late"), "{}", location(&early));
        let wrote = post(&house, &path, "action=message&text=and+the+invoice%3F").await;
        assert_eq!(wrote.status, StatusCode::SEE_OTHER);
        let agents = format!("{agent}@{}.example", house.team);
        let mails = house.mails(ticket.id).await;
        let heard =
            mails.iter().any(|mail| mail.recipient == agents && mail.text.contains("and the invoice?"));
        assert!(heard, "{mails:?}");

        for (action, open, state) in
            [("reject", true, Some("received")), ("confirm", false, Some("archived"))]
        {
            act(&house, &agent, ticket.id, "events", json!({"event": "solve", "data": {"solution": "x"}}))
                .await;
            let said = post(&house, &path, &format!("action={action}&text=")).await;
            assert!(location(&said).ends_with(&format!("done={action}")), "{}", location(&said));
            let now = house.submission(ticket.id).await;
            assert_eq!((now.is_open, now.state.as_deref()), (open, state), "{action}");
        }
        let over = post(&house, &path, "action=reject&text=x").await;
        assert!(location(&over).ends_with("done=late"), "{}", location(&over));
        assert!(!house.submission(ticket.id).await.is_open);
    })
    .await;
}

fn location(answer: &Answer) -> &str {
    answer.headers.get("location").and_then(|value| value.to_str().ok()).unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_invitation_is_for_one_answer_to_its_form() {
    on_each_database(async |house| {
        let (ticket, _, agent) = a_case(&house).await;
        act(&house, &agent, ticket.id, "events", json!({"event": "solve", "data": {"solution": "x"}})).await;
        let mails = house.mails(ticket.id).await;
        let text = mails
            .iter()
            .map(|mail| mail.text.as_str())
            .find(|text| text.contains("/e/"))
            .expect("an invitation");
        let start = text.find("/e/").expect("there") + 3;
        let token: String = text[start..]
            .chars()
            .take_while(|letter| letter.is_ascii_alphanumeric() || "-_".contains(*letter))
            .collect();
        page(&house, &format!("/f/csat?i={token}"), "en").await;
        let elsewhere = format!("/api/v1/public/forms/nps/submissions?i={token}");
        let answer = house.ask("", "POST", &elsewhere, Some(&json!({"score": 9}))).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{}", answer.text);
        let here = format!("/api/v1/public/forms/csat/submissions?i={token}");
        let verdict =
            house.ask("", "POST", &here, Some(&json!({"score": 1, "comment": "still leaks"}))).await;
        assert_eq!(verdict.status, StatusCode::CREATED, "{}", verdict.text);
        assert!(house.submission(ticket.id).await.is_open);
        let again = house.ask("", "POST", &here, Some(&json!({"score": 5}))).await;
        assert_eq!(again.status, StatusCode::CONFLICT, "{}", again.text);
        let gone = house.ask("", "GET", &format!("/f/csat?i={token}"), None).await;
        assert_eq!(gone.status, StatusCode::CONFLICT, "{}", gone.text);
        let detail = house.detail(&agent, ticket.id).await;
        let links: Vec<&Value> =
            detail["links"].as_array().expect("links").iter().map(|link| &link["form"]).collect();
        assert!(links.contains(&&json!("csat")) && links.contains(&&json!("nps")), "{links:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_draft_is_shown_to_its_authors_and_has_nowhere_to_send_to() {
    on_each_database(async |house| {
        let definition = house.definition("form", "nps").await;
        let id = definition["id"].as_str().expect("an id");
        let mut draft: Value =
            serde_json::from_str(definition["draft"].as_str().expect("a text")).expect("JSON");
        draft["title"] = json!("Not live yet");
        let save = json!({"rev": definition["rev"], "draft": draft.to_string()});
        let saved =
            house.ask("designer", "PUT", &format!("/api/v1/definitions/{id}/draft"), Some(&save)).await;
        assert_eq!(saved.status, StatusCode::OK, "{}", saved.text);

        let preview = house.ask("designer", "GET", &format!("/p/{id}?lang=en&rev=2"), None).await;
        assert_eq!(preview.status, StatusCode::OK, "{}", preview.text);
        assert!(preview.text.contains("Not live yet") && preview.text.contains("nothing is stored"));
        assert!(!preview.text.contains("action=\"/f/") && preview.text.contains("href=\"?lang=zh\""));
        let policy = preview.headers["content-security-policy"].to_str().expect("a text");
        assert!(
            policy.contains("frame-ancestors 'self'") && policy.contains("form-action 'none'"),
            "{policy}"
        );
        assert!(!page(&house, "/f/nps", "en").await.text.contains("Not live yet"));

        let flow = house.definition("flow", "nps-loop").await;
        let other =
            house.ask("designer", "GET", &format!("/p/{}", flow["id"].as_str().expect("an id")), None).await;
        assert_eq!(other.status, StatusCode::NOT_FOUND);

        draft["layout"]["pages"][0]["items"][0]["field"] = json!("/nowhere");
        let save = json!({"rev": saved.body["rev"], "draft": draft.to_string()});
        house.ask("designer", "PUT", &format!("/api/v1/definitions/{id}/draft"), Some(&save)).await;
        let broken = house.ask("designer", "GET", &format!("/p/{id}"), None).await;
        assert_eq!(broken.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", broken.text);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_wears_its_forms_colour_and_name_and_what_is_suspicious_is_told_with_the_draft() {
    on_each_database(async |house| {
        let definition = house.definition("form", "nps").await;
        let path = format!("/api/v1/definitions/{}", definition["id"].as_str().expect("an id"));
        let mut draft: Value =
            serde_json::from_str(definition["draft"].as_str().expect("a text")).expect("JSON");
        let save = async |rev: &Value, draft: &Value| {
            let wanted = json!({"rev": rev, "draft": draft.to_string()});
            let saved = house.ask("designer", "PUT", &format!("{path}/draft"), Some(&wanted)).await;
            assert_eq!(saved.status, StatusCode::OK, "{}", saved.text);
            saved.body
        };
        draft["theme"] = json!({"accent": "red", "logo": "https://elsewhere.example/x.png"});
        let refused = save(&definition["rev"], &draft).await;
        let codes: Vec<&str> =
            refused["problems"].as_array().into_iter().flatten().filter_map(|one| one["code"].as_str()).collect();
        assert_eq!(codes, ["form.theme_colour", "form.theme_logo"]);

        draft["theme"] = json!({"accent": "#00695C", "logo": "/assets/logo.svg", "brand": {"en": "Spruce & Co"}});
        let never = json!({"when": {"all": [{"field": "/score", "op": "gt", "value": 8}, {"field": "/score", "op": "lt", "value": 2}]}, "require": ["/reason"]});
        draft["rules"].as_array_mut().expect("rules").push(never);
        let saved = save(&refused["rev"], &draft).await;
        assert_eq!(saved["problems"], json!([]));
        assert!(!saved["warnings"].as_array().expect("a list").is_empty(), "{saved}");
        let rev = json!({"rev": saved["rev"]});
        let published = house.ask("designer", "POST", &format!("{path}/publish"), Some(&rev)).await;
        assert_eq!(published.status, StatusCode::OK, "{}", published.text);

        let worn = page(&house, "/f/nps", "en").await.text;
        for part in ["href=\"/theme/00695c.css\"", "src=\"/assets/logo.svg\"", "Spruce &amp; Co"] {
            assert!(worn.contains(part), "{part}: {worn}");
        }
        let style = page(&house, "/theme/00695c.css", "en").await;
        assert!(style.text.starts_with(":root{--accent:#00695c;"), "{}", style.text);
        assert_eq!(style.headers["content-type"], "text/css; charset=utf-8");
        for none in ["/theme/red.css", "/theme/00695c", "/theme/00695c.js"] {
            let answer = house.send("", "GET", none, &[], Vec::new()).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{none}");
        }
        let starters = house.ask("designer", "GET", "/api/v1/form-starters", None).await;
        assert!(starters.body.as_array().is_some_and(|list| list.len() >= 20), "{}", starters.status);
    })
    .await;
}
