//! `POST /api/v1/invitations`: somebody is to join.

use api_types::{InvitationView, NewInvitation};
use axum::extract::State;
use axum::http::StatusCode;

use crate::app::App;
use crate::auth::Admin;
use crate::error::ApiError;
use crate::http::body::Json;
use crate::services::invite;

/// Makes a link by which one person joins the team; with a mail address, it goes there as well.
#[utoipa::path(post, path = "/api/v1/invitations", tag = "people", request_body = NewInvitation, responses(
    (status = 201, body = InvitationView)))]
pub async fn create(
    State(app): State<App>,
    caller: Admin,
    Json(body): Json<NewInvitation>,
) -> Result<(StatusCode, axum::Json<InvitationView>), ApiError> {
    Ok((StatusCode::CREATED, axum::Json(invite::create(&app, &caller, &body).await?)))
}
