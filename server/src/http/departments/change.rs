//! `PATCH /api/v1/departments/{key}`: another title, another place, another head.

use api_types::ChangeDepartment;
use axum::extract::State;
use axum::http::StatusCode;

use crate::app::App;
use crate::auth::Admin;
use crate::error::ApiError;
use crate::http::body::{Json, Path};
use crate::services::department;

/// Renames a department, puts it below another, or gives it another head.
#[utoipa::path(patch, path = "/api/v1/departments/{key}", tag = "people", params(("key" = String, Path)),
    request_body = ChangeDepartment, responses((status = 204, description = "Changed")))]
pub async fn change(
    State(app): State<App>,
    caller: Admin,
    Path(key): Path<String>,
    Json(body): Json<ChangeDepartment>,
) -> Result<StatusCode, ApiError> {
    department::change(&app, &caller, &key, &body).await?;
    Ok(StatusCode::NO_CONTENT)
}
