//! `PUT /api/v1/account/password`: the caller's new password.

use api_types::ChangePassword;
use axum::extract::State;
use axum::http::StatusCode;

use crate::app::App;
use crate::auth::Anyhow;
use crate::error::ApiError;
use crate::http::body::Json;
use crate::services::account;

/// Changes the password; every other session of the caller ends.
#[utoipa::path(put, path = "/api/v1/account/password", tag = "session", request_body = ChangePassword, responses(
    (status = 204, description = "Changed")))]
pub async fn change(
    State(app): State<App>,
    Anyhow(caller): Anyhow,
    Json(body): Json<ChangePassword>,
) -> Result<StatusCode, ApiError> {
    account::change_password(&app, &caller, &body).await?;
    Ok(StatusCode::NO_CONTENT)
}
