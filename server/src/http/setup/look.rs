//! `GET /api/v1/setup/{token}`: is there still something to set up?

use axum::extract::State;
use axum::http::StatusCode;

use crate::app::App;
use crate::error::ApiError;
use crate::http::body::Path;
use crate::services::setup;

/// Answers while there is no team, to whoever has the link that the console shows.
#[utoipa::path(get, path = "/api/v1/setup/{token}", tag = "session", params(("token" = String, Path)), responses(
    (status = 204, description = "The link works")))]
pub async fn look(State(app): State<App>, Path(token): Path<String>) -> Result<StatusCode, ApiError> {
    setup::look(&app, &token).await?;
    Ok(StatusCode::NO_CONTENT)
}
