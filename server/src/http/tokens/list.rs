//! `GET /api/v1/tokens`: the team's tokens, newest first, without their secrets.

use api_types::TokenView;
use axum::Json;
use axum::extract::State;

use crate::app::App;
use crate::auth::Admin;
use crate::error::ApiError;
use crate::services::token;

/// The team's tokens, newest first, without their secrets.
#[utoipa::path(get, path = "/api/v1/tokens", tag = "people", responses((status = 200, body = Vec<TokenView>)))]
pub async fn list(State(app): State<App>, caller: Admin) -> Result<Json<Vec<TokenView>>, ApiError> {
    Ok(Json(token::list(&app, &caller).await?))
}
