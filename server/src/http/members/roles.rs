//! `PUT /api/v1/members/{id}/roles`: the drawn roles a member holds.

use api_types::GiveRoles;
use axum::extract::State;
use axum::http::StatusCode;

use crate::app::App;
use crate::auth::Admin;
use crate::error::ApiError;
use crate::http::body::{Json, Path};
use crate::ids::UserId;
use crate::services::role;

/// Gives a member these roles and no others; it counts from their next request on.
#[utoipa::path(put, path = "/api/v1/members/{id}/roles", tag = "people", params(("id" = String, Path)),
    request_body = GiveRoles, responses((status = 204)))]
pub async fn give(
    State(app): State<App>,
    caller: Admin,
    Path(id): Path<UserId>,
    Json(body): Json<GiveRoles>,
) -> Result<StatusCode, ApiError> {
    role::give(&app, &caller, id, body.roles).await?;
    Ok(StatusCode::NO_CONTENT)
}
