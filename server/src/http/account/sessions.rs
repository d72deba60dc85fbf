//! `GET /api/v1/account/sessions`: where the caller is signed in.

use api_types::SignedIn;
use axum::extract::State;

use crate::app::App;
use crate::auth::Anyhow;
use crate::error::ApiError;
use crate::services::account;

/// The caller's sessions, the one used last first.
#[utoipa::path(get, path = "/api/v1/account/sessions", tag = "session", responses(
    (status = 200, body = Vec<SignedIn>)))]
pub async fn list(
    State(app): State<App>,
    Anyhow(caller): Anyhow,
) -> Result<axum::Json<Vec<SignedIn>>, ApiError> {
    Ok(axum::Json(account::sessions(&app, &caller).await?))
}
