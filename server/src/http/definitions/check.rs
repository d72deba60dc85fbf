//! `POST /api/v1/definitions/check`: what stands against publishing a draft; nothing is stored.

use api_types::{CheckDefinition, CheckedDefinition};
use axum::extract::State;

use crate::app::App;
use crate::auth::Designer;
use crate::error::ApiError;
use crate::http::body::Json;
use crate::services::definition;

/// What stands against publishing a draft; nothing is stored.
#[utoipa::path(post, path = "/api/v1/definitions/check", tag = "definitions", request_body = CheckDefinition, responses(
    (status = 200, body = CheckedDefinition)))]
pub async fn check(
    State(_): State<App>,
    _: Designer,
    Json(body): Json<CheckDefinition>,
) -> Result<axum::Json<CheckedDefinition>, ApiError> {
    let document = definition::parse(&body.draft)?;
    Ok(axum::Json(CheckedDefinition {
        problems: definition::check(&document).into_iter().map(Into::into).collect(),
        warnings: definition::warnings(&document).into_iter().map(Into::into).collect(),
    }))
}
