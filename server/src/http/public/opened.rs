//! `POST /f/{slug}/opened`: somebody who was invited touched the page, so it is a person who has it open.

use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;

use crate::app::App;
use crate::error::ApiError;
use crate::http::body::{Path, Query};
use crate::services::recipients;

/// By which link.
#[derive(Debug, Clone, Deserialize)]
pub struct Which {
    #[serde(default)]
    i: String,
}

/// Notes it, once. A link nobody was given changes nothing.
#[utoipa::path(post, path = "/f/{slug}/opened", tag = "public",
    params(("slug" = String, Path), ("i" = Option<String>, Query, description = "The token of an invitation")),
    responses((status = 204, description = "Noted")))]
pub async fn post(
    State(app): State<App>,
    Path(_): Path<String>,
    Query(which): Query<Which>,
) -> Result<StatusCode, ApiError> {
    recipients::opened(&app, &which.i).await?;
    Ok(StatusCode::NO_CONTENT)
}
