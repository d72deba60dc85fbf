//! `DELETE /api/v1/account/sessions/{id}`: signs a browser of the caller's out.

use axum::extract::State;
use axum::http::StatusCode;

use crate::app::App;
use crate::auth::Anyhow;
use crate::error::ApiError;
use crate::http::body::Path;
use crate::ids::SessionId;
use crate::services::account;

/// Ends one of the caller's sessions.
#[utoipa::path(delete, path = "/api/v1/account/sessions/{id}", tag = "session", params(("id" = String, Path)), responses(
    (status = 204, description = "Ended")))]
pub async fn end(
    State(app): State<App>,
    Anyhow(caller): Anyhow,
    Path(id): Path<SessionId>,
) -> Result<StatusCode, ApiError> {
    account::end(&app, &caller, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
