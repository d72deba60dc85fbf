//! `GET /api/v1/definitions/{id}`: one definition with its draft.

use api_types::DefinitionView;
use axum::Json;
use axum::extract::State;

use crate::app::App;
use crate::auth::Designer;
use crate::error::ApiError;
use crate::http::body::Path;
use crate::ids::DefinitionId;
use crate::services::definition;

/// One definition with its draft and what stands against publishing it.
#[utoipa::path(get, path = "/api/v1/definitions/{id}", tag = "definitions", params(("id" = String, Path)), responses(
    (status = 200, body = DefinitionView)))]
pub async fn get(
    State(app): State<App>,
    caller: Designer,
    Path(id): Path<DefinitionId>,
) -> Result<Json<DefinitionView>, ApiError> {
    Ok(Json(definition::get(&app, &caller, id).await?))
}
