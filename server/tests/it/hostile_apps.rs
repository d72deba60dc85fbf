//! App files from people who mean harm: each is refused with the place of what is wrong, in bounded time.

use std::time::{Duration, Instant};

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::support::house::{Answer, House, on_each_database};

/// No file may keep the server busy for longer; debug builds are ten times slower than what is shipped.
const LONGEST: Duration = Duration::from_secs(20);

async fn import(house: &House, body: Vec<u8>) -> Answer {
    let begin = Instant::now();
    let answer = house.send("owner", "POST", "/api/v1/apps/import", &[], body).await;
    assert!(
        begin.elapsed() < LONGEST,
        "{:?}: {}",
        begin.elapsed(),
        answer.text.chars().take(200).collect::<String>()
    );
    answer
}

fn app(list: &str, definitions: &Value) -> Vec<u8> {
    json!({"format": 1, "kind": "app", "key": "hostile", "title": "x", list: definitions})
        .to_string()
        .into_bytes()
}

fn form(key: &str) -> Value {
    json!({"format": 1, "kind": "form", "key": key, "title": "x", "schema": {"type": "object", "properties": {"a": {"type": "string"}}}})
}

#[track_caller]
fn refused(answer: &Answer, code: &str, path: &str) {
    assert_eq!(
        answer.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "{}",
        answer.text.chars().take(500).collect::<String>()
    );
    let problems = answer.body["problems"].as_array().expect("problems");
    let found = problems.iter().any(|problem| problem["code"] == code && problem["path"] == path);
    assert!(found, "no {code} at {path} in {:#?}", &problems[..problems.len().min(8)]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn too_much_of_anything_is_refused_before_it_is_compiled() {
    on_each_database(async |house| {
        let states: serde_json::Map<String, Value> =
            (0..1_000_000).map(|number| (format!("s{number}"), json!({}))).collect();
        let million = json!([{"format": 1, "kind": "flow", "key": "f", "initial": "s0", "states": states}]);
        assert_eq!(import(&house, app("flows", &million)).await.status, StatusCode::PAYLOAD_TOO_LARGE);
        let states: serde_json::Map<String, Value> =
            (0..30_000).map(|number| (format!("s{number}"), json!({}))).collect();
        let many = json!([{"format": 1, "kind": "flow", "key": "f", "initial": "s0", "states": states}]);
        let answer = import(&house, app("flows", &many)).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            answer.body["problems"][0]["path"].as_str().is_some_and(|path| path.starts_with("/flows/0")),
            "{}",
            answer.text
        );
        let forms: Vec<Value> = (0..5_000).map(|number| form(&format!("f{number}"))).collect();
        refused(&import(&house, app("forms", &json!(forms))).await, "app.too_large", "/forms");
        let heavy = vec![b' '; 30 << 20];
        assert_eq!(import(&house, heavy).await.status, StatusCode::PAYLOAD_TOO_LARGE);
        let deep = [b"[".repeat(200_000), b"]".repeat(200_000)].concat();
        assert_eq!(import(&house, deep).await.status, StatusCode::BAD_REQUEST);
        let samples: Vec<Value> =
            (0..6_000).map(|_| json!({"created_at": {"now": "-1h"}, "data": {}})).collect();
        let mut with_samples: Value =
            serde_json::from_slice(&app("forms", &json!([form("a")]))).expect("JSON");
        with_samples["samples"] = json!({"a": samples});
        refused(&import(&house, with_samples.to_string().into_bytes()).await, "app.too_large", "/samples");
        // Whatever was refused left nothing behind, and the server still answers.
        let apps = house.ask("owner", "GET", "/api/v1/apps", None).await.body;
        assert_eq!(apps.as_array().map(Vec::len), Some(1), "{apps}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn names_that_lead_astray_are_refused_where_they_stand() {
    on_each_database(async |house| {
        let forms = |change: &dyn Fn(&mut Value)| {
            let mut one = form("a");
            change(&mut one);
            app("forms", &json!([one]))
        };
        let cases: [(Vec<u8>, &str, &str); 10] = [
            (forms(&|form| form["key"] = json!("__proto__")), "definition.key", "/forms/0/key"),
            (
                forms(&|form| form["key"] = json!("<img src=x onerror=alert(1)>")),
                "definition.key",
                "/forms/0/key",
            ),
            (forms(&|form| form["key"] = json!("../../etc/passwd")), "definition.key", "/forms/0/key"),
            (
                forms(&|form| form["publish"] = json!({"slug": "a/../../login"})),
                "form.slug",
                "/forms/0/publish/slug",
            ),
            (
                forms(&|form| form["schema"]["properties"] = json!({"__proto__": {"type": "string"}})),
                "app.member_name",
                "/forms/0/schema/properties/__proto__",
            ),
            (app("forms", &json!([form("a"), form("a")])), "app.key_twice", "/forms/1/key"),
            (
                br#"{"format": 1, "kind": "app", "key": "a", "title": "x", "key": "b"}"#.to_vec(),
                "app.member_twice",
                "/key",
            ),
            (
                app("departments", &json!([{"key": "a", "parent": "b"}, {"key": "b", "parent": "a"}])),
                "app.department",
                "/departments/0/parent",
            ),
            (app("departments", &json!([{"key": "a b"}])), "app.department", "/departments/0/key"),
            (
                app("templates", &json!([{"key": "t", "subject": {"zh": 1}, "text": "x"}])),
                "app.text",
                "/templates/0/subject",
            ),
        ];
        for (body, code, path) in cases {
            refused(&import(&house, body).await, code, path);
        }
        let long = app("forms", &json!([form(&"a".repeat(100_000))]));
        let answer = import(&house, long).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn scripts_stay_in_their_sandbox() {
    on_each_database(async |house| {
        let scripts = [
            "eval(\"1\")",
            "import \"fs\" as fs; fs::read()",
            "loop { }",
            "while true { }",
            "(|x| x + 1).call(1)",
            "print(\"out\")",
            "Fn(\"eval\").call(\"1\")",
        ];
        for script in scripts {
            let flow = json!([{"format": 1, "kind": "flow", "key": "f", "initial": "a", "states": {
                "a": {"always": [{"guard": script, "target": "b"}, {"target": "b"}]}, "b": {"type": "final"}}}]);
            let answer = import(&house, app("flows", &flow)).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "`{script}` was taken: {}", answer.text);
            let path = answer.body["problems"][0]["path"].as_str().unwrap_or_default().to_owned();
            assert!(path.starts_with("/flows/0/states/a/always/0/guard"), "{script}: {path}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn mark_up_is_text_wherever_it_is_shown() {
    on_each_database(async |house| {
        let markup = "<script>alert(1)</script><img src=x onerror=alert(1)>";
        let mut one = form("a");
        one["title"] = json!({"zh": markup, "en": markup});
        one["schema"]["properties"]["a"]["title"] = json!(markup);
        one["layout"] = json!({"pages": [{"title": markup, "items": [{"text": markup}, {"field": "/a", "help": markup, "placeholder": markup}]}]});
        one["publish"] = json!({"slug": "marked", "thanks": markup});
        let mut body: Value = serde_json::from_slice(&app("forms", &json!([one]))).expect("JSON");
        body["title"] = json!(markup);
        body["departments"] = json!([{"key": "marked", "title": markup}]);
        body["templates"] = json!([{"key": "marked", "subject": markup, "text": markup}]);
        let answer = import(&house, body.to_string().into_bytes()).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        let page = house.send("", "GET", "/f/marked", &[], Vec::new()).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(!page.text.contains("<script>alert") && !page.text.contains("<img src=x"), "{}", page.text);
        assert!(page.text.contains("&lt;script&gt;alert"), "it is there, as text: {}", page.text);
        let thanks = house.send("", "POST", "/f/marked", &[("content-type", "application/x-www-form-urlencoded")], b"%2Fa=x".to_vec()).await;
        assert!(!thanks.text.contains("<script>alert"), "{}", thanks.text);
        let out = house.ask("owner", "GET", "/api/v1/apps/hostile/export", None).await;
        assert_eq!(out.headers["content-type"], "application/json");
        assert_eq!(out.headers["x-content-type-options"], "nosniff");
        assert!(out.body["title"] == markup, "what was written is what is exported");
    })
    .await;
}
