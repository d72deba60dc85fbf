//! `/api/v1/forms/{key}/invitations`: a form sent to people, each with a link of their own.

use api_types::{InvitationList, InvitedCount, NewInvitations};
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;

use crate::app::App;
use crate::auth::Designer;
use crate::error::ApiError;
use crate::http::body::{Json, Path};
use crate::services::recipients;

/// Invites people, and writes to those with a mail address where a mail is given.
#[utoipa::path(post, path = "/api/v1/forms/{key}/invitations", tag = "invitations", params(("key" = String, Path)),
    request_body = NewInvitations, responses((status = 201, body = InvitedCount)))]
pub async fn create(
    State(app): State<App>,
    caller: Designer,
    Path(key): Path<String>,
    Json(wanted): Json<NewInvitations>,
) -> Result<(StatusCode, axum::Json<InvitedCount>), ApiError> {
    Ok((StatusCode::CREATED, axum::Json(recipients::invite(&app, &caller, &key, &wanted).await?)))
}

/// Everybody who was invited, and who has answered.
#[utoipa::path(get, path = "/api/v1/forms/{key}/invitations", tag = "invitations", params(("key" = String, Path)),
    responses((status = 200, body = InvitationList)))]
pub async fn list(
    State(app): State<App>,
    caller: Designer,
    Path(key): Path<String>,
) -> Result<axum::Json<InvitationList>, ApiError> {
    Ok(axum::Json(recipients::list(&app, &caller, &key).await?))
}

/// The same as CSV that spreadsheets open, with every link: to be sent by other means.
#[utoipa::path(get, path = "/api/v1/forms/{key}/invitations.csv", tag = "invitations", params(("key" = String, Path)),
    responses((status = 200, description = "The file", body = String, content_type = "text/csv")))]
pub async fn export(
    State(app): State<App>,
    caller: Designer,
    Path(key): Path<String>,
) -> Result<impl IntoResponse, ApiError> {
    let text = recipients::csv(&recipients::list(&app, &caller, &key).await?, caller.language);
    let name = format!("attachment; filename=\"{key}-invitations.csv\"");
    let headers =
        [(header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, text))
}
