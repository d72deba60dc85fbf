//! `/api/v1/team/second-step`: must owners and admins sign in with a second step?

use api_types::TeamSecondStep;
use axum::extract::State;
use axum::http::StatusCode;

use crate::app::App;
use crate::auth::Admin;
use crate::error::ApiError;
use crate::http::body::Json;
use crate::services::second_step;

/// Must they?
#[utoipa::path(get, path = "/api/v1/team/second-step", tag = "people", responses((status = 200, body = TeamSecondStep)))]
pub async fn get(State(app): State<App>, caller: Admin) -> Result<axum::Json<TeamSecondStep>, ApiError> {
    Ok(axum::Json(TeamSecondStep { required: second_step::asked(&app, &caller).await? }))
}

/// From now on they must, or need not. Whoever says so has it on.
#[utoipa::path(put, path = "/api/v1/team/second-step", tag = "people", request_body = TeamSecondStep, responses(
    (status = 204, description = "So it is")))]
pub async fn put(
    State(app): State<App>,
    caller: Admin,
    Json(body): Json<TeamSecondStep>,
) -> Result<StatusCode, ApiError> {
    second_step::ask(&app, &caller, body.required).await?;
    Ok(StatusCode::NO_CONTENT)
}
