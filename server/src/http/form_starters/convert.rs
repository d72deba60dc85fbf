//! `POST /api/v1/form-starters/convert`: a form of another tool as a definition of ours; nothing is stored.

use api_types::{ConvertForm, ConvertedForm};

use crate::auth::Designer;
use crate::error::ApiError;
use crate::http::body::Json;
use crate::services::convert_form;

/// A form of another tool as a definition of ours; nothing is stored.
#[utoipa::path(post, path = "/api/v1/form-starters/convert", tag = "definitions", request_body = ConvertForm, responses(
    (status = 200, body = ConvertedForm),
    (status = 422, description = "`ui.unknown` for what is no form; otherwise what stands against its schema")))]
pub async fn convert(
    _: Designer,
    Json(body): Json<ConvertForm>,
) -> Result<axum::Json<ConvertedForm>, ApiError> {
    convert_form::convert(body).await.map(axum::Json)
}
