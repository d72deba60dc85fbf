//! `GET /api/v1/dashboards/{key}`: one board, as published.

use api_types::{DashboardView, ProblemDocument};
use axum::Json;
use axum::extract::State;

use crate::app::App;
use crate::auth::scope::Viewer;
use crate::error::ApiError;
use crate::http::body::Path;
use crate::services::{dashboards, start};

/// One board, as published.
#[utoipa::path(get, path = "/api/v1/dashboards/{key}", tag = "reports", params(("key" = String, Path)), responses(
    (status = 200, body = DashboardView),
    (status = 404, body = ProblemDocument),
))]
pub async fn get(
    State(app): State<App>,
    caller: Viewer,
    Path(key): Path<String>,
) -> Result<Json<DashboardView>, ApiError> {
    let view = dashboards::view(&app, &caller, &key).await?;
    start::board_seen(&app, caller.team).await?;
    Ok(Json(view))
}
