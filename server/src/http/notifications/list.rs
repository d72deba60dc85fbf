//! `GET /api/v1/notifications`: what concerns the caller, newest first.

use api_types::NotificationPage;
use axum::Json;
use axum::extract::State;
use serde::Deserialize;

use crate::app::App;
use crate::auth::Caller;
use crate::error::ApiError;
use crate::http::body::Query;
use crate::services::notification;

/// Which page.
#[derive(Debug, Clone, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Which {
    /// `next` of the page before.
    cursor: Option<String>,
    /// At most 50.
    limit: Option<u32>,
}

/// What concerns the caller, of what they may see, and how many of it they have not read.
#[utoipa::path(get, path = "/api/v1/notifications", tag = "notifications", params(Which), responses((status = 200, body = NotificationPage)))]
pub async fn list(
    State(app): State<App>,
    caller: Caller,
    Query(which): Query<Which>,
) -> Result<Json<NotificationPage>, ApiError> {
    let limit = which.limit.unwrap_or(30);
    Ok(Json(notification::list(&app, &caller, limit, which.cursor.as_deref()).await?))
}
