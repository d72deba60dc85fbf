//! `POST /api/v1/definitions/{id}/publish`: the draft goes live.

use api_types::{Publish, VersionView};
use axum::extract::State;

use crate::app::App;
use crate::auth::Designer;
use crate::error::ApiError;
use crate::http::body::{Json, Path};
use crate::ids::DefinitionId;
use crate::services::publish;

/// Publishes the draft whose revision the caller has seen; it is live from the next request on.
#[utoipa::path(post, path = "/api/v1/definitions/{id}/publish", tag = "definitions", params(("id" = String, Path)),
    request_body = Publish, responses((status = 200, body = VersionView)))]
pub async fn publish(
    State(app): State<App>,
    caller: Designer,
    Path(id): Path<DefinitionId>,
    Json(body): Json<Publish>,
) -> Result<axum::Json<VersionView>, ApiError> {
    Ok(axum::Json(publish::publish(&app, &caller, id, body.rev).await?))
}
