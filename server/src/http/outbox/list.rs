//! `GET /api/v1/outbox`: the team's messages, newest first.

use api_types::OutboxPage;
use axum::Json;
use axum::extract::State;
use serde::Deserialize;

use crate::app::App;
use crate::auth::Agent;
use crate::error::ApiError;
use crate::http::body::Query;
use crate::ids::SubmissionId;
use crate::services::outbox;

/// Which page.
#[derive(Debug, Clone, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Which {
    /// About this submission only.
    #[param(value_type = Option<String>)]
    submission: Option<SubmissionId>,
    /// `next` of the page before.
    cursor: Option<String>,
}

/// The team's messages, newest first.
#[utoipa::path(get, path = "/api/v1/outbox", tag = "outbox", params(Which), responses((status = 200, body = OutboxPage)))]
pub async fn list(
    State(app): State<App>,
    caller: Agent,
    Query(which): Query<Which>,
) -> Result<Json<OutboxPage>, ApiError> {
    Ok(Json(outbox::list(&app, &caller, which.submission, which.cursor.as_deref()).await?))
}
