//! `PUT /api/v1/forms/{key}/password`: what the form's page asks before it shows anything.

use api_types::SetFormPassword;
use axum::extract::State;
use axum::http::StatusCode;

use crate::app::App;
use crate::auth::Designer;
use crate::error::ApiError;
use crate::http::body::{Json, Path};
use crate::services::gate;

/// Sets the password of a form, or takes it away with null. It is no part of the definition and travels nowhere.
#[utoipa::path(put, path = "/api/v1/forms/{key}/password", tag = "submissions", params(("key" = String, Path)),
    request_body = SetFormPassword, responses((status = 204)))]
pub async fn set(
    State(app): State<App>,
    caller: Designer,
    Path(key): Path<String>,
    Json(wanted): Json<SetFormPassword>,
) -> Result<StatusCode, ApiError> {
    gate::set(&app, &caller, &key, wanted.password.as_deref()).await?;
    Ok(StatusCode::NO_CONTENT)
}
