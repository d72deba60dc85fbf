//! `GET /api/v1/definitions/{id}/versions`: what was published, newest first.

use api_types::VersionView;
use axum::Json;
use axum::extract::State;

use crate::app::App;
use crate::auth::Designer;
use crate::error::ApiError;
use crate::http::body::Path;
use crate::ids::DefinitionId;
use crate::services::definition;

/// What was published, newest first.
#[utoipa::path(get, path = "/api/v1/definitions/{id}/versions", tag = "definitions", params(("id" = String, Path)),
    responses((status = 200, body = Vec<VersionView>)))]
pub async fn versions(
    State(app): State<App>,
    caller: Designer,
    Path(id): Path<DefinitionId>,
) -> Result<Json<Vec<VersionView>>, ApiError> {
    Ok(Json(definition::versions(&app, &caller, id).await?))
}
