//! `POST /api/v1/members`: a new colleague.

use api_types::{MemberView, NewMember};
use axum::extract::State;
use axum::http::StatusCode;

use crate::app::App;
use crate::auth::Admin;
use crate::error::ApiError;
use crate::http::body::Json;
use crate::services::member;

/// Adds a member; makes the user where the mail address is new to the server.
#[utoipa::path(post, path = "/api/v1/members", tag = "people", request_body = NewMember, responses(
    (status = 201, body = MemberView)))]
pub async fn add(
    State(app): State<App>,
    caller: Admin,
    Json(body): Json<NewMember>,
) -> Result<(StatusCode, axum::Json<MemberView>), ApiError> {
    let id = member::add(&app, &caller, &body).await?;
    Ok((StatusCode::CREATED, axum::Json(member::get(&app, &caller, id).await?)))
}
