//! `GET /api/v1/audit/check`: does the chain hold?

use api_types::ChainView;
use axum::Json;
use axum::extract::State;

use crate::app::App;
use crate::auth::Admin;
use crate::error::ApiError;
use crate::services::audit;

/// Reads the whole log and says whether every line is as it was written.
#[utoipa::path(get, path = "/api/v1/audit/check", tag = "audit", responses((status = 200, body = ChainView)))]
pub async fn check(State(app): State<App>, caller: Admin) -> Result<Json<ChainView>, ApiError> {
    Ok(Json(audit::check(app.db.read(), caller.team).await?))
}
