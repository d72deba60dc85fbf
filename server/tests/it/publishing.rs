//! How a form meets strangers: behind a password, behind a proof, at a kiosk, in another page, filled in by a colleague.

use axum::http::StatusCode;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use huiyin::services::captcha;
use huiyin::store;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::support::house::{Answer, HOUR_MS, House, on_each_database};

const FORM: [(&str, &str); 2] =
    [("content-type", "application/x-www-form-urlencoded"), ("accept-language", "en")];

/// One form; `publish` says how it is published beside its address.
fn app(publish: Value) -> String {
    let mut whole = json!({"slug": "idea"});
    whole.as_object_mut().expect("an object").extend(publish.as_object().expect("an object").clone());
    json!({"format": 1, "kind": "app", "key": "ideas", "title": "Ideas", "forms": [
        {"format": 1, "kind": "form", "key": "idea", "title": {"zh": "建议", "en": "An \"idea\""},
         "schema": {"type": "object", "required": ["text"], "properties": {"text": {"type": "string"}}},
         "layout": {"pages": [{"items": [{"field": "/text"}]}]}, "publish": whole}]})
    .to_string()
}

async fn get(house: &House, path: &str) -> Answer {
    house.send("", "GET", path, &FORM[1..], Vec::new()).await
}

async fn post(house: &House, body: &str) -> Answer {
    house.send("", "POST", "/f/idea", &FORM, body.as_bytes().to_vec()).await
}

async fn send(house: &House, query: &str, headers: &[(&str, &str)]) -> Answer {
    let path = format!("/api/v1/public/forms/idea/submissions{query}");
    house.send("", "POST", &path, headers, json!({"text": "more light"}).to_string().into_bytes()).await
}

fn between<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    let (_, rest) = text.split_once(from).unwrap_or_else(|| panic!("no `{from}` in {text}"));
    rest.split_once(to).unwrap_or_else(|| panic!("no `{to}` after `{from}`")).0
}

async fn count(house: &House) -> usize {
    let listed = house.ask("owner", "GET", "/api/v1/forms/idea/submissions", None).await.body;
    listed["items"].as_array().expect("submissions").len()
}

fn worked(token: &str, bits: u32) -> String {
    let (_, seal) = token.rsplit_once('.').expect("a seal");
    let met = |nonce: &u64| {
        let hash = Sha256::digest(format!("{seal}:{nonce}").as_bytes());
        u32::from_be_bytes([hash[0], hash[1], hash[2], hash[3]]).leading_zeros() >= bits
    };
    format!("{token} {}", (0..).find(met).expect("a nonce"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_password_stands_before_the_page_and_every_other_road() {
    on_each_database(async |house| {
        house.install(&app(json!({}))).await;
        let set = async |password: Value| {
            let body = json!({"password": password});
            house.ask("designer", "PUT", "/api/v1/forms/idea/password", Some(&body)).await.status
        };
        assert_eq!(set(json!("")).await, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(set(json!("芝麻开门")).await, StatusCode::NO_CONTENT);
        let asked = get(&house, "/f/idea").await;
        assert!(asked.text.contains("_password") && !asked.text.contains("/text"), "{}", asked.text);
        assert_eq!(send(&house, "", &[]).await.status, StatusCode::CONFLICT);
        assert_eq!(send(&house, "?p=9999999999999.x", &[]).await.status, StatusCode::CONFLICT);
        let around = post(&house, "%2Ftext=x&_nonce=n&_seen=%2Ftext").await;
        assert!(around.text.contains("_password"), "{}", around.text);
        assert_eq!(post(&house, "_password=open").await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let opened = post(&house, "_password=%E8%8A%9D%E9%BA%BB%E5%BC%80%E9%97%A8").await;
        assert_eq!(opened.status, StatusCode::SEE_OTHER, "{}", opened.text);
        let place = opened.headers["location"].to_str().expect("text").to_owned();
        let page = get(&house, &place).await;
        assert!(page.text.contains("name=\"/text\"") && page.text.contains("name=\"_p\""), "{}", page.text);
        let pass = between(&place, "p=", "&").to_owned();
        let sent = post(&house, &format!("%2Ftext=x&_p={pass}&_nonce=n&_seen=%2Ftext")).await;
        assert_eq!(sent.status, StatusCode::OK, "{}", sent.text);
        assert_eq!(send(&house, &format!("?p={pass}"), &[]).await.status, StatusCode::CREATED);
        assert_eq!(count(&house).await, 2);
        // Another password, and a day later, the pass opens nothing.
        assert_eq!(set(json!("other")).await, StatusCode::NO_CONTENT);
        assert_eq!(send(&house, &format!("?p={pass}"), &[]).await.status, StatusCode::CONFLICT);
        let opened = post(&house, "_password=other").await;
        let place = opened.headers["location"].to_str().expect("text").to_owned();
        house.hand.advance_ms(13 * HOUR_MS);
        assert!(get(&house, &place).await.text.contains("_password"));
        assert_eq!(set(Value::Null).await, StatusCode::NO_CONTENT);
        assert_eq!(send(&house, "", &[]).await.status, StatusCode::CREATED);
        // The password travels with no export.
        let export = house.ask("designer", "GET", "/api/v1/apps/ideas/export", None).await;
        assert!(!export.text.contains("password"), "{}", export.text);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sender_proves_to_be_no_program_by_work_or_by_a_sum_once() {
    on_each_database(async |house| {
        house.install(&app(json!({"captcha": true}))).await;
        let page = get(&house, "/f/idea").await;
        assert!(page.text.contains("How much is"), "{}", page.text);
        let token = between(&page.text, "name=\"_captcha\" value=\"", "\"").to_owned();
        let bare = send(&house, "", &[]).await;
        assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(bare.text.contains("form.captcha"), "{}", bare.text);
        let proof = worked(&token, 16);
        for wrong in [format!("{token} 0x"), format!("{token}x {}", &proof[token.len() + 1..]), token.clone()]
        {
            let refused = send(&house, "", &[("captcha", &wrong)]).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
        }
        let sent = send(&house, "", &[("captcha", &proof)]).await;
        assert_eq!(sent.status, StatusCode::CREATED, "{}", sent.text);
        let again = send(&house, "", &[("captcha", &proof)]).await;
        assert!(again.text.contains("form.captcha"), "a proof is good once: {}", again.text);
        // Without script: the sum, in the words of the page, and once.
        let page = get(&house, "/f/idea").await;
        let token = between(&page.text, "name=\"_captcha\" value=\"", "\"").to_owned();
        let sum = between(&page.text, "How much is ", "?");
        let digits = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
        let sum: usize = sum
            .split(" plus ")
            .map(|word| digits.iter().position(|digit| *digit == word).expect("a digit"))
            .sum();
        let body = |sum: usize, nonce: &str| {
            format!("%2Ftext=x&_nonce={nonce}&_seen=%2Ftext&_captcha={token}&_sum={sum}")
        };
        let wrong = post(&house, &body(sum + 1, "a")).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            wrong.text.contains("shows a person") && wrong.text.contains("value=\"x\""),
            "{}",
            wrong.text
        );
        assert_eq!(post(&house, &body(sum, "b")).await.status, StatusCode::OK);
        assert_eq!(post(&house, &body(sum, "c")).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(count(&house).await, 2);
        // Of another form, and of long ago.
        let catalog = house.app.catalog(house.team).await.expect("a catalog");
        let other = captcha::challenge(&house.app, catalog.form("nps").expect("a form"), false);
        let borrowed = send(&house, "", &[("captcha", &worked(&other.token, 16))]).await;
        assert!(borrowed.text.contains("form.captcha"), "{}", borrowed.text);
        let old = captcha::challenge(&house.app, catalog.form("idea").expect("a form"), false);
        house.hand.advance_ms(3 * HOUR_MS);
        let late = send(&house, "", &[("captcha", &worked(&old.token, 16))]).await;
        assert!(late.text.contains("form.captcha"), "{}", late.text);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_kiosk_begins_again_and_remembers_nobody() {
    on_each_database(async |house| {
        house.install(&app(json!({"one_per": "device"}))).await;
        let page = get(&house, "/f/idea?kiosk=1").await;
        assert!(page.headers.get("set-cookie").is_none());
        assert!(!page.text.contains("http-equiv"), "nobody is sent away while typing: {}", page.text);
        for nonce in ["a", "b"] {
            let sent = post(&house, &format!("%2Ftext=x&_nonce={nonce}&_seen=%2Ftext&_kiosk=1")).await;
            assert_eq!(sent.status, StatusCode::OK, "{}", sent.text);
            assert!(
                sent.text.contains("url=/f/idea?kiosk=1") && sent.text.contains("Next person"),
                "{}",
                sent.text
            );
        }
        assert_eq!(count(&house).await, 2);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_card_of_a_link_and_who_may_frame_the_page_are_the_authors() {
    on_each_database(async |house| {
        house.install(&app(json!({}))).await;
        let policy =
            |answer: &Answer| answer.headers["content-security-policy"].to_str().expect("text").to_owned();
        let plain = get(&house, "/f/idea").await;
        assert!(policy(&plain).contains("frame-ancestors 'none'"));
        assert!(
            plain.text.contains("property=\"og:title\" content=\"An &quot;idea&quot;\""),
            "{}",
            plain.text
        );
        let share = json!({"title": {"zh": "提建议", "en": "Tell us"}, "picture": "/assets/x.png"});
        house.install(&app(json!({"embed": ["https://shop.example"], "share": share}))).await;
        let framed = get(&house, "/f/idea").await;
        assert!(policy(&framed).contains("frame-ancestors https://shop.example"), "{}", policy(&framed));
        assert!(policy(&framed).contains("script-src 'self'"), "{}", policy(&framed));
        assert!(
            framed.text.contains("content=\"Tell us\"") && framed.text.contains("/assets/x.png\""),
            "{}",
            framed.text
        );
        let posted = post(&house, "_nonce=n&_seen=%2Ftext").await;
        assert!(policy(&posted).contains("frame-ancestors https://shop.example"), "{}", policy(&posted));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_colleague_fills_in_for_somebody_and_stands_beside_it() {
    on_each_database(async |house| {
        house.install(&app(json!({"captcha": true, "closes": "2020-01-01T00:00:00Z"}))).await;
        assert_ne!(get(&house, "/f/idea?behalf=1").await.status, StatusCode::OK);
        let cookie = house.sign_in("quality-1").await;
        let page =
            house.send("", "GET", "/f/idea?behalf=1", &[("cookie", &cookie), FORM[1]], Vec::new()).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.text);
        assert!(page.text.contains("for somebody else") && !page.text.contains("_captcha"), "{}", page.text);
        let body = b"%2Ftext=by+telephone&_nonce=n&_seen=%2Ftext&_behalf=1".to_vec();
        let foreign = [FORM[0], FORM[1], ("cookie", &*cookie), ("sec-fetch-site", "cross-site")];
        let refused = house.send("", "POST", "/f/idea", &foreign, body.clone()).await;
        assert!(refused.status.is_client_error(), "another site's post is nobody's: {}", refused.text);
        let own = [FORM[0], FORM[1], ("cookie", &*cookie), ("sec-fetch-site", "same-origin")];
        let sent = house.send("", "POST", "/f/idea", &own, body).await;
        assert_eq!(sent.status, StatusCode::OK, "{}", sent.text);
        let catalog = house.app.catalog(house.team).await.expect("a catalog");
        let form = catalog.form("idea").expect("a form").definition;
        let documents = store::submission::documents(house.app.db.read(), form, 0, 9).await.expect("reads");
        assert_eq!(documents.len(), 1);
        let listed = house.ask("owner", "GET", "/api/v1/forms/idea/submissions", None).await.body;
        assert_eq!(listed["items"][0]["channel"], "staff", "{listed}");
        let id = listed["items"][0]["id"].as_str().expect("an id").parse().expect("an id");
        assert_eq!(house.submission(id).await.created_by, Some(house.person("quality-1").user));
        // Who may add nothing does not.
        let viewer = house.sign_in("member").await;
        let seen = house.send("", "GET", "/f/idea?behalf=1", &[("cookie", &viewer)], Vec::new()).await;
        let may = house
            .ask("member", "POST", "/api/v1/forms/idea/submissions", Some(&json!({"data": {"text": "x"}})))
            .await;
        assert_eq!(seen.status.is_success(), may.status.is_success(), "{} {}", seen.status, may.text);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_that_frames_the_form_says_who_the_customer_is_only_with_the_teams_seal() {
    on_each_database(async |house| {
        house.install(&app(json!({"embed": ["https://shop.example"]}))).await;
        let secret = house.ask("admin", "GET", "/api/v1/embed-secret", None).await.body["secret"].clone();
        assert_eq!(house.ask("admin", "GET", "/api/v1/embed-secret", None).await.body["secret"], secret);
        let stated = |secret: &str, said: &Value| {
            let said = URL_SAFE_NO_PAD.encode(said.to_string());
            let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("a key");
            mac.update(said.as_bytes());
            let seal: String = mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
            format!("{said}.{seal}")
        };
        let said = json!({"id": "c-77", "mail": "Sofia@b.example"});
        let customer_of = async |answer: &Answer| {
            let id = answer.body["id"].as_str().expect("an id").parse().expect("an id");
            house.submission(id).await.customer_id
        };
        let key = secret.as_str().expect("a secret");
        let known = send(&house, &format!("?c={}", stated(key, &said)), &[]).await;
        let again = send(&house, &format!("?c={}", stated(key, &said)), &[]).await;
        let forged = send(&house, &format!("?c={}", stated("guessed", &said)), &[]).await;
        for answer in [&known, &again, &forged] {
            assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text);
        }
        let customer = customer_of(&known).await.expect("a customer");
        assert_eq!(customer_of(&again).await, Some(customer));
        assert_eq!(customer_of(&forged).await, None);
        house.ask("admin", "POST", "/api/v1/embed-secret", None).await;
        let old = send(&house, &format!("?c={}", stated(key, &said)), &[]).await;
        assert_eq!(customer_of(&old).await, None, "a new secret ends the old one");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_team_proves_that_an_address_is_its_own_by_a_file_at_the_root() {
    on_each_database(async |house| {
        let put = async |name: &str, content: &str| {
            let body = json!({"name": name, "content": content});
            house.ask("admin", "PUT", "/api/v1/site-files", Some(&body)).await.status
        };
        assert_eq!(get(&house, "/MP_verify_abc.txt").await.status, StatusCode::NOT_FOUND);
        assert_eq!(put("MP_verify_abc.txt", "abc").await, StatusCode::NO_CONTENT);
        let found = get(&house, "/MP_verify_abc.txt").await;
        assert_eq!((found.status, found.text.as_str()), (StatusCode::OK, "abc"));
        assert_eq!(put("google1.html", "<script>alert(1)</script>").await, StatusCode::NO_CONTENT);
        let page = get(&house, "/google1.html").await;
        assert!(page.headers["content-type"].to_str().is_ok_and(|kind| kind.starts_with("text/plain")));
        for name in ["robots.txt", "app.js", ".well.txt", "login"] {
            assert_eq!(put(name, "x").await, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        }
        assert_eq!(put("big.txt", &"x".repeat(5_000)).await, StatusCode::UNPROCESSABLE_ENTITY);
        let gone = house.ask("admin", "DELETE", "/api/v1/site-files?name=google1.html", None).await;
        assert_eq!(gone.status, StatusCode::NO_CONTENT, "{}", gone.text);
        assert_eq!(get(&house, "/google1.html").await.status, StatusCode::NOT_FOUND);
        let listed = house.ask("admin", "GET", "/api/v1/site-files", None).await.body;
        assert_eq!(listed.as_array().map(Vec::len), Some(1), "{listed}");
    })
    .await;
}
