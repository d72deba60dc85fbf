//! `/api/v1/start`: the first steps of a team.

use api_types::{ChangeStart, StartView};
use axum::Json as Answer;
use axum::extract::State;

use crate::app::App;
use crate::auth::{Designer, Viewer};
use crate::error::ApiError;
use crate::http::body::Json;
use crate::services::start;

/// How far the team is.
#[utoipa::path(get, path = "/api/v1/start", tag = "apps", responses((status = 200, body = StartView)))]
pub async fn get(State(app): State<App>, caller: Viewer) -> Result<Answer<StartView>, ApiError> {
    Ok(Answer(start::view(&app, &caller).await?))
}

/// Puts the list away, or takes it out again.
#[utoipa::path(patch, path = "/api/v1/start", tag = "apps", request_body = ChangeStart, responses(
    (status = 200, body = StartView)))]
pub async fn change(
    State(app): State<App>,
    caller: Designer,
    Json(wanted): Json<ChangeStart>,
) -> Result<Answer<StartView>, ApiError> {
    start::dismiss(&app, &caller, wanted.dismissed).await?;
    Ok(Answer(start::view(&app, &caller).await?))
}
