//! `GET /api/v1/imports/{id}`: how far an import is.

use api_types::{ImportProgress, ProblemDocument};
use axum::Json;
use axum::extract::State;

use crate::app::App;
use crate::auth::scope::Designer;
use crate::error::ApiError;
use crate::http::body::Path;
use crate::ids::ImportId;
use crate::services::import_file;

/// How far an import is, and which rows were refused.
#[utoipa::path(get, path = "/api/v1/imports/{id}", tag = "imports", params(("id" = String, Path)), responses(
    (status = 200, body = ImportProgress),
    (status = 404, body = ProblemDocument),
))]
pub async fn get(
    State(app): State<App>,
    caller: Designer,
    Path(id): Path<ImportId>,
) -> Result<Json<ImportProgress>, ApiError> {
    Ok(Json(import_file::progress(&app, &caller, id).await?))
}
