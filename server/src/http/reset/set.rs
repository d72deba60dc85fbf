//! `POST /api/v1/reset/{token}`: a new password.

use api_types::NewPassword;
use axum::extract::State;
use axum::http::StatusCode;

use crate::app::App;
use crate::error::ApiError;
use crate::http::body::{Json, Path};
use crate::services::reset;

/// Sets the password; every session of the person ends.
#[utoipa::path(post, path = "/api/v1/reset/{token}", tag = "session", params(("token" = String, Path)),
    request_body = NewPassword, responses((status = 204, description = "Set")))]
pub async fn set(
    State(app): State<App>,
    Path(token): Path<String>,
    Json(body): Json<NewPassword>,
) -> Result<StatusCode, ApiError> {
    reset::set(&app, &token, &body.password).await?;
    Ok(StatusCode::NO_CONTENT)
}
