//! `/api/v1/forms/{key}/invitations`: a form sent to people, each with a link of their own.

use api_types::{
    InvitationList, InvitedCount, NewInvitations, ProblemDocument, ReadRecipients, RemindedCount,
};
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;

use crate::app::App;
use crate::auth::Designer;
use crate::error::ApiError;
use crate::http::body::{self, Json, Path};
use crate::services::recipients;

/// The most a list may hold.
pub const MAX_LIST_BYTES: usize = 2 << 20;

/// Reads a list of people: the bytes of a CSV or `.xlsx` file, or pasted lines. Nobody is invited yet.
#[utoipa::path(post, path = "/api/v1/forms/{key}/invitations/read", tag = "invitations", params(("key" = String, Path)),
    request_body(content = String, content_type = "application/octet-stream"),
    responses((status = 200, body = ReadRecipients), (status = 422, body = ProblemDocument, description = "no list")))]
pub async fn read(
    State(app): State<App>,
    caller: Designer,
    Path(key): Path<String>,
    request: Request,
) -> Result<axum::Json<ReadRecipients>, ApiError> {
    app.catalog(caller.team).await?.form(&key)?;
    let bytes = body::body(request, MAX_LIST_BYTES).await?;
    Ok(axum::Json(recipients::read_list(bytes.to_vec()).await?))
}

/// Writes once more to everybody who got a mail and has not answered.
#[utoipa::path(post, path = "/api/v1/forms/{key}/invitations/remind", tag = "invitations",
    params(("key" = String, Path)), responses((status = 200, body = RemindedCount)))]
pub async fn remind(
    State(app): State<App>,
    caller: Designer,
    Path(key): Path<String>,
) -> Result<axum::Json<RemindedCount>, ApiError> {
    Ok(axum::Json(recipients::remind_silent(&app, &caller, &key).await?))
}

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
