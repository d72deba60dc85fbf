//! `PATCH /api/v1/members/{id}`: another department, head or not, away or back.

use api_types::{ChangeMember, MemberView};
use axum::extract::State;

use crate::app::App;
use crate::auth::Caller;
use crate::error::ApiError;
use crate::http::body::{Json, Path};
use crate::ids::UserId;
use crate::services::member;

/// Moves a member, makes them head, or marks them away. Members mark themselves away; the rest is for admins.
#[utoipa::path(patch, path = "/api/v1/members/{id}", tag = "people", params(("id" = String, Path)),
    request_body = ChangeMember, responses((status = 200, body = MemberView)))]
pub async fn change(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<UserId>,
    Json(body): Json<ChangeMember>,
) -> Result<axum::Json<MemberView>, ApiError> {
    member::change(&app, &caller, id, &body).await?;
    Ok(axum::Json(member::get(&app, &caller, id).await?))
}
