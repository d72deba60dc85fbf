//! `GET /api/v1/reset/{token}`: whose password the link sets.

use api_types::ResetView;
use axum::Json;
use axum::extract::State;

use crate::app::App;
use crate::error::ApiError;
use crate::http::body::Path;
use crate::services::reset;

/// Whose password the link sets.
#[utoipa::path(get, path = "/api/v1/reset/{token}", tag = "session", params(("token" = String, Path)), responses(
    (status = 200, body = ResetView)))]
pub async fn look(State(app): State<App>, Path(token): Path<String>) -> Result<Json<ResetView>, ApiError> {
    Ok(Json(reset::look(&app, &token).await?))
}
