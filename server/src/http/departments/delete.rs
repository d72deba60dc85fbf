//! `DELETE /api/v1/departments/{key}`: takes an empty department away.

use axum::extract::State;
use axum::http::StatusCode;

use crate::app::App;
use crate::auth::Admin;
use crate::error::ApiError;
use crate::http::body::Path;
use crate::services::department;

/// Takes a department away in which nobody works, below which none stands, and to which nothing leads.
#[utoipa::path(delete, path = "/api/v1/departments/{key}", tag = "people", params(("key" = String, Path)), responses(
    (status = 204, description = "Taken away")))]
pub async fn delete(
    State(app): State<App>,
    caller: Admin,
    Path(key): Path<String>,
) -> Result<StatusCode, ApiError> {
    department::delete(&app, &caller, &key).await?;
    Ok(StatusCode::NO_CONTENT)
}
