//! `POST /api/v1/query`: asks a dataset.

use api_types::{ProblemDocument, QueryResult};
use axum::Json;
use axum::extract::State;
use serde_json::Value;

use super::body;
use crate::app::App;
use crate::auth::scope::Viewer;
use crate::error::ApiError;
use crate::services::query;

/// Asks a dataset. The answer holds every submission acknowledged before it was asked.
#[utoipa::path(post, path = "/api/v1/query", tag = "reports", request_body = Object, responses(
    (status = 200, body = QueryResult),
    (status = 422, body = ProblemDocument, description = "every problem of the query, with its place"),
))]
pub async fn ask(
    State(app): State<App>,
    caller: Viewer,
    body::Json(document): body::Json<Value>,
) -> Result<Json<QueryResult>, ApiError> {
    Ok(Json(query::run(&app, &caller, &document).await?))
}
