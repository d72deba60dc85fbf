//! `PUT /api/v1/definitions/{id}/draft`: keeps a draft.

use api_types::{SaveDraft, SavedDraft};
use axum::extract::{Request, State};

use crate::app::App;
use crate::auth::Designer;
use crate::error::ApiError;
use crate::http::body::{Path, body, parse};
use crate::ids::DefinitionId;
use crate::services::definition;

/// A draft of the greatest length, written as a JSON string.
const DRAFT_LIMIT: usize = 2 * 1024 * 1024;

/// Keeps a draft, also one that cannot be published.
#[utoipa::path(put, path = "/api/v1/definitions/{id}/draft", tag = "definitions", params(("id" = String, Path)),
    request_body = SaveDraft, responses((status = 200, body = SavedDraft)))]
pub async fn save(
    State(app): State<App>,
    caller: Designer,
    Path(id): Path<DefinitionId>,
    request: Request,
) -> Result<axum::Json<SavedDraft>, ApiError> {
    let wanted: SaveDraft = parse(&body(request, DRAFT_LIMIT).await?)?;
    Ok(axum::Json(definition::save(&app, &caller, id, wanted.rev, &wanted.draft).await?))
}
