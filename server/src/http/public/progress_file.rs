//! `GET /t/{token}/files/{id}`: a file of one's own case.

use axum::extract::State;
use axum::response::Response;

use crate::app::App;
use crate::error::ApiError;
use crate::http::body::{Path, Query};
use crate::http::files::{Shown, serve};
use crate::ids::UploadId;
use crate::services::uploads;

/// A file that was sent with the answer the progress page is about.
#[utoipa::path(get, path = "/t/{token}/files/{id}", tag = "public",
    params(("token" = String, Path), ("id" = String, Path), Shown),
    responses((status = 200, description = "The file", body = String, content_type = "application/octet-stream")))]
pub async fn get(
    State(app): State<App>,
    Path((token, id)): Path<(String, UploadId)>,
    Query(shown): Query<Shown>,
) -> Result<Response, ApiError> {
    let upload = uploads::of_customer(&app, &token, id).await?;
    serve(&app, upload, &shown).await
}
