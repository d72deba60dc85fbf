//! `GET /api/v1/gallery`: everything that can be installed.

use api_types::GalleryItem;
use axum::Json;
use axum::extract::State;

use crate::app::App;
use crate::auth::Viewer;
use crate::error::ApiError;
use crate::services::gallery;

/// Apps that come with the server, then those that its teams share.
#[utoipa::path(get, path = "/api/v1/gallery", tag = "apps", responses((status = 200, body = Vec<GalleryItem>)))]
pub async fn list(State(app): State<App>, caller: Viewer) -> Result<Json<Vec<GalleryItem>>, ApiError> {
    Ok(Json(gallery::list(&app, &caller).await?))
}
