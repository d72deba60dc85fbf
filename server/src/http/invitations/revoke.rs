//! `DELETE /api/v1/invitations/{id}`: takes one back.

use axum::extract::State;
use axum::http::StatusCode;

use crate::app::App;
use crate::auth::Admin;
use crate::error::ApiError;
use crate::http::body::Path;
use crate::ids::MemberInvitationId;
use crate::services::invite;

/// Takes an invitation back; its link opens nothing any more.
#[utoipa::path(delete, path = "/api/v1/invitations/{id}", tag = "people", params(("id" = String, Path)), responses(
    (status = 204, description = "Taken back")))]
pub async fn revoke(
    State(app): State<App>,
    caller: Admin,
    Path(id): Path<MemberInvitationId>,
) -> Result<StatusCode, ApiError> {
    invite::revoke(&app, &caller, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
