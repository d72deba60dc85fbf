//! `POST /api/v1/members/{id}/reset` and `DELETE /api/v1/members/{id}/second-step`: for a colleague who cannot get in.

use api_types::OneUseLink;
use axum::extract::State;
use axum::http::StatusCode;

use crate::app::App;
use crate::auth::Admin;
use crate::error::ApiError;
use crate::http::body::Path;
use crate::ids::UserId;
use crate::services::{reset, second_step};

/// Makes a link by which the member sets another password; it works once, within an hour.
#[utoipa::path(post, path = "/api/v1/members/{id}/reset", tag = "people", params(("id" = String, Path)), responses(
    (status = 201, body = OneUseLink)))]
pub async fn link(
    State(app): State<App>,
    caller: Admin,
    Path(id): Path<UserId>,
) -> Result<(StatusCode, axum::Json<OneUseLink>), ApiError> {
    Ok((StatusCode::CREATED, axum::Json(reset::make(&app, &caller, id).await?)))
}

/// Switches the second step off for a member who lost their authenticator; their sessions end.
#[utoipa::path(delete, path = "/api/v1/members/{id}/second-step", tag = "people", params(("id" = String, Path)), responses(
    (status = 204, description = "Off")))]
pub async fn second_step(
    State(app): State<App>,
    caller: Admin,
    Path(id): Path<UserId>,
) -> Result<StatusCode, ApiError> {
    second_step::reset(&app, &caller, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
