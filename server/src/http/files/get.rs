//! `GET /api/v1/files/{id}`: a file of a submission, to save or as a small picture.

use axum::extract::State;
use axum::response::Response;

use super::{Shown, serve};
use crate::app::App;
use crate::auth::Caller;
use crate::error::ApiError;
use crate::http::body::{Path, Query};
use crate::ids::UploadId;
use crate::services::uploads;

/// A file, for those who may see the submission and the field it belongs to.
#[utoipa::path(get, path = "/api/v1/files/{id}", tag = "submissions", params(("id" = String, Path), Shown),
    responses((status = 200, description = "The file", body = String, content_type = "application/octet-stream")))]
pub async fn get(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<UploadId>,
    Query(shown): Query<Shown>,
) -> Result<Response, ApiError> {
    let upload = uploads::of_colleague(&app, &caller, id).await?;
    serve(&app, upload, &shown).await
}
