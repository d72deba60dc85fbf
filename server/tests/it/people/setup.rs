//! The first team: by the link on the console, once.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use futures_util::future::join_all;
use huiyin::app::App;
use huiyin::clock::Clock;
use huiyin::config::{Config, Database};
use huiyin::ids::Ids;
use huiyin::router::router;
use huiyin::{services, store};
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::support::house::{NOW_MS, fresh_postgres};

async fn open(folder: &std::path::Path, database: Database, seed: u64) -> App {
    let (clock, _) = Clock::mock(NOW_MS);
    let config = Config::local(folder.to_path_buf(), database);
    App::open(config, clock.clone(), Ids::seeded(clock, seed)).await.expect("opens")
}

async fn ask(app: &App, method: &str, path: &str, body: &Value) -> (StatusCode, Value, bool) {
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header(header::CONTENT_TYPE, "application/json")
        .body(Body::from(body.to_string()))
        .expect("a request");
    let response = router(app.clone()).oneshot(request).await.expect("an answer");
    let (status, signed_in) = (response.status(), response.headers().contains_key(header::SET_COOKIE));
    let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await.expect("a body");
    (status, serde_json::from_slice(&bytes).unwrap_or(Value::Null), signed_in)
}

fn wanted(turn: usize) -> Value {
    json!({"team": "First", "name": "Li Na", "login": format!("li-na-{turn}"), "password": "a long walk home", "language": "zh"})
}

/// One node on the embedded database, two on PostgreSQL.
async fn check(nodes: &[App]) {
    let app = &nodes[0];
    let url = services::setup::url(app).await.expect("reads").expect("there is something to set up");
    for node in nodes {
        assert_eq!(services::setup::url(node).await.expect("reads"), Some(url.clone()));
    }
    let token = url.rsplit('/').next().expect("a token");
    let path = format!("/api/v1/setup/{token}");
    assert_eq!(ask(app, "GET", &path, &Value::Null).await.0, StatusCode::NO_CONTENT);
    assert_eq!(ask(app, "POST", "/api/v1/setup/guessed", &wanted(0)).await.0, StatusCode::NOT_FOUND);
    assert_eq!(ask(app, "GET", "/setup/guessed", &Value::Null).await.0, StatusCode::NOT_FOUND);
    let mut weak = wanted(0);
    weak["password"] = json!("short");
    weak["team"] = json!("");
    weak["language"] = json!("xx");
    let (status, body, _) = ask(app, "POST", &path, &weak).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(body["problems"].as_array().map(Vec::len), Some(3), "{body}");
    let bodies: Vec<Value> = (0..8).map(wanted).collect();
    let tries =
        bodies.iter().enumerate().map(|(turn, body)| ask(&nodes[turn % nodes.len()], "POST", &path, body));
    let answers = join_all(tries).await;
    let won: Vec<_> = answers.iter().filter(|(status, ..)| *status == StatusCode::CREATED).collect();
    assert_eq!(won.len(), 1, "{answers:?}");
    let (_, session, signed_in) = won[0];
    assert_eq!((&session["role"], &session["team"]["name"]), (&json!("owner"), &json!("First")));
    assert!(signed_in);
    let others = answers.iter().filter(|(status, ..)| *status == StatusCode::NOT_FOUND).count();
    assert_eq!(others, 7, "{answers:?}");
    assert_eq!(store::team::all(app.db.read()).await.expect("reads").len(), 1);
    assert_eq!(store::user::count(app.db.read()).await.expect("reads"), 1);
    // That and by whom the team was made is the first line of its log.
    let team = store::team::all(app.db.read()).await.expect("reads")[0].id;
    let lines = store::audit::from(app.db.read(), team, 0, 10).await.expect("reads");
    assert_eq!(lines.len(), 1, "{lines:?}");
    let line = &lines[0];
    assert_eq!(
        (line.action.as_str(), line.kind.as_str(), line.title.as_str(), line.actor_name.as_str()),
        ("created", "team", "First", "Li Na")
    );
    assert_eq!(services::audit::check(app.db.read(), team).await.expect("holds").broken_at, None);
    // The link is gone, and so is the page.
    for path in [path.as_str(), &format!("/setup/{token}")] {
        assert_eq!(ask(app, "GET", path, &Value::Null).await.0, StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(services::setup::url(app).await.expect("reads"), None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_empty_database_is_set_up_once_on_however_many_nodes() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = Database::Sqlite(folder.path().join("huiyin.db"));
    check(&[open(folder.path(), file, 7).await]).await;
    if let Some(database) = fresh_postgres().await {
        let nodes = [open(folder.path(), database.clone(), 7).await, open(folder.path(), database, 8).await];
        check(&nodes).await;
    }
}
