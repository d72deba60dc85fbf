//! `/api/v1/account/second-step`: a code of an authenticator beside the password.

use api_types::{
    BeginSecondStep, ConfirmSecondStep, EndSecondStep, RecoveryCodes, SecondStepSecret, SecondStepView,
};
use axum::extract::State;
use axum::http::StatusCode;

use crate::app::App;
use crate::auth::Anyhow;
use crate::error::ApiError;
use crate::http::body::Json;
use crate::services::second_step;

/// Is signing in asked for a code?
#[utoipa::path(get, path = "/api/v1/account/second-step", tag = "session", responses(
    (status = 200, body = SecondStepView)))]
pub async fn get(
    State(app): State<App>,
    Anyhow(caller): Anyhow,
) -> Result<axum::Json<SecondStepView>, ApiError> {
    Ok(axum::Json(second_step::view(&app, &caller).await?))
}

/// Makes a secret for an authenticator; it is shown this once, and asked for once a code of it was seen.
#[utoipa::path(post, path = "/api/v1/account/second-step", tag = "session", request_body = BeginSecondStep, responses(
    (status = 201, body = SecondStepSecret)))]
pub async fn begin(
    State(app): State<App>,
    Anyhow(caller): Anyhow,
    Json(body): Json<BeginSecondStep>,
) -> Result<(StatusCode, axum::Json<SecondStepSecret>), ApiError> {
    Ok((StatusCode::CREATED, axum::Json(second_step::begin(&app, &caller, &body.password).await?)))
}

/// Switches it on by a first code; other sessions of the caller end.
#[utoipa::path(put, path = "/api/v1/account/second-step", tag = "session", request_body = ConfirmSecondStep, responses(
    (status = 200, body = RecoveryCodes)))]
pub async fn confirm(
    State(app): State<App>,
    Anyhow(caller): Anyhow,
    Json(body): Json<ConfirmSecondStep>,
) -> Result<axum::Json<RecoveryCodes>, ApiError> {
    Ok(axum::Json(second_step::confirm(&app, &caller, &body.code).await?))
}

/// Switches it off by password and code.
#[utoipa::path(post, path = "/api/v1/account/second-step/off", tag = "session", request_body = EndSecondStep, responses(
    (status = 204, description = "Off")))]
pub async fn end(
    State(app): State<App>,
    Anyhow(caller): Anyhow,
    Json(body): Json<EndSecondStep>,
) -> Result<StatusCode, ApiError> {
    second_step::end(&app, &caller, &body).await?;
    Ok(StatusCode::NO_CONTENT)
}
