//! `POST /api/v1/departments`: a new department.

use api_types::NewDepartment;
use axum::extract::State;
use axum::http::StatusCode;

use crate::app::App;
use crate::auth::Admin;
use crate::error::ApiError;
use crate::http::body::Json;
use crate::services::department;

/// Makes a department.
#[utoipa::path(post, path = "/api/v1/departments", tag = "people", request_body = NewDepartment, responses(
    (status = 201, description = "Made")))]
pub async fn create(
    State(app): State<App>,
    caller: Admin,
    Json(body): Json<NewDepartment>,
) -> Result<StatusCode, ApiError> {
    department::create(&app, &caller, &body).await?;
    Ok(StatusCode::CREATED)
}
