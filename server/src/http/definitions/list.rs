//! `GET /api/v1/definitions`: the team's definitions, by kind and key.

use api_types::{DefinitionKind, DefinitionSummary};
use axum::Json;
use axum::extract::State;
use serde::Deserialize;

use crate::app::App;
use crate::auth::Designer;
use crate::error::ApiError;
use crate::http::body::Query;
use crate::services::definition;

/// Which definitions.
#[derive(Debug, Clone, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Which {
    /// Of this kind only.
    kind: Option<DefinitionKind>,
    /// Of this app only.
    app: Option<String>,
}

/// The team's definitions, by kind and key.
#[utoipa::path(get, path = "/api/v1/definitions", tag = "definitions", params(Which), responses(
    (status = 200, body = Vec<DefinitionSummary>)))]
pub async fn list(
    State(app): State<App>,
    caller: Designer,
    Query(which): Query<Which>,
) -> Result<Json<Vec<DefinitionSummary>>, ApiError> {
    Ok(Json(definition::list(&app, &caller, which.kind, which.app.as_deref()).await?))
}
