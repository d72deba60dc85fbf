//! `GET /api/v1/forms/{key}`: one published form with its fields.

use api_types::FormView;
use axum::Json;
use axum::extract::State;

use crate::app::App;
use crate::auth::Caller;
use crate::error::ApiError;
use crate::http::body::Path;
use crate::services::forms;

/// One published form with its fields.
#[utoipa::path(get, path = "/api/v1/forms/{key}", tag = "submissions", params(("key" = String, Path)), responses(
    (status = 200, body = FormView)))]
pub async fn get(
    State(app): State<App>,
    caller: Caller,
    Path(key): Path<String>,
) -> Result<Json<FormView>, ApiError> {
    Ok(Json(forms::get(&app, &caller, &key).await?))
}
