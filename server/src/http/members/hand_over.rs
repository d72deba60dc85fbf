//! `/api/v1/members/{id}/hand-over` and `DELETE /api/v1/members/{id}`: when somebody leaves.

use api_types::{HandOver, Holdings};
use axum::extract::State;
use axum::http::StatusCode;

use crate::app::App;
use crate::auth::Admin;
use crate::error::ApiError;
use crate::http::body::{Json, Path};
use crate::ids::UserId;
use crate::services::hand_over;

/// What the member holds.
#[utoipa::path(get, path = "/api/v1/members/{id}/hand-over", tag = "people", params(("id" = String, Path)), responses(
    (status = 200, body = Holdings)))]
pub async fn preview(
    State(app): State<App>,
    caller: Admin,
    Path(id): Path<UserId>,
) -> Result<axum::Json<Holdings>, ApiError> {
    Ok(axum::Json(hand_over::holdings(&app, &caller, id).await?))
}

/// Hands all of it over, and takes the member's access away. Answers what was held.
#[utoipa::path(post, path = "/api/v1/members/{id}/hand-over", tag = "people", params(("id" = String, Path)),
    request_body = HandOver, responses((status = 200, body = Holdings)))]
pub async fn run(
    State(app): State<App>,
    caller: Admin,
    Path(id): Path<UserId>,
    Json(body): Json<HandOver>,
) -> Result<axum::Json<Holdings>, ApiError> {
    Ok(axum::Json(hand_over::run(&app, &caller, id, &body).await?))
}

/// Takes a member who holds nothing off the list.
#[utoipa::path(delete, path = "/api/v1/members/{id}", tag = "people", params(("id" = String, Path)), responses(
    (status = 204, description = "Gone")))]
pub async fn remove(
    State(app): State<App>,
    caller: Admin,
    Path(id): Path<UserId>,
) -> Result<StatusCode, ApiError> {
    hand_over::remove(&app, &caller, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
