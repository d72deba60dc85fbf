//! `GET /api/v1/definitions/{id}/uses?field=/score`: where a field of a form is used.

use api_types::FieldUse;
use axum::Json;
use axum::extract::{Query, State};
use serde::Deserialize;

use crate::app::App;
use crate::auth::Designer;
use crate::error::ApiError;
use crate::http::body::Path;
use crate::ids::DefinitionId;
use crate::services::rename_field;

/// Which field.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Asked {
    /// Its JSON Pointer, `/items/*/price` in rows.
    #[serde(default)]
    field: String,
}

/// What follows when the field is called differently.
#[utoipa::path(get, path = "/api/v1/definitions/{id}/uses", tag = "definitions", params(("id" = String, Path), Asked),
    responses((status = 200, body = Vec<FieldUse>)))]
pub async fn uses(
    State(app): State<App>,
    caller: Designer,
    Path(id): Path<DefinitionId>,
    Query(asked): Query<Asked>,
) -> Result<Json<Vec<FieldUse>>, ApiError> {
    Ok(Json(rename_field::uses(&app, &caller, id, &asked.field).await?))
}
