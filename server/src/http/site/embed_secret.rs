//! `/api/v1/embed-secret`: with what the team's server seals who a customer is.

use api_types::EmbedSecretView;
use axum::Json;
use axum::extract::State;

use crate::app::App;
use crate::auth::Admin;
use crate::error::ApiError;
use crate::services::embedding;

/// The secret; made when first asked for.
#[utoipa::path(get, path = "/api/v1/embed-secret", tag = "site", responses((status = 200, body = EmbedSecretView)))]
pub async fn get(State(app): State<App>, caller: Admin) -> Result<Json<EmbedSecretView>, ApiError> {
    Ok(Json(embedding::secret(&app, &caller, false).await?))
}

/// Another secret: what the old one sealed is believed no more.
#[utoipa::path(post, path = "/api/v1/embed-secret", tag = "site", responses((status = 200, body = EmbedSecretView)))]
pub async fn renew(State(app): State<App>, caller: Admin) -> Result<Json<EmbedSecretView>, ApiError> {
    Ok(Json(embedding::secret(&app, &caller, true).await?))
}
