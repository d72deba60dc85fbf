//! Is the process alive, and can it do its work?

use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use sea_orm::ConnectionTrait;
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::App;

/// The answer of both routes.
#[derive(Debug, Serialize, ToSchema)]
pub struct Health {
    /// `ok`, `starting` or `database`.
    pub status: &'static str,
}

/// `GET /healthz`: the process answers. Touches nothing, so that it holds under any load.
#[utoipa::path(get, path = "/healthz", tag = "operation", responses((status = 200, body = Health)))]
pub async fn live() -> Json<Health> {
    Json(Health { status: "ok" })
}

/// `GET /readyz`: the database answers too.
#[utoipa::path(get, path = "/readyz", tag = "operation", responses(
    (status = 200, body = Health), (status = 503, body = Health)))]
pub async fn ready(State(app): State<App>) -> (StatusCode, Json<Health>) {
    let asked =
        tokio::time::timeout(Duration::from_secs(2), app.db.read().execute_unprepared("SELECT 1")).await;
    match asked {
        Ok(Ok(_)) => (StatusCode::OK, Json(Health { status: "ok" })),
        Ok(Err(_)) | Err(_) => (StatusCode::SERVICE_UNAVAILABLE, Json(Health { status: "database" })),
    }
}
