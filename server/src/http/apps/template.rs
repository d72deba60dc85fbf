//! `/api/v1/apps/{key}/template`: an app of the team in the gallery of the server.

use api_types::GalleryItem;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;

use crate::app::App;
use crate::auth::Admin;
use crate::error::ApiError;
use crate::http::body::Path;
use crate::services::gallery;

/// Shares the app with every team of the server, or its newest state where it is shared already.
#[utoipa::path(post, path = "/api/v1/apps/{key}/template", tag = "apps", params(("key" = String, Path)), responses(
    (status = 201, body = GalleryItem)))]
pub async fn share(
    State(app): State<App>,
    caller: Admin,
    Path(key): Path<String>,
) -> Result<(StatusCode, Json<GalleryItem>), ApiError> {
    Ok((StatusCode::CREATED, Json(gallery::share(&app, &caller, &key).await?)))
}

/// Takes it off the shelf, also where it was not on it.
#[utoipa::path(delete, path = "/api/v1/apps/{key}/template", tag = "apps", params(("key" = String, Path)), responses(
    (status = 204, description = "It is not shared")))]
pub async fn withdraw(
    State(app): State<App>,
    caller: Admin,
    Path(key): Path<String>,
) -> Result<StatusCode, ApiError> {
    gallery::withdraw(&app, &caller, &key).await?;
    Ok(StatusCode::NO_CONTENT)
}
