//! `POST /api/v1/invitations/{id}/renew`: a fresh link in the place of one that has run out.

use api_types::InvitationView;
use axum::extract::State;
use axum::http::StatusCode;

use crate::app::App;
use crate::auth::Admin;
use crate::error::ApiError;
use crate::http::body::Path;
use crate::ids::MemberInvitationId;
use crate::services::invite;

/// Invites the same person again. The link before opens nothing any more; with a mail address, the new one goes there.
#[utoipa::path(post, path = "/api/v1/invitations/{id}/renew", tag = "people", params(("id" = String, Path)), responses(
    (status = 201, body = InvitationView)))]
pub async fn renew(
    State(app): State<App>,
    caller: Admin,
    Path(id): Path<MemberInvitationId>,
) -> Result<(StatusCode, axum::Json<InvitationView>), ApiError> {
    Ok((StatusCode::CREATED, axum::Json(invite::renew(&app, &caller, id).await?)))
}
