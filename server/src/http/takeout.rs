//! `GET /api/v1/takeout.zip`: everything a team has.

use axum::body::Body;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use tokio_util::io::ReaderStream;

use crate::app::App;
use crate::auth::Admin;
use crate::error::ApiError;
use crate::services::takeout;

/// Apps, submissions, customers, timelines, people and the audit log as one archive of JSON files; no secrets.
#[utoipa::path(get, path = "/api/v1/takeout.zip", tag = "audit", responses(
    (status = 200, description = "The archive", body = String, content_type = "application/zip")))]
pub async fn get(State(app): State<App>, caller: Admin) -> Result<impl IntoResponse, ApiError> {
    let file = tokio::fs::File::from_std(takeout::archive(&app, &caller).await?);
    let headers = [
        (header::CONTENT_TYPE, "application/zip"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"huiyin.zip\""),
    ];
    Ok((headers, Body::from_stream(ReaderStream::new(file))))
}
