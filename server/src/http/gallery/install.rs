//! `POST /api/v1/gallery/{key}/install`: imports an app of the gallery.

use api_types::ImportReport;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;

use crate::app::App;
use crate::auth::Designer;
use crate::error::ApiError;
use crate::http::apps::import::{HowToImport, status};
use crate::http::body::{Path, Query};
use crate::services::gallery;

/// Installs an app of the gallery, or with `dry_run` says what that would do.
#[utoipa::path(post, path = "/api/v1/gallery/{key}/install", tag = "apps", params(("key" = String, Path), HowToImport), responses(
    (status = 200, body = ImportReport), (status = 409, body = ImportReport), (status = 422, body = ImportReport)))]
pub async fn install(
    State(app): State<App>,
    caller: Designer,
    Path(key): Path<String>,
    Query(how): Query<HowToImport>,
) -> Result<(StatusCode, Json<ImportReport>), ApiError> {
    let report = gallery::install(&app, &caller, &key, how.dry_run).await?;
    Ok((status(&report, how.dry_run), Json(report)))
}
