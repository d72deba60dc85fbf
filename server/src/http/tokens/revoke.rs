//! `DELETE /api/v1/tokens/{id}`: from the next request on the token opens nothing.

use axum::extract::State;
use axum::http::StatusCode;

use crate::app::App;
use crate::auth::Admin;
use crate::error::ApiError;
use crate::http::body::Path;
use crate::ids::TokenId;
use crate::services::token;

/// Ends a token.
#[utoipa::path(delete, path = "/api/v1/tokens/{id}", tag = "people", params(("id" = String, Path)), responses(
    (status = 204, description = "Ended")))]
pub async fn revoke(
    State(app): State<App>,
    caller: Admin,
    Path(id): Path<TokenId>,
) -> Result<StatusCode, ApiError> {
    token::revoke(&app, &caller, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
