//! People and their own account: where they are signed in, and a new password.

use api_types::SignIn;
use axum::http::StatusCode;
use huiyin::services::session::{Origin, sign_in};
use huiyin::store;
use serde_json::{Value, json};

use crate::support::house::{House, on_each_database};

const PASSWORD: &str = "a long walk home";

/// Gives somebody a password, as whoever adds a member does.
async fn with_password(house: &House, who: &str) {
    let hash = house.app.guard.passwords.hash(PASSWORD).await.expect("hashes");
    let user = house.person(who).user;
    let stored = house.app.writer.run(None, move |batch| {
        let hash = hash.clone();
        Box::pin(async move { Ok(store::user::set_password(batch.write(), user, &hash).await?) })
    });
    stored.await.expect("stored");
}

async fn ask(house: &House, cookie: &str, method: &str, path: &str, body: Value) -> (StatusCode, Value) {
    let headers = [("cookie", cookie), ("sec-fetch-site", "same-origin")];
    let answer = house.send("", method, path, &headers, body.to_string().into_bytes()).await;
    (answer.status, answer.body)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_browser_is_signed_out_from_another_one_and_nobody_elses_is() {
    on_each_database(async |house| {
        let (desk, phone) = (house.sign_in("viewer").await, house.sign_in("viewer").await);
        let other = house.sign_in("owner").await;
        let (_, listed) = ask(&house, &desk, "GET", "/api/v1/account/sessions", Value::Null).await;
        let lines = listed.as_array().expect("a list");
        assert_eq!(lines.len(), 2, "{listed}");
        let away = lines.iter().find(|line| line["here"] == false).expect("the phone");
        let path = format!("/api/v1/account/sessions/{}", away["id"].as_str().expect("an id"));
        let (status, _) = ask(&house, &other, "DELETE", &path, Value::Null).await;
        assert_eq!(status, StatusCode::NOT_FOUND);
        assert_eq!(ask(&house, &phone, "GET", "/api/v1/session", Value::Null).await.0, StatusCode::OK);
        let (status, _) = ask(&house, &desk, "DELETE", &path, Value::Null).await;
        assert_eq!(status, StatusCode::NO_CONTENT);
        assert_eq!(
            ask(&house, &phone, "GET", "/api/v1/session", Value::Null).await.0,
            StatusCode::UNAUTHORIZED
        );
        assert_eq!(ask(&house, &desk, "GET", "/api/v1/session", Value::Null).await.0, StatusCode::OK);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_password_needs_the_old_one_and_signs_everybody_else_out() {
    on_each_database(async |house| {
        with_password(&house, "viewer").await;
        let (desk, phone) = (house.sign_in("viewer").await, house.sign_in("viewer").await);
        let change = async |current: &str, password: &str| {
            let body = json!({"current": current, "password": password});
            ask(&house, &desk, "PUT", "/api/v1/account/password", body).await
        };
        for (current, password, code, path) in [
            (PASSWORD, "short", "password.short", "/password"),
            (PASSWORD, "password123456", "password.common", "/password"),
            ("not my password", "another long walk", "password.wrong", "/current"),
        ] {
            let (status, body) = change(current, password).await;
            assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
            assert_eq!(
                (&body["problems"][0]["code"], &body["problems"][0]["path"]),
                (&json!(code), &json!(path))
            );
        }
        assert_eq!(change(PASSWORD, "another long walk").await.0, StatusCode::NO_CONTENT);
        assert_eq!(
            ask(&house, &phone, "GET", "/api/v1/session", Value::Null).await.0,
            StatusCode::UNAUTHORIZED
        );
        assert_eq!(ask(&house, &desk, "GET", "/api/v1/session", Value::Null).await.0, StatusCode::OK);
        let user = store::user::get(house.app.db.read(), house.person("viewer").user).await.expect("reads");
        let login = user.expect("a user").login;
        let enter = async |password: &str| {
            let given = SignIn { login: login.clone(), password: password.to_owned(), code: None };
            sign_in(&house.app, &given, Origin::default()).await.is_ok()
        };
        assert!(!enter(PASSWORD).await, "the old password still opens");
        assert!(enter("another long walk").await, "the new password does not open");
        // Guessing is slowed down.
        let mut last = StatusCode::OK;
        for _ in 0..8 {
            last = change("a wrong guess", "yet another walk").await.0;
        }
        assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
    })
    .await;
}
