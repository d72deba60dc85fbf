//! `POST /api/v1/definitions/{id}/hold` and `DELETE` of the same: who is at a draft.

use api_types::{Hold, Holding};
use axum::extract::State;
use axum::http::StatusCode;

use crate::app::App;
use crate::auth::Designer;
use crate::error::ApiError;
use crate::http::body::{Json, Path};
use crate::ids::DefinitionId;
use crate::services::hold;

/// Says that the caller is at the draft, and answers who is; repeated while they are.
#[utoipa::path(post, path = "/api/v1/definitions/{id}/hold", tag = "definitions", params(("id" = String, Path)),
    request_body = Hold, responses((status = 200, body = Holding)))]
pub async fn hold(
    State(app): State<App>,
    caller: Designer,
    Path(id): Path<DefinitionId>,
    Json(body): Json<Hold>,
) -> Result<axum::Json<Holding>, ApiError> {
    Ok(axum::Json(hold::hold(&app, &caller, id, body.take).await?))
}

/// The caller leaves the draft.
#[utoipa::path(delete, path = "/api/v1/definitions/{id}/hold", tag = "definitions", params(("id" = String, Path)),
    responses((status = 204)))]
pub async fn release(
    State(app): State<App>,
    caller: Designer,
    Path(id): Path<DefinitionId>,
) -> Result<StatusCode, ApiError> {
    hold::release(&app, &caller, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
