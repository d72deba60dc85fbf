//! A server with a team, an admin and their token, and how it is called. A whole company is in [`house`].

pub mod house;

use api_types::{ImportPreview, ImportProgress, NewToken, Role};
use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use huiyin::app::App;
use huiyin::clock::Clock;
use huiyin::config::{Config, Database};
use huiyin::ids::Ids;
use huiyin::router::router;
use huiyin::services::token;
use serde_json::{Value, json};
use tower::ServiceExt;

/// A server with a team, its admin, and their token.
pub struct Server {
    router: Router,
    pub app: App,
    bearer: String,
    _folder: tempfile::TempDir,
}

impl Server {
    pub async fn start() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let database = Database::Sqlite(folder.path().join("huiyin.db"));
        let (clock, _) = Clock::mock(1_795_392_000_000);
        let config = Config::local(folder.path().to_path_buf(), database);
        let app = App::open(config, clock.clone(), Ids::seeded(clock, 7)).await.expect("opens");
        let team = house::found(&app, "Test").await;
        let caller = house::join(&app, team, "Admin", Role::Admin, None).await;
        let wanted = NewToken { name: "test".to_owned() };
        let bearer = token::create(&app, &caller, &wanted).await.expect("a token").secret;
        Self { router: router(app.clone()), app, bearer: format!("Bearer {bearer}"), _folder: folder }
    }

    pub async fn send(&self, method: &str, path: &str, media: &str, body: Vec<u8>) -> (StatusCode, Value) {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::AUTHORIZATION, &self.bearer)
            .header(header::CONTENT_TYPE, media)
            .body(Body::from(body))
            .expect("a request");
        let response = self.router.clone().oneshot(request).await.expect("an answer");
        let status = response.status();
        let body = axum::body::to_bytes(response.into_body(), usize::MAX).await.expect("a body");
        (status, serde_json::from_slice(&body).unwrap_or(Value::Null))
    }

    pub async fn get(&self, path: &str) -> (StatusCode, Value) {
        self.send("GET", path, "application/json", Vec::new()).await
    }

    pub async fn post(&self, path: &str, body: &Value) -> (StatusCode, Value) {
        self.send("POST", path, "application/json", body.to_string().into_bytes()).await
    }

    pub async fn upload(&self, name: &str, bytes: &[u8]) -> (StatusCode, Value) {
        let mut body = format!(
            "--part\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n"
        )
        .into_bytes();
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n--part--\r\n");
        self.send("POST", "/api/v1/imports", "multipart/form-data; boundary=part", body).await
    }

    pub async fn preview(&self, name: &str, bytes: &[u8]) -> ImportPreview {
        let (status, preview) = self.upload(name, bytes).await;
        assert_eq!(status, StatusCode::CREATED, "{preview}");
        serde_json::from_value(preview).expect("a preview")
    }

    /// Runs an import as previewed and waits for its end.
    pub async fn import(&self, preview: &ImportPreview) -> ImportProgress {
        let wish = json!({"form": preview.form, "title": preview.title, "app": "imported", "columns": preview.columns});
        let (status, started) = self.post(&format!("/api/v1/imports/{}/run", preview.id), &wish).await;
        assert_eq!(status, StatusCode::ACCEPTED, "{started}");
        for _ in 0..1_200 {
            let (_, progress) = self.get(&format!("/api/v1/imports/{}", preview.id)).await;
            let progress: ImportProgress = serde_json::from_value(progress).expect("progress");
            if progress.status != "running" {
                return progress;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        panic!("the import does not end");
    }

    pub async fn rows(&self, query: &Value) -> Vec<Vec<Value>> {
        let (status, table) = self.post("/api/v1/query", query).await;
        assert_eq!(status, StatusCode::OK, "{query}: {table}");
        serde_json::from_value(table["rows"].clone()).expect("rows")
    }
}
