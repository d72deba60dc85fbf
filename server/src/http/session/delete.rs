//! `DELETE /api/v1/session`: signs out.

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;

use crate::app::App;
use crate::auth::{Anyhow, cookie};
use crate::error::ApiError;
use crate::services::session;

/// Signs out; the cookie is taken away.
#[utoipa::path(delete, path = "/api/v1/session", tag = "session", responses((status = 204, description = "Signed out")))]
pub async fn delete(State(app): State<App>, Anyhow(caller): Anyhow) -> Result<impl IntoResponse, ApiError> {
    session::sign_out(&app, &caller).await?;
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie::clear(&app.config.base_url))]))
}
