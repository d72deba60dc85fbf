//! Who may call what: every route of the OpenAPI document, by every kind of caller.
//!
//! A route without a row here fails, so that nobody adds one without saying who it is for.

use std::collections::BTreeSet;

use api_types::{InvitationView, NewInvitation, NewShortLink, NewToken, Role};
use axum::http::StatusCode;
use huiyin::ids::InvitationId;
use huiyin::ids::link::Purpose;
use huiyin::router::openapi_json;
use huiyin::services::{invite, reset, short_links, token};
use huiyin::store;
use huiyin::store::submission::Submission;
use huiyin::store::upload::Upload;
use serde_json::{Value, json};

use crate::support::house::{House, found, on_each_database};

/// Who a route is for.
#[derive(Clone, Copy, PartialEq)]
enum For {
    /// Customers and tools, without signing in.
    Anyone,
    /// Every member whose role is at least this.
    Least(Role),
    /// Whoever sets up an empty database; nobody once there is a team.
    Founder,
    /// Who is granted it by the starter's roles: those from this one on. For others it does not exist, or is forbidden.
    Granted(Role),
    /// Every member whose role is at least this, of any team: what is there is the server's.
    Shared(Role),
}

use For::{Anyone, Founder, Granted, Least, Shared};
use Role::{Admin, Agent, Designer, Member, Viewer};

/// Method, address, for whom, and a body that does as little as possible: JSON, parts or a form post.
const ROUTES: &[(&str, &str, For, &str)] = &[
    ("POST", "/api/v1/session", Anyone, "{}"),
    ("GET", "/api/v1/session", Least(Member), ""),
    ("PATCH", "/api/v1/session", Least(Member), "{}"),
    ("DELETE", "/api/v1/session", Least(Member), ""),
    ("GET", "/api/v1/account/sessions", Least(Member), ""),
    ("DELETE", "/api/v1/account/sessions/{id}", Least(Member), ""),
    ("PUT", "/api/v1/account/password", Least(Member), r#"{"current": "x", "password": "x"}"#),
    ("GET", "/api/v1/account/second-step", Least(Member), ""),
    ("POST", "/api/v1/account/second-step", Least(Member), r#"{"password": "x"}"#),
    ("PUT", "/api/v1/account/second-step", Least(Member), r#"{"code": "x"}"#),
    ("POST", "/api/v1/account/second-step/off", Least(Member), r#"{"password": "x", "code": "x"}"#),
    ("POST", "/api/v1/account/teams", Least(Member), "{}"),
    ("GET", "/api/v1/join/{token}", Anyone, ""),
    ("POST", "/api/v1/join/{token}", Anyone, r#"{"name": "", "login": "", "password": ""}"#),
    ("POST", "/api/v1/reset", Anyone, r#"{"login": "nobody"}"#),
    ("GET", "/api/v1/reset/{token}", Anyone, ""),
    ("POST", "/api/v1/reset/{token}", Anyone, r#"{"password": ""}"#),
    ("GET", "/api/v1/setup/{token}", Founder, ""),
    (
        "POST",
        "/api/v1/setup/{token}",
        Founder,
        r#"{"team": "x", "name": "x", "login": "founder", "password": "a long walk home", "language": "en"}"#,
    ),
    ("GET", "/api/v1/live", Least(Member), ""),
    ("POST", "/api/v1/query", Least(Viewer), r#"{"dataset": "$tasks", "measures": [{"count": "*"}]}"#),
    ("GET", "/api/v1/dashboards", Least(Viewer), ""),
    ("GET", "/api/v1/dashboards/{key}", Least(Viewer), ""),
    ("POST", "/api/v1/imports", Least(Designer), "--part\r\n"),
    ("GET", "/api/v1/imports/{id}", Least(Designer), ""),
    (
        "POST",
        "/api/v1/imports/{id}/run",
        Least(Designer),
        r#"{"form": "!", "title": "", "app": "x", "columns": []}"#,
    ),
    ("DELETE", "/api/v1/imports/{id}", Least(Designer), ""),
    ("GET", "/api/v1/forms", Least(Member), ""),
    ("GET", "/api/v1/forms/{key}", Granted(Viewer), ""),
    ("GET", "/api/v1/forms/{key}/qr.svg", Granted(Viewer), ""),
    ("GET", "/api/v1/forms/{key}/submissions", Granted(Viewer), ""),
    ("GET", "/api/v1/forms/{key}/export.csv", Granted(Designer), ""),
    ("POST", "/api/v1/forms/{key}/submissions", Granted(Agent), r#"{"data": {"score": 9}}"#),
    ("GET", "/api/v1/submissions/{id}", Granted(Viewer), ""),
    ("PATCH", "/api/v1/submissions/{id}", Granted(Agent), r#"{"data": {}}"#),
    ("DELETE", "/api/v1/submissions/{id}", Granted(Designer), ""),
    ("GET", "/api/v1/submissions/{id}/access", Least(Admin), ""),
    ("GET", "/api/v1/submissions/{id}/colleagues", Granted(Viewer), ""),
    ("POST", "/api/v1/submissions/{id}/events", Granted(Agent), r#"{"event": "nothing", "data": {}}"#),
    ("POST", "/api/v1/submissions/{id}/replies", Granted(Agent), r#"{"text": "x"}"#),
    ("POST", "/api/v1/submissions/{id}/comments", Granted(Agent), r#"{"text": "x"}"#),
    ("POST", "/api/v1/submissions/{id}/calls", Granted(Agent), r#"{"outcome": "no_answer", "note": ""}"#),
    ("PUT", "/api/v1/submissions/{id}/assignee", Granted(Agent), r#"{"assignee": null}"#),
    ("GET", "/api/v1/files/{id}", Granted(Viewer), ""),
    ("POST", "/api/v1/forms/{key}/invitations", Least(Designer), r#"{"recipients": []}"#),
    ("GET", "/api/v1/forms/{key}/invitations", Least(Designer), ""),
    ("GET", "/api/v1/forms/{key}/invitations.csv", Least(Designer), ""),
    ("POST", "/api/v1/forms/{key}/invitations/read", Least(Designer), "li@b.example"),
    ("POST", "/api/v1/forms/{key}/invitations/remind", Least(Designer), ""),
    ("GET", "/api/v1/forms/{key}/share", Granted(Viewer), ""),
    ("POST", "/api/v1/forms/{key}/links", Least(Designer), r#"{"label": ""}"#),
    ("DELETE", "/api/v1/forms/{key}/links/{code}", Least(Designer), ""),
    ("PUT", "/api/v1/forms/{key}/password", Least(Designer), r#"{"password": null}"#),
    ("GET", "/api/v1/site-files", Least(Admin), ""),
    ("PUT", "/api/v1/site-files", Least(Admin), r#"{"name": "", "content": ""}"#),
    ("DELETE", "/api/v1/site-files", Least(Admin), ""),
    ("GET", "/api/v1/embed-secret", Least(Admin), ""),
    ("POST", "/api/v1/embed-secret", Least(Admin), ""),
    ("GET", "/api/v1/inbox", Least(Viewer), ""),
    ("GET", "/api/v1/tasks", Least(Member), ""),
    ("GET", "/api/v1/customers", Least(Agent), ""),
    ("GET", "/api/v1/customers/{id}", Least(Agent), ""),
    ("GET", "/api/v1/outbox", Least(Agent), ""),
    ("GET", "/api/v1/outbox/{id}", Least(Agent), ""),
    ("GET", "/api/v1/members", Least(Agent), ""),
    (
        "POST",
        "/api/v1/members",
        Least(Admin),
        r#"{"name": "", "email": "x", "password": "x", "role": "member"}"#,
    ),
    ("PATCH", "/api/v1/members/{id}", Least(Admin), r#"{"away": true}"#),
    ("DELETE", "/api/v1/members/{id}", Least(Admin), ""),
    ("PUT", "/api/v1/members/{id}/role", Least(Admin), r#"{"role": "agent"}"#),
    ("POST", "/api/v1/members/{id}/reset", Least(Admin), ""),
    ("DELETE", "/api/v1/members/{id}/second-step", Least(Admin), ""),
    ("GET", "/api/v1/members/{id}/hand-over", Least(Admin), ""),
    ("POST", "/api/v1/members/{id}/hand-over", Least(Admin), "{}"),
    ("GET", "/api/v1/team/second-step", Least(Admin), ""),
    ("PUT", "/api/v1/team/second-step", Least(Admin), r#"{"required": false}"#),
    ("POST", "/api/v1/people/file", Least(Admin), "--part\r\n"),
    ("GET", "/api/v1/invitations", Least(Admin), ""),
    ("POST", "/api/v1/invitations", Least(Admin), r#"{"role": "member"}"#),
    ("DELETE", "/api/v1/invitations/{id}", Least(Admin), ""),
    ("POST", "/api/v1/invitations/{id}/renew", Least(Admin), ""),
    ("PUT", "/api/v1/members/{id}/roles", Least(Admin), r#"{"roles": []}"#),
    ("GET", "/api/v1/roles", Least(Admin), ""),
    ("GET", "/api/v1/departments", Least(Agent), ""),
    ("POST", "/api/v1/departments", Least(Admin), r#"{"key": "!", "title": "x"}"#),
    ("PATCH", "/api/v1/departments/{key}", Least(Admin), "{}"),
    ("DELETE", "/api/v1/departments/{key}", Least(Admin), ""),
    ("GET", "/api/v1/tokens", Least(Admin), ""),
    ("POST", "/api/v1/tokens", Least(Admin), r#"{"name": "x"}"#),
    ("DELETE", "/api/v1/tokens/{id}", Least(Admin), ""),
    ("GET", "/api/v1/requests", Least(Member), ""),
    ("GET", "/api/v1/notifications", Least(Member), ""),
    ("POST", "/api/v1/notifications/read", Least(Member), "{}"),
    ("GET", "/api/v1/notifications/choices", Least(Member), ""),
    ("PUT", "/api/v1/notifications/choices", Least(Member), r#"{"muted": []}"#),
    ("GET", "/api/v1/takeout.zip", Least(Admin), ""),
    ("GET", "/api/v1/audit", Least(Admin), ""),
    ("GET", "/api/v1/audit/check", Least(Admin), ""),
    ("GET", "/api/v1/apps", Least(Viewer), ""),
    ("GET", "/api/v1/apps/{key}/export", Least(Designer), ""),
    ("POST", "/api/v1/apps/import", Least(Designer), "{}"),
    ("POST", "/api/v1/apps/{key}/template", Least(Admin), ""),
    ("DELETE", "/api/v1/apps/{key}/template", Least(Admin), ""),
    ("POST", "/api/v1/apps/{key}/samples", Least(Designer), ""),
    ("DELETE", "/api/v1/apps/{key}/samples", Least(Designer), ""),
    ("GET", "/api/v1/gallery", Least(Viewer), ""),
    ("GET", "/api/v1/gallery/{key}", Shared(Viewer), ""),
    ("POST", "/api/v1/gallery/{key}/install", Shared(Designer), ""),
    ("GET", "/api/v1/start", Least(Viewer), ""),
    ("PATCH", "/api/v1/start", Least(Designer), r#"{"dismissed": true}"#),
    ("GET", "/api/v1/definitions", Least(Designer), ""),
    ("POST", "/api/v1/definitions", Least(Designer), r#"{"app": "care", "document": {}}"#),
    ("POST", "/api/v1/definitions/check", Least(Designer), r#"{"draft": "{}"}"#),
    ("POST", "/api/v1/definitions/trace", Least(Designer), r#"{"draft": "{}", "answers": []}"#),
    ("GET", "/api/v1/form-starters", Least(Designer), ""),
    ("POST", "/api/v1/form-starters/convert", Least(Designer), r#"{"key": "sheet", "text": "{}"}"#),
    ("GET", "/api/v1/definitions/{id}", Least(Designer), ""),
    ("PUT", "/api/v1/definitions/{id}/draft", Least(Designer), r#"{"rev": 999, "draft": "{}"}"#),
    ("POST", "/api/v1/definitions/{id}/publish", Least(Designer), r#"{"rev": 999}"#),
    ("GET", "/api/v1/definitions/{id}/uses", Least(Designer), ""),
    ("POST", "/api/v1/definitions/{id}/hold", Least(Designer), r#"{"take": false}"#),
    ("DELETE", "/api/v1/definitions/{id}/hold", Least(Designer), ""),
    ("GET", "/api/v1/definitions/{id}/versions", Least(Designer), ""),
    ("GET", "/api/v1/definitions/{id}/versions/{number}", Least(Designer), ""),
    ("GET", "/p/{id}", Least(Designer), ""),
    ("GET", "/healthz", Anyone, ""),
    ("GET", "/readyz", Anyone, ""),
    ("GET", "/metrics", Least(Admin), ""),
    ("GET", "/api/openapi.json", Anyone, ""),
    ("GET", "/f/{slug}", Anyone, ""),
    ("POST", "/f/{slug}", Anyone, "/score=9"),
    ("POST", "/api/v1/public/forms/{slug}/submissions", Anyone, r#"{"score": 9}"#),
    ("GET", "/q/{code}", Anyone, ""),
    ("GET", "/e/{token}/{score}", Anyone, ""),
    ("POST", "/f/{slug}/opened", Anyone, ""),
    ("GET", "/u/{token}", Anyone, ""),
    ("POST", "/u/{token}", Anyone, "x=1"),
    ("GET", "/r", Anyone, ""),
    ("POST", "/r", Anyone, "code=ABCD-1234&contact=x"),
    ("POST", "/f/{slug}/files", Anyone, r#"{"field": "/x", "name": "x", "size_bytes": 1}"#),
    ("GET", "/f/{slug}/files/{id}", Anyone, ""),
    ("PATCH", "/f/{slug}/files/{id}", Anyone, ""),
    ("GET", "/t/{token}/files/{id}", Anyone, ""),
    ("GET", "/t/{token}", Anyone, ""),
    ("POST", "/t/{token}", Anyone, "action=message&text=x"),
    ("GET", "/t/{token}/live", Anyone, ""),
];

/// Every role, the weakest first.
const ROLES: [(Role, &str); 6] = [
    (Member, "member"),
    (Viewer, "viewer"),
    (Agent, "quality-1"),
    (Designer, "designer"),
    (Admin, "admin"),
    (Role::Owner, "owner"),
];

/// Ids of things that are there.
struct There {
    ticket: String,
    customer: String,
    message: String,
    definition: String,
    import: String,
    progress: String,
    leave: String,
    /// The link of somebody who was invited to a form.
    invited: String,
    /// A file of the ticket, and one that no answer holds yet.
    files: [String; 2],
}

#[test]
fn every_route_has_a_row() {
    let document: Value = serde_json::from_str(openapi_json()).expect("JSON");
    let mut described = BTreeSet::new();
    for (path, item) in document["paths"].as_object().expect("paths") {
        for method in item.as_object().expect("methods").keys() {
            described.insert(format!("{} {path}", method.to_uppercase()));
        }
    }
    let rows: BTreeSet<String> = ROUTES.iter().map(|(method, path, ..)| format!("{method} {path}")).collect();
    assert_eq!(rows.len(), ROUTES.len(), "a route has two rows");
    assert_eq!(rows, described);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_route_answers_those_it_is_for_and_nobody_else() {
    on_each_database(async |mut house| {
        let there = set_up(&house).await;
        let elsewhere = found(&house.app, "Elsewhere").await;
        house.hire(elsewhere, "stranger", Role::Owner, None).await;
        let mut wrong = Vec::new();
        for (method, path, whom, body) in ROUTES {
            let mut expect = async |who: &str, wanted: &str, right: &dyn Fn(StatusCode, &str) -> bool| {
                let address = match *method {
                    // Everybody erases one of their own.
                    "DELETE" if path.starts_with("/api/v1/submissions") => {
                        let data = json!({"score": 2, "about": "product", "contact": "weg@b.example"});
                        let receipt = house.answer("nps", data).await.expect("taken");
                        format!("/api/v1/submissions/{}", house.ticket_of(&receipt).await.id)
                    }
                    _ => address(&house, &there, path, who).await,
                };
                let answer = house.send(who, method, &address, &media(body), body.as_bytes().to_vec()).await;
                if !right(answer.status, &answer.text) {
                    wrong.push(format!(
                        "{method} {path} by `{who}`: {wanted}, found {} {}",
                        answer.status, answer.text
                    ));
                }
            };
            let (least, refused): (Role, &[StatusCode]) = match *whom {
                Anyone => {
                    expect("", "expected an answer", &|status, _| answered(status)).await;
                    continue;
                }
                Founder => {
                    for who in ["", "owner", "stranger"] {
                        expect(who, "expected 404", &|status, _| status == StatusCode::NOT_FOUND).await;
                    }
                    continue;
                }
                Least(least) | Shared(least) => (least, &[StatusCode::FORBIDDEN]),
                Granted(least) => (least, &[StatusCode::FORBIDDEN, StatusCode::NOT_FOUND]),
            };
            expect("", "expected 401", &|status, _| status == StatusCode::UNAUTHORIZED).await;
            for (role, who) in ROLES {
                if role <= least {
                    expect(who, "expected an answer", &|status, _| answered(status)).await;
                } else {
                    expect(who, "expected a refusal", &|status, _| refused.contains(&status)).await;
                }
            }
            if matches!(whom, Shared(_)) {
                expect("stranger", "expected an answer", &|status, _| answered(status)).await;
            } else if path.contains('{') {
                expect("stranger", "expected 404", &|status, _| status == StatusCode::NOT_FOUND).await;
            } else {
                let secrets =
                    [&there.ticket, &there.customer, &there.message, &there.definition, "kunde@b.example"];
                let silent =
                    |status, text: &str| answered(status) && !secrets.iter().any(|one| text.contains(one));
                expect("stranger", "expected nothing of another team", &silent).await;
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        assert_eq!(house.submission(there.ticket.parse().expect("an id")).await.team_id, house.team);
    })
    .await;
}

/// The caller was let in: what was asked for was there, and the answer was about the request.
fn answered(status: StatusCode) -> bool {
    let refused = [401, 403, 404, 405, 415].contains(&status.as_u16());
    !refused && !status.is_server_error()
}

fn media(body: &str) -> [(&'static str, &'static str); 1] {
    let media = match body.as_bytes().first() {
        Some(b'{') | None => "application/json",
        Some(b'-') => "multipart/form-data; boundary=part",
        Some(_) => "application/x-www-form-urlencoded",
    };
    [("content-type", media)]
}

async fn set_up(house: &House) -> There {
    let data = json!({"score": 2, "about": "product", "reason": "x", "contact": "kunde@b.example"});
    let receipt = house.answer("nps", data).await.expect("taken");
    let ticket = house.ticket_of(&receipt).await;
    let mails = house.mails(ticket.id).await;
    let file = "--part\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\na,b\r\n1,2\r\n\r\n--part--\r\n";
    let preview = house.send("designer", "POST", "/api/v1/imports", &media(file), file.into()).await;
    assert_eq!(preview.status, StatusCode::CREATED, "{}", preview.text);
    let files = [file_of(house, &ticket, true).await, file_of(house, &ticket, false).await];
    let (leave, invited) = leave_of(house).await;
    There {
        leave,
        invited: house.app.links.token(Purpose::Invitation, invited),
        files,
        customer: ticket.customer_id.expect("a customer").to_string(),
        ticket: ticket.id.to_string(),
        message: mails[0].id.to_string(),
        definition: house.definition("form", "nps").await["id"].as_str().expect("an id").to_owned(),
        import: preview.body["id"].as_str().expect("an id").to_owned(),
        progress: receipt.progress.expect("a progress page").rsplit('/').next().expect("a token").to_owned(),
    }
}

/// The token by which somebody who was invited ends mails.
async fn leave_of(house: &House) -> (String, InvitationId) {
    let body =
        json!({"recipients": [{"mail": "gast@b.example"}], "mail": {"subject": "x", "text": "{{link}}"}});
    let invited = house.ask("designer", "POST", "/api/v1/forms/nps/invitations", Some(&body)).await;
    assert_eq!(invited.status, StatusCode::CREATED, "{}", invited.text);
    let id = store::recipient::of_form(house.app.db.read(), house.team, "nps").await.expect("reads")[0].id;
    (format!("{id}.{}", house.app.links.token(Purpose::OptOut, id)), id)
}

/// A file sent for the form of a ticket, and whether the ticket holds it.
async fn file_of(house: &House, ticket: &Submission, bound: bool) -> String {
    let id = house.app.ids.next();
    house.app.files.append(id, 0, b"hello").await.expect("kept");
    let content = house.app.files.finish(id).await.expect("whole");
    let nps = house.app.catalog(house.team).await.expect("a catalog").form("nps").expect("a form").definition;
    let row = Upload {
        id,
        team_id: house.team,
        form_id: nps,
        field: "/photo".to_owned(),
        name: "photo.txt".to_owned(),
        media_type: Some("text/plain".to_owned()),
        size_bytes: 5,
        content: bound.then_some(content.hash),
        submission_id: bound.then_some(ticket.id),
        created_at: house.app.clock.now_ms(),
        keep_until: i64::MAX,
    };
    let stored = house.app.writer.run(None, move |batch| {
        let row = row.clone();
        Box::pin(async move { Ok(store::upload::insert(batch.write(), row).await?) })
    });
    stored.await.expect("stored");
    id.to_string()
}

/// `path` with the names of things that are there.
async fn address(house: &House, there: &There, path: &str, who: &str) -> String {
    let area = path.trim_start_matches("/api/v1/").split('/').next().expect("splits");
    let name = match area {
        "submissions" => there.ticket.clone(),
        "customers" => there.customer.clone(),
        "outbox" => there.message.clone(),
        "definitions" => there.definition.clone(),
        "imports" => there.import.clone(),
        // Who heads a department is not removed.
        "members" if path.ends_with("{id}") => house.person("quality-head").user.to_string(),
        "members" => house.person("front-desk-2").user.to_string(),
        // Used up by whoever may: each call gets its own.
        "invitations" => invite_someone(house).await.id,
        "join" => last_part(&invite_someone(house).await.link.expect("a link")),
        "reset" => {
            let agent = house.person("front-desk-2").user;
            let made = reset::make(&house.app, house.person("owner"), agent).await.expect("a link");
            last_part(&made.link)
        }
        "setup" => house.app.links.token(Purpose::Setup, uuid::Uuid::nil()),
        "dashboards" => "cx".to_owned(),
        // Everybody has their own; strangers try the owner's.
        "account" => {
            let of = if ROLES.iter().any(|(_, name)| *name == who) { who } else { "owner" };
            house.session(of).await.1.to_string()
        }
        "apps" | "gallery" => "care".to_owned(),
        "departments" => "quality".to_owned(),
        // Revoked by every call that may: each gets its own.
        "tokens" => {
            let wanted = NewToken { name: "revoked".to_owned() };
            token::create(&house.app, house.person("owner"), &wanted).await.expect("a token").token.id
        }
        "files" => there.files[0].clone(),
        "" if path.starts_with("/p/") => there.definition.clone(),
        "" if path.starts_with("/u/") => there.leave.clone(),
        "" if path.starts_with("/t/") => there.progress.clone(),
        "" if path.starts_with("/e/") => there.invited.clone(),
        _ => "nps".to_owned(),
    };
    let path = path.replace("{number}", "1").replace("{score}", "9");
    let path = if path.contains("{code}") { path.replace("{code}", &code(house).await) } else { path };
    let path = path.replace("/t/{token}/files/{id}", &format!("/t/{{token}}/files/{}", there.files[0]));
    let path = path.replace("/f/{slug}/files/{id}", &format!("/f/{{slug}}/files/{}", there.files[1]));
    ["{id}", "{key}", "{slug}", "{token}"].iter().fold(path, |path, place| path.replace(place, &name))
}

/// Of a short link of its own: whoever may, takes it away.
async fn code(house: &House) -> String {
    let wanted = NewShortLink { label: "door".to_owned(), field: None };
    let made = short_links::create(&house.app, house.person("owner"), "nps", &wanted).await;
    made.expect("a link").code
}

async fn invite_someone(house: &House) -> InvitationView {
    let wanted = NewInvitation { role: Role::Member, department: None, name: None, email: None };
    invite::create(&house.app, house.person("owner"), &wanted).await.expect("an invitation")
}

fn last_part(link: &str) -> String {
    link.rsplit('/').next().expect("a token").to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_makes_themselves_or_others_stronger_than_they_are() {
    on_each_database(async |house| {
        let of = |who: &str| format!("/api/v1/members/{}", house.person(who).user);
        let away = house.ask("viewer", "PATCH", &of("viewer"), Some(&json!({"away": true}))).await;
        assert_eq!((away.status, &away.body["away"]), (StatusCode::OK, &json!(true)));
        for body in
            [json!({"head": true}), json!({"department": "service"}), json!({"away": true, "head": true})]
        {
            let refused = house.ask("quality-1", "PATCH", &of("quality-1"), Some(&body)).await;
            assert_eq!(refused.status, StatusCode::FORBIDDEN, "{body}");
        }
        for (who, whom, role) in
            [("admin", "admin", "owner"), ("admin", "viewer", "owner"), ("admin", "owner", "member")]
        {
            let path = format!("{}/role", of(whom));
            let refused = house.ask(who, "PUT", &path, Some(&json!({"role": role}))).await;
            assert_eq!(refused.status, StatusCode::FORBIDDEN, "{who} makes {whom} {role}: {}", refused.text);
        }
        let last = house
            .ask("owner", "PUT", &format!("{}/role", of("owner")), Some(&json!({"role": "admin"})))
            .await;
        assert_eq!(last.status, StatusCode::CONFLICT, "{}", last.text);
    })
    .await;
}
