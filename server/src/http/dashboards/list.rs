//! `GET /api/v1/dashboards`: the team's boards, by key.

use api_types::DashboardSummary;
use axum::Json;
use axum::extract::State;

use crate::app::App;
use crate::auth::scope::Viewer;
use crate::error::ApiError;
use crate::services::dashboards;

/// The team's boards, by key.
#[utoipa::path(get, path = "/api/v1/dashboards", tag = "reports", responses((status = 200, body = Vec<DashboardSummary>)))]
pub async fn list(State(app): State<App>, caller: Viewer) -> Result<Json<Vec<DashboardSummary>>, ApiError> {
    Ok(Json(dashboards::list(&app, &caller).await?))
}
