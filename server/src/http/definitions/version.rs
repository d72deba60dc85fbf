//! `GET /api/v1/definitions/{id}/versions/{number}`: what was published then.

use api_types::VersionDocument;
use axum::Json;
use axum::extract::State;

use crate::app::App;
use crate::auth::Designer;
use crate::error::ApiError;
use crate::http::body::Path;
use crate::ids::DefinitionId;
use crate::services::definition;

/// What was published as that version.
#[utoipa::path(get, path = "/api/v1/definitions/{id}/versions/{number}", tag = "definitions",
    params(("id" = String, Path), ("number" = u32, Path)), responses((status = 200, body = VersionDocument)))]
pub async fn version(
    State(app): State<App>,
    caller: Designer,
    Path((id, number)): Path<(DefinitionId, u32)>,
) -> Result<Json<VersionDocument>, ApiError> {
    Ok(Json(definition::version(&app, &caller, id, number).await?))
}
