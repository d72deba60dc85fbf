//! `DELETE /api/v1/imports/{id}`: stops an import.

use api_types::{ImportProgress, ProblemDocument};
use axum::Json;
use axum::extract::State;

use crate::app::App;
use crate::auth::scope::Designer;
use crate::error::ApiError;
use crate::http::body::Path;
use crate::ids::ImportId;
use crate::services::import_file;

/// Stops an import; the rows stored so far stay.
#[utoipa::path(delete, path = "/api/v1/imports/{id}", tag = "imports", params(("id" = String, Path)), responses(
    (status = 200, body = ImportProgress),
    (status = 404, body = ProblemDocument),
))]
pub async fn cancel(
    State(app): State<App>,
    caller: Designer,
    Path(id): Path<ImportId>,
) -> Result<Json<ImportProgress>, ApiError> {
    Ok(Json(import_file::cancel(&app, &caller, id).await?))
}
