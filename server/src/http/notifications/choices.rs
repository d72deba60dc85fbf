//! `/api/v1/notifications/choices`: what the caller wants to hear of.

use api_types::NotificationChoices;
use axum::extract::State;

use crate::app::App;
use crate::auth::Caller;
use crate::error::ApiError;
use crate::http::body::Json;
use crate::services::notification;

/// What the caller does not want to hear of.
#[utoipa::path(get, path = "/api/v1/notifications/choices", tag = "notifications", responses((status = 200, body = NotificationChoices)))]
pub async fn get(
    State(app): State<App>,
    caller: Caller,
) -> Result<axum::Json<NotificationChoices>, ApiError> {
    Ok(axum::Json(notification::choices(&app, &caller).await?))
}

/// Leaves out these kinds and no others.
#[utoipa::path(put, path = "/api/v1/notifications/choices", tag = "notifications", request_body = NotificationChoices,
    responses((status = 200, body = NotificationChoices)))]
pub async fn put(
    State(app): State<App>,
    caller: Caller,
    Json(body): Json<NotificationChoices>,
) -> Result<axum::Json<NotificationChoices>, ApiError> {
    notification::choose(&app, &caller, &body).await?;
    Ok(axum::Json(notification::choices(&app, &caller).await?))
}
