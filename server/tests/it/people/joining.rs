//! Invitations: one use, by whoever has the link, as long as whoever made it may.

use api_types::{InvitationView, NewInvitation, Role};
use axum::http::{StatusCode, header};
use futures_util::future::join_all;
use huiyin::store;
use serde_json::{Value, json};

use crate::support::house::{Answer, HOUR_MS, House, found, on_each_database};

const PASSWORD: &str = "a long walk home";

async fn invite(house: &House, who: &str, body: Value) -> Answer {
    house.ask(who, "POST", "/api/v1/invitations", Some(&body)).await
}

async fn link(house: &House, role: &str) -> String {
    let made = invite(house, "admin", json!({"role": role, "department": "quality"})).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    token(&made.body["link"])
}

fn token(link: &Value) -> String {
    link.as_str().expect("a link").rsplit('/').next().expect("a token").to_owned()
}

async fn join(house: &House, token: &str, login: &str) -> Answer {
    let body = json!({"name": "Wang Fang", "login": login, "password": PASSWORD});
    house.ask("", "POST", &format!("/api/v1/join/{token}"), Some(&body)).await
}

async fn by_cookie(house: &House, cookie: &str, method: &str, path: &str, body: Value) -> Answer {
    let headers = [("cookie", cookie), ("sec-fetch-site", "same-origin")];
    house.send("", method, path, &headers, body.to_string().into_bytes()).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_opens_the_link_joins_and_is_signed_in() {
    on_each_database(async |house| {
        let wanted =
            json!({"role": "agent", "department": "quality", "name": "Fang", "email": "Fang@B.example"});
        let made = invite(&house, "admin", wanted).await.body;
        let token = token(&made["link"]);
        let offer = house.ask("", "GET", &format!("/api/v1/join/{token}"), None).await;
        assert_eq!(offer.status, StatusCode::OK, "{}", offer.text);
        assert_eq!(offer.body["team"], "Test");
        assert_eq!(
            (&offer.body["role"], &offer.body["login"], &offer.body["is_waiting"]),
            (&json!("agent"), &json!("fang@b.example"), &json!(false))
        );
        for (body, path) in [
            (json!({"name": " ", "login": "fang", "password": PASSWORD}), "/name"),
            (json!({"name": "Fang", "login": "a b", "password": PASSWORD}), "/login"),
            (json!({"name": "Fang", "login": "fang", "password": "short"}), "/password"),
            (json!({"name": "Fang", "login": "fang.wang.li", "password": "Fang.Wang.Li1"}), "/password"),
            (json!({"name": "Fang", "login": "fang", "password": "13800138000"}), "/password"),
        ] {
            let refused = house.ask("", "POST", &format!("/api/v1/join/{token}"), Some(&body)).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{body}: {}", refused.text);
            assert_eq!(refused.body["problems"][0]["path"], path, "{}", refused.text);
        }
        let joined = join(&house, &token, "+86 138-0013-8000").await;
        assert_eq!(joined.status, StatusCode::CREATED, "{}", joined.text);
        assert_eq!(joined.body["role"], "agent");
        let cookie =
            joined.headers[header::SET_COOKIE].to_str().expect("text").split(';').next().expect("a pair");
        let session = by_cookie(&house, cookie, "GET", "/api/v1/session", Value::Null).await;
        assert_eq!(session.body["user"]["name"], "Wang Fang");
        // Every way to write the number, and the invitation's mail address, name the same person.
        for login in ["13800138000", "138 0013 8000", "fang@b.example", "FANG@b.example"] {
            let given = json!({"login": login, "password": PASSWORD});
            let entered = house.ask("", "POST", "/api/v1/session", Some(&given)).await;
            assert_eq!(entered.status, StatusCode::CREATED, "{login}: {}", entered.text);
        }
        let members = house.ask("admin", "GET", "/api/v1/members", None).await.body;
        let listed = members.as_array().expect("a list").iter().find(|one| one["name"] == "Wang Fang");
        assert_eq!(listed.expect("is listed")["department"], "quality");
        let again = join(&house, &token, "another").await;
        assert_eq!((again.status, &again.body["code"]), (StatusCode::NOT_FOUND, &json!("request.link_over")));
        // The mail went out with the link, and the mailbox does not show it.
        let mails =
            store::outbox::page(house.app.db.read(), house.team, None, None, 10).await.expect("reads");
        let mail = mails.iter().find(|mail| mail.recipient == "fang@b.example").expect("a mail");
        assert!(!mail.text.contains(&token), "the token is stored: {}", mail.text);
        assert!(huiyin::services::letter::with_link(&house.app, mail).contains(&format!("/join/{token}")));
        let shown = house.ask("admin", "GET", &format!("/api/v1/outbox/{}", mail.id), None).await;
        assert!(shown.text.contains("•••") && !shown.text.contains(&token), "{}", shown.text);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_link_makes_one_member_however_many_use_it_at_once() {
    on_each_database(async |house| {
        let before = store::user::count(house.app.db.read()).await.expect("reads");
        for round in 0..3 {
            let token = link(&house, "agent").await;
            let logins: Vec<String> = (0..12).map(|turn| format!("racer-{round}-{turn}")).collect();
            let answers = join_all(logins.iter().map(|login| join(&house, &token, login))).await;
            let joined = answers.iter().filter(|answer| answer.status == StatusCode::CREATED).count();
            let over = answers.iter().filter(|answer| answer.status == StatusCode::NOT_FOUND).count();
            assert_eq!((joined, over), (1, 11), "round {round}");
        }
        let after = store::user::count(house.app.db.read()).await.expect("reads");
        assert_eq!(after - before, 3);
        // And a login is one person's, also when two links are used for it at once.
        let links = [link(&house, "agent").await, link(&house, "agent").await];
        let both = join_all(links.iter().map(|token| join(&house, token, "twin"))).await;
        let mut statuses: Vec<u16> = both.iter().map(|answer| answer.status.as_u16()).collect();
        statuses.sort_unstable();
        assert_eq!(statuses, [201, 409]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_gives_more_than_they_have_and_ownership_is_not_for_links() {
    on_each_database(async |house| {
        let wanted = |role: &str| json!({"role": role});
        assert_eq!(invite(&house, "admin", wanted("owner")).await.status, StatusCode::FORBIDDEN);
        let refused = invite(&house, "owner", wanted("owner")).await;
        assert_eq!(refused.body["problems"][0]["code"], "invitation.owner");
        assert_eq!(invite(&house, "admin", wanted("admin")).await.status, StatusCode::CREATED);
        for body in [
            json!({"role": "agent", "department": "none"}),
            json!({"role": "agent", "email": "not an address"}),
        ] {
            let refused = invite(&house, "admin", body).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_link_ends_by_time_by_revocation_and_with_the_rights_of_who_made_it() {
    on_each_database(async |house| {
        let look =
            async |token: &str| house.ask("", "GET", &format!("/api/v1/join/{token}"), None).await.status;
        let [kept, revoked] = [link(&house, "agent").await, link(&house, "agent").await];
        let listed = house.ask("admin", "GET", "/api/v1/invitations", None).await.body;
        let views: Vec<InvitationView> = serde_json::from_value(listed).expect("invitations");
        let id = views.iter().find(|one| one.link.as_ref().is_some_and(|link| link.ends_with(&revoked)));
        let path = format!("/api/v1/invitations/{}", id.expect("listed with its link").id);
        assert_eq!(house.ask("admin", "DELETE", &path, None).await.status, StatusCode::NO_CONTENT);
        assert_eq!(house.ask("admin", "DELETE", &path, None).await.status, StatusCode::NOT_FOUND);
        assert_eq!((look(&kept).await, look(&revoked).await), (StatusCode::OK, StatusCode::NOT_FOUND));
        assert_eq!(join(&house, &revoked, "late").await.status, StatusCode::NOT_FOUND);
        // Whoever made it is an admin no more.
        let role = format!("/api/v1/members/{}/role", house.person("admin").user);
        house.ask("owner", "PUT", &role, Some(&json!({"role": "agent"}))).await;
        assert_eq!(look(&kept).await, StatusCode::NOT_FOUND);
        assert_eq!(join(&house, &kept, "late").await.status, StatusCode::NOT_FOUND);
        house.ask("owner", "PUT", &role, Some(&json!({"role": "admin"}))).await;
        assert_eq!(look(&kept).await, StatusCode::OK);
        house.hand.advance_ms(7 * 24 * HOUR_MS);
        assert_eq!(look(&kept).await, StatusCode::NOT_FOUND);
        let listed = house.ask("owner", "GET", "/api/v1/invitations", None).await.body;
        let states: Vec<&str> =
            listed.as_array().expect("a list").iter().filter_map(|one| one["state"].as_str()).collect();
        assert_eq!(states, ["revoked", "over"]);
        assert!(listed.as_array().expect("a list").iter().all(|one| one["link"].is_null()), "{listed}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn somebody_with_an_account_joins_a_second_team_and_stays_in_the_first() {
    on_each_database(async |mut house| {
        let elsewhere = found(&house.app, "Elsewhere").await;
        house.hire(elsewhere, "stranger", Role::Admin, None).await;
        let wanted = NewInvitation { role: Role::Viewer, department: None, name: None, email: None };
        let made = invite(&house, "stranger", json!(wanted)).await.body;
        let token = token(&made["link"]);
        let cookie = house.sign_in("quality-1").await;
        let joined =
            by_cookie(&house, &cookie, "POST", "/api/v1/account/teams", json!({"token": token})).await;
        assert_eq!(joined.status, StatusCode::CREATED, "{}", joined.text);
        let again =
            by_cookie(&house, &cookie, "POST", "/api/v1/account/teams", json!({"token": token})).await;
        assert_eq!(again.status, StatusCode::NOT_FOUND);
        let session = by_cookie(&house, &cookie, "GET", "/api/v1/session", Value::Null).await.body;
        let mut teams: Vec<&str> = session["teams"]
            .as_array()
            .expect("teams")
            .iter()
            .filter_map(|team| team["name"].as_str())
            .collect();
        teams.sort_unstable();
        assert_eq!(teams, ["Elsewhere", "Test"]);
        assert_eq!(session["role"], "agent");
        let switched = json!({"team": elsewhere.to_string()});
        let session = by_cookie(&house, &cookie, "PATCH", "/api/v1/session", switched).await.body;
        assert_eq!(session["role"], "viewer");
        // What belongs to the person is out of reach of either team's admins now.
        let path = format!("/api/v1/members/{}", house.person("quality-1").user);
        for who in ["admin", "stranger"] {
            let reset = house.ask(who, "POST", &format!("{path}/reset"), None).await;
            assert_eq!(
                (reset.status, &reset.body["code"]),
                (StatusCode::CONFLICT, &json!("conflict.elsewhere"))
            );
            let renamed = house.ask(who, "PATCH", &path, Some(&json!({"login": "taken-over"}))).await;
            assert_eq!(renamed.status, StatusCode::CONFLICT);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whom_no_mail_reaches_gets_an_account_with_a_first_password() {
    on_each_database(async |house| {
        let add = async |login: &str| {
            let body =
                json!({"name": "Wang", "email": login, "password": "a long walk home", "role": "agent"});
            house.ask("admin", "POST", "/api/v1/members", Some(&body)).await
        };
        for login in ["wang.wei", "13700137011", "wang@b.example"] {
            let made = add(login).await;
            assert_eq!(made.status, StatusCode::CREATED, "{login}: {}", made.text);
            let body = json!({"login": login, "password": "a long walk home"});
            let session = house.ask("", "POST", "/api/v1/session", Some(&body)).await;
            assert_eq!(session.status, StatusCode::CREATED, "{login}: {}", session.text);
        }
        let refused = add("x y").await;
        assert_eq!(refused.body["problems"][0]["path"], "/email", "{}", refused.text);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_invitation_that_ran_out_is_renewed_under_a_fresh_link() {
    on_each_database(async |house| {
        let body =
            json!({"role": "agent", "department": "service", "name": "Sofia", "email": "sofia@b.example"});
        let before = invite(&house, "admin", body).await.body;
        let old = last_part(before["link"].as_str().expect("a link"));
        house.hand.advance_ms(8 * 24 * HOUR_MS);
        assert_ne!(join(&house, &old, "sofia").await.status, StatusCode::OK);
        let renew = async |id: &Value| {
            let path = format!("/api/v1/invitations/{}/renew", id.as_str().expect("an id"));
            house.ask("admin", "POST", &path, None).await
        };
        let after = renew(&before["id"]).await;
        assert_eq!(after.status, StatusCode::CREATED, "{}", after.text);
        for same in ["role", "department", "name", "email"] {
            assert_eq!(after.body[same], before[same], "{same}");
        }
        assert_eq!(after.body["state"], "open");
        assert_eq!(renew(&before["id"]).await.status, StatusCode::NOT_FOUND, "once");
        let fresh = last_part(after.body["link"].as_str().expect("a link"));
        let joined = join(&house, &fresh, "sofia").await;
        assert!(joined.status.is_success(), "{}", joined.text);
        assert_eq!(renew(&after.body["id"]).await.status, StatusCode::NOT_FOUND, "it was used");
        let log = house.ask("admin", "GET", "/api/v1/audit", None).await.text;
        assert!(log.contains("renewed") && log.contains("set_password"), "{log}");
    })
    .await;
}

fn last_part(link: &str) -> String {
    link.rsplit('/').next().expect("a token").to_owned()
}
