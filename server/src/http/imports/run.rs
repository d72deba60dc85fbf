//! `POST /api/v1/imports/{id}/run`: makes the form and stores the rows.

use api_types::{ImportProgress, ProblemDocument, RunImport};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;

use crate::app::App;
use crate::auth::scope::Designer;
use crate::error::ApiError;
use crate::http::body::{self, Path};
use crate::ids::ImportId;
use crate::services::import_file;

/// Makes the form with its board and stores the rows in the background; one that was stopped goes on.
#[utoipa::path(post, path = "/api/v1/imports/{id}/run", tag = "imports", params(("id" = String, Path)),
    request_body = RunImport, responses(
    (status = 202, body = ImportProgress),
    (status = 404, body = ProblemDocument),
    (status = 409, body = ProblemDocument, description = "the form's key is taken, or the import is running"),
    (status = 422, body = ProblemDocument),
))]
pub async fn run(
    State(app): State<App>,
    caller: Designer,
    Path(id): Path<ImportId>,
    body::Json(request): body::Json<RunImport>,
) -> Result<(StatusCode, Json<ImportProgress>), ApiError> {
    let progress = import_file::run(&app, &caller, id, request).await?;
    Ok((StatusCode::ACCEPTED, Json(progress)))
}
