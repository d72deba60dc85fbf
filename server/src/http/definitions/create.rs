//! `POST /api/v1/definitions`: a new definition, as a draft.

use api_types::{DefinitionView, NewDefinition};
use axum::extract::State;
use axum::http::StatusCode;

use crate::app::App;
use crate::auth::Designer;
use crate::error::ApiError;
use crate::http::body::Json;
use crate::services::definition;

/// Makes a definition; it is a draft until it is published.
#[utoipa::path(post, path = "/api/v1/definitions", tag = "definitions", request_body = NewDefinition, responses(
    (status = 201, body = DefinitionView)))]
pub async fn create(
    State(app): State<App>,
    caller: Designer,
    Json(body): Json<NewDefinition>,
) -> Result<(StatusCode, axum::Json<DefinitionView>), ApiError> {
    let id = definition::create(&app, &caller, &body).await?;
    Ok((StatusCode::CREATED, axum::Json(definition::get(&app, &caller, id).await?)))
}
