//! Forgotten passwords, and the second step of signing in.

use axum::http::{StatusCode, header};
use futures_util::future::join_all;
use huiyin::auth::totp;
use huiyin::services::letter;
use huiyin::store;
use serde_json::{Value, json};

use crate::support::house::{Answer, HOUR_MS, House, on_each_database};

const PASSWORD: &str = "a long walk home";

async fn with_password(house: &House, who: &str) -> String {
    let hash = house.app.guard.passwords.hash(PASSWORD).await.expect("hashes");
    let id = house.person(who).user;
    let stored = house.app.writer.run(None, move |batch| {
        let hash = hash.clone();
        Box::pin(async move { Ok(store::user::give_password(batch.write(), id, &hash).await?) })
    });
    stored.await.expect("stored");
    store::user::get(house.app.db.read(), id).await.expect("reads").expect("a user").login
}

async fn enter(house: &House, login: &str, password: &str, code: Option<&str>) -> Answer {
    let given = json!({"login": login, "password": password, "code": code});
    house.ask("", "POST", "/api/v1/session", Some(&given)).await
}

async fn by_cookie(house: &House, cookie: &str, method: &str, path: &str, body: Value) -> Answer {
    let headers = [("cookie", cookie), ("sec-fetch-site", "same-origin")];
    house.send("", method, path, &headers, body.to_string().into_bytes()).await
}

fn token(link: &Value) -> String {
    link.as_str().expect("a link").rsplit('/').next().expect("a token").to_owned()
}

async fn set(house: &House, token: &str, password: &str) -> Answer {
    let body = json!({"password": password});
    house.ask("", "POST", &format!("/api/v1/reset/{token}"), Some(&body)).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_link_sets_a_password_once_and_ends_every_session() {
    on_each_database(async |house| {
        let login = with_password(&house, "viewer").await;
        let cookie = house.sign_in("viewer").await;
        let path = format!("/api/v1/members/{}/reset", house.person("viewer").user);
        let older = token(&house.ask("admin", "POST", &path, None).await.body["link"]);
        let made = house.ask("admin", "POST", &path, None).await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
        let link = token(&made.body["link"]);
        let shown = async |token: &str| house.ask("", "GET", &format!("/api/v1/reset/{token}"), None).await;
        assert_eq!(shown(&older).await.status, StatusCode::NOT_FOUND, "a new link ends the one before");
        assert_eq!(shown(&link).await.body["login"], json!(login));
        for (password, code) in [("short", "password.short"), (login.as_str(), "password.personal")] {
            assert_eq!(set(&house, &link, password).await.body["problems"][0]["code"], code);
        }
        let passwords: Vec<String> = (0..6).map(|turn| format!("another long walk {turn}")).collect();
        let answers = join_all(passwords.iter().map(|password| set(&house, &link, password))).await;
        let won: Vec<usize> = (0..6).filter(|turn| answers[*turn].status == StatusCode::NO_CONTENT).collect();
        assert_eq!(won.len(), 1, "one use");
        let session = by_cookie(&house, &cookie, "GET", "/api/v1/session", Value::Null).await;
        assert_eq!(session.status, StatusCode::UNAUTHORIZED);
        assert_eq!(enter(&house, &login, PASSWORD, None).await.status, StatusCode::UNAUTHORIZED);
        assert_eq!(enter(&house, &login, &passwords[won[0]], None).await.status, StatusCode::CREATED);
        // An hour is over.
        let link = token(&house.ask("admin", "POST", &path, None).await.body["link"]);
        house.hand.advance_ms(HOUR_MS);
        assert_eq!(set(&house, &link, "yet another long walk").await.status, StatusCode::NOT_FOUND);
        // Nobody's password is set by who is weaker.
        let owner = format!("/api/v1/members/{}/reset", house.person("owner").user);
        assert_eq!(house.ask("admin", "POST", &owner, None).await.status, StatusCode::FORBIDDEN);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_asks_for_a_link_by_mail_learns_nothing() {
    on_each_database(async |house| {
        let login = with_password(&house, "viewer").await;
        let ask =
            async |login: &str| house.ask("", "POST", "/api/v1/reset", Some(&json!({"login": login}))).await;
        let (known, unknown) = (ask(&login).await, ask("nobody@b.example").await);
        assert_eq!((known.status, known.text), (unknown.status, unknown.text));
        assert_eq!(unknown.status, StatusCode::ACCEPTED);
        let mut mails = Vec::new();
        // It is sent beside the request.
        for _ in 0..200 {
            mails =
                store::outbox::page(house.app.db.read(), house.team, None, None, 10).await.expect("reads");
            if !mails.is_empty() {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
        assert_eq!(mails.len(), 1);
        assert_eq!(mails[0].recipient, login);
        let sent = letter::with_link(&house.app, &mails[0]);
        let link = sent.lines().find(|line| line.contains("/reset/")).expect("a link").to_owned();
        assert!(link.starts_with(house.app.config.base_url.as_str()), "{link}");
        let link = token(&json!(link));
        assert!(!mails[0].text.contains(&link));
        assert_eq!(set(&house, &link, "another long walk").await.status, StatusCode::NO_CONTENT);
        assert_eq!(enter(&house, &login, "another long walk", None).await.status, StatusCode::CREATED);
        // Asking again and again is slowed down, whoever is asked about.
        for login in [login.as_str(), "nobody@b.example"] {
            let mut last = StatusCode::OK;
            for _ in 0..8 {
                last = ask(login).await.status;
            }
            assert_eq!(last, StatusCode::TOO_MANY_REQUESTS, "{login}");
        }
    })
    .await;
}

struct Enrolled {
    login: String,
    cookie: String,
    secret: Vec<u8>,
    recovery: Vec<String>,
}

fn code(secret: &[u8], now_ms: i64) -> String {
    format!("{:06}", totp::code(secret, now_ms / 30_000))
}

async fn enrol(house: &House, who: &str) -> Enrolled {
    let login = with_password(house, who).await;
    let cookie = house.sign_in(who).await;
    let path = "/api/v1/account/second-step";
    let wrong = by_cookie(house, &cookie, "POST", path, json!({"password": "not my password"})).await;
    assert_eq!(wrong.body["problems"][0]["code"], "password.wrong", "{}", wrong.text);
    let begun = by_cookie(house, &cookie, "POST", path, json!({"password": PASSWORD})).await;
    assert_eq!(begun.status, StatusCode::CREATED, "{}", begun.text);
    assert!(begun.body["qr"].as_str().expect("a picture").contains("<svg"));
    let letters = begun.body["secret"].as_str().expect("a secret");
    assert!(begun.body["uri"].as_str().expect("an address").contains(letters));
    let secret = data_encoding::BASE32_NOPAD.decode(letters.as_bytes()).expect("base 32");
    let wrong = by_cookie(house, &cookie, "PUT", path, json!({"code": "000000"})).await;
    assert_eq!(wrong.body["problems"][0]["path"], "/code", "{}", wrong.text);
    // Not confirmed, not asked for.
    assert_eq!(enter(house, &login, PASSWORD, None).await.status, StatusCode::CREATED);
    let first = code(&secret, house.app.clock.now_ms());
    let confirmed = by_cookie(house, &cookie, "PUT", path, json!({"code": first})).await;
    assert_eq!(confirmed.status, StatusCode::OK, "{}", confirmed.text);
    let recovery: Vec<String> = serde_json::from_value(confirmed.body["codes"].clone()).expect("codes");
    // The secret leaves once.
    let view = by_cookie(house, &cookie, "GET", path, Value::Null).await;
    assert_eq!(view.body, json!({"on": true, "recovery_codes": 10}));
    let again = by_cookie(house, &cookie, "POST", path, json!({"password": PASSWORD})).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    // The code that confirmed it is used up.
    assert_eq!(enter(house, &login, PASSWORD, Some(&first)).await.body["code"], "auth.code");
    Enrolled { login, cookie, secret, recovery }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn signing_in_takes_a_code_and_each_code_once() {
    on_each_database(async |house| {
        let Enrolled { login, cookie, secret, recovery } = enrol(&house, "viewer").await;
        house.hand.advance_ms(60_000);
        let missing = enter(&house, &login, PASSWORD, None).await;
        assert_eq!(
            (missing.status, &missing.body["code"]),
            (StatusCode::UNAUTHORIZED, &json!("auth.second_step"))
        );
        assert!(missing.headers.get(header::SET_COOKIE).is_none());
        let right = code(&secret, house.app.clock.now_ms());
        assert_eq!(
            enter(&house, &login, "not my password", Some(&right)).await.body["code"],
            "auth.credentials"
        );
        let tries = join_all((0..4).map(|_| enter(&house, &login, PASSWORD, Some(&right)))).await;
        let entered = tries.iter().filter(|answer| answer.status == StatusCode::CREATED).count();
        assert_eq!(entered, 1, "a code is taken once, however many send it at once");
        house.hand.advance_ms(20 * 60_000);
        // An older code than the last one taken is over, too.
        let late = code(&secret, house.app.clock.now_ms() - 90_000);
        assert_eq!(enter(&house, &login, PASSWORD, Some(&late)).await.body["code"], "auth.code");
        let typed = recovery[0].to_lowercase().replace('-', " ");
        assert_eq!(enter(&house, &login, PASSWORD, Some(&typed)).await.status, StatusCode::CREATED);
        assert_eq!(
            enter(&house, &login, PASSWORD, Some(&recovery[0])).await.status,
            StatusCode::UNAUTHORIZED
        );
        let path = "/api/v1/account/second-step";
        let view = by_cookie(&house, &cookie, "GET", path, Value::Null).await;
        assert_eq!(view.body["recovery_codes"], 9);
        // Guessing codes is slowed down, and a right password alone does not start it afresh.
        let mut last = StatusCode::OK;
        for _ in 0..8 {
            enter(&house, &login, PASSWORD, None).await;
            last = enter(&house, &login, PASSWORD, Some("000000")).await.status;
        }
        assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_is_switched_off_by_password_and_code_or_by_an_admin() {
    on_each_database(async |house| {
        let Enrolled { login, cookie, secret, .. } = enrol(&house, "viewer").await;
        house.hand.advance_ms(60_000);
        let off = async |password: &str, code: &str| {
            let body = json!({"password": password, "code": code});
            by_cookie(&house, &cookie, "POST", "/api/v1/account/second-step/off", body).await
        };
        let right = code(&secret, house.app.clock.now_ms());
        assert_eq!(off("not my password", &right).await.body["problems"][0]["path"], "/password");
        assert_eq!(off(PASSWORD, "000000").await.body["problems"][0]["path"], "/code");
        assert_eq!(off(PASSWORD, &right).await.status, StatusCode::NO_CONTENT);
        // Whoever switched what on and off stands in the log; what was refused does not.
        let viewer = house.person("viewer").user;
        let log = house.ask("admin", "GET", "/api/v1/audit?kind=second_step", None).await.body;
        let lines = log["items"].as_array().expect("lines").iter();
        let lines: Vec<_> =
            lines.map(|line| (&line["action"], &line["subject"], &line["actor_name"])).collect();
        let line = |action: &str| (json!(action), json!(viewer), json!("viewer"));
        let (off_line, on_line) = (line("switched_off"), line("switched_on"));
        assert_eq!(lines, [(&off_line.0, &off_line.1, &off_line.2), (&on_line.0, &on_line.1, &on_line.2)]);
        assert_eq!(enter(&house, &login, PASSWORD, None).await.status, StatusCode::CREATED);
        let Enrolled { login, .. } = enrol(&house, "designer").await;
        let path = format!("/api/v1/members/{}/second-step", house.person("designer").user);
        assert_eq!(house.ask("admin", "DELETE", &path, None).await.status, StatusCode::NO_CONTENT);
        assert_eq!(enter(&house, &login, PASSWORD, None).await.status, StatusCode::CREATED);
        let owner = format!("/api/v1/members/{}/second-step", house.person("owner").user);
        assert_eq!(house.ask("admin", "DELETE", &owner, None).await.status, StatusCode::FORBIDDEN);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_team_asks_its_owners_and_admins_for_it() {
    on_each_database(async |house| {
        let ask = async |cookie: &str, required: bool| {
            by_cookie(&house, cookie, "PUT", "/api/v1/team/second-step", json!({"required": required})).await
        };
        let refused = ask(&house.sign_in("admin").await, true).await;
        assert_eq!(refused.body["problems"][0]["code"], "second_step.own", "{}", refused.text);
        let Enrolled { cookie: admin, .. } = enrol(&house, "admin").await;
        assert_eq!(ask(&admin, true).await.status, StatusCode::NO_CONTENT);
        // The owner has none on: only what they need to set it up is answered.
        let owner = house.sign_in("owner").await;
        let session = by_cookie(&house, &owner, "GET", "/api/v1/session", Value::Null).await;
        assert_eq!(session.body["owes_second_step"], true, "{}", session.text);
        for path in ["/api/v1/members", "/api/v1/inbox", "/api/v1/tokens", "/api/v1/forms"] {
            let refused = by_cookie(&house, &owner, "GET", path, Value::Null).await;
            assert_eq!(
                (refused.status, &refused.body["code"]),
                (StatusCode::FORBIDDEN, &json!("auth.second_step_owed")),
                "{path}"
            );
        }
        let allowed = by_cookie(&house, &owner, "GET", "/api/v1/account/second-step", Value::Null).await;
        assert_eq!(allowed.status, StatusCode::OK);
        // Others are not asked, and neither are programs.
        let agent = house.sign_in("quality-1").await;
        let inbox = by_cookie(&house, &agent, "GET", "/api/v1/inbox", Value::Null).await;
        assert_eq!(inbox.status, StatusCode::OK, "{}", inbox.text);
        assert_eq!(house.ask("owner", "GET", "/api/v1/members", None).await.status, StatusCode::OK);
        enrol(&house, "owner").await;
        let owner = house.sign_in("owner").await;
        assert_eq!(
            by_cookie(&house, &owner, "GET", "/api/v1/members", Value::Null).await.status,
            StatusCode::OK
        );
        let session = by_cookie(&house, &owner, "GET", "/api/v1/session", Value::Null).await;
        assert!(session.body["owes_second_step"].is_null(), "{}", session.text);
        assert_eq!(ask(&admin, false).await.status, StatusCode::NO_CONTENT);
    })
    .await;
}
