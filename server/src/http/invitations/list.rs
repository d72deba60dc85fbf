//! `GET /api/v1/invitations`: who was invited.

use api_types::InvitationView;
use axum::Json;
use axum::extract::State;

use crate::app::App;
use crate::auth::Admin;
use crate::error::ApiError;
use crate::services::invite;

/// The team's invitations, newest first; those that are open come with their link.
#[utoipa::path(get, path = "/api/v1/invitations", tag = "people", responses(
    (status = 200, body = Vec<InvitationView>)))]
pub async fn list(State(app): State<App>, caller: Admin) -> Result<Json<Vec<InvitationView>>, ApiError> {
    Ok(Json(invite::list(&app, &caller).await?))
}
