//! `GET /api/v1/forms`: the published forms.

use api_types::FormSummary;
use axum::Json;
use axum::extract::State;

use crate::app::App;
use crate::auth::Caller;
use crate::error::ApiError;
use crate::services::forms;

/// The published forms, by key.
#[utoipa::path(get, path = "/api/v1/forms", tag = "submissions", responses((status = 200, body = Vec<FormSummary>)))]
pub async fn list(State(app): State<App>, caller: Caller) -> Result<Json<Vec<FormSummary>>, ApiError> {
    Ok(Json(forms::list(&app, &caller).await?))
}
