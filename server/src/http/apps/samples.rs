//! `/api/v1/apps/{key}/samples`: sample answers, added and removed in one go.

use api_types::SamplesDone;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;

use crate::app::App;
use crate::auth::Designer;
use crate::error::ApiError;
use crate::http::body::Path;
use crate::services::samples;

/// Adds the app's samples; they start nothing.
#[utoipa::path(post, path = "/api/v1/apps/{key}/samples", tag = "apps", params(("key" = String, Path)), responses(
    (status = 201, body = SamplesDone), (status = 409, description = "They are there")))]
pub async fn add(
    State(app): State<App>,
    caller: Designer,
    Path(key): Path<String>,
) -> Result<(StatusCode, Json<SamplesDone>), ApiError> {
    let submissions = samples::add(&app, &caller, &key).await?;
    Ok((StatusCode::CREATED, Json(SamplesDone { submissions })))
}

/// Removes the app's samples and whatever came of them.
#[utoipa::path(delete, path = "/api/v1/apps/{key}/samples", tag = "apps", params(("key" = String, Path)), responses(
    (status = 200, body = SamplesDone)))]
pub async fn remove(
    State(app): State<App>,
    caller: Designer,
    Path(key): Path<String>,
) -> Result<Json<SamplesDone>, ApiError> {
    Ok(Json(SamplesDone { submissions: samples::remove(&app, &caller, &key).await? }))
}
