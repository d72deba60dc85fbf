//! `POST /api/v1/notifications/read`: the caller has seen some, or all.

use api_types::ReadNotifications;
use axum::extract::State;
use axum::http::StatusCode;

use crate::app::App;
use crate::auth::Caller;
use crate::error::ApiError;
use crate::http::body::Json;
use crate::services::notification;

/// One of them, those about a submission, or all.
#[utoipa::path(post, path = "/api/v1/notifications/read", tag = "notifications", request_body = ReadNotifications,
    responses((status = 204, description = "Read, as far as they are the caller's")))]
pub async fn read(
    State(app): State<App>,
    caller: Caller,
    Json(body): Json<ReadNotifications>,
) -> Result<StatusCode, ApiError> {
    notification::read(&app, &caller, &body).await?;
    Ok(StatusCode::NO_CONTENT)
}
