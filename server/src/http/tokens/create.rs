//! `POST /api/v1/tokens`: a new token, whose secret is shown this once.

use api_types::{CreatedToken, NewToken};
use axum::extract::State;
use axum::http::StatusCode;

use crate::app::App;
use crate::auth::Admin;
use crate::error::ApiError;
use crate::http::body::Json;
use crate::services::token;

/// Makes a token that acts as its maker does.
#[utoipa::path(post, path = "/api/v1/tokens", tag = "people", request_body = NewToken, responses(
    (status = 201, body = CreatedToken)))]
pub async fn create(
    State(app): State<App>,
    caller: Admin,
    Json(body): Json<NewToken>,
) -> Result<(StatusCode, axum::Json<CreatedToken>), ApiError> {
    Ok((StatusCode::CREATED, axum::Json(token::create(&app, &caller, &body).await?)))
}
