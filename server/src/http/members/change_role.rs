//! `PUT /api/v1/members/{id}/role`: another role. An endpoint of its own, so that no other body can grant rights.

use api_types::{ChangeRole, MemberView};
use axum::extract::State;

use crate::app::App;
use crate::auth::Admin;
use crate::error::ApiError;
use crate::http::body::{Json, Path};
use crate::ids::UserId;
use crate::services::member;

/// Gives a member another role; their sessions end.
#[utoipa::path(put, path = "/api/v1/members/{id}/role", tag = "people", params(("id" = String, Path)),
    request_body = ChangeRole, responses((status = 200, body = MemberView)))]
pub async fn change_role(
    State(app): State<App>,
    caller: Admin,
    Path(id): Path<UserId>,
    Json(body): Json<ChangeRole>,
) -> Result<axum::Json<MemberView>, ApiError> {
    member::change_role(&app, &caller, id, body.role).await?;
    Ok(axum::Json(member::get(&app, &caller, id).await?))
}
