//! `GET /api/v1/gallery/{key}`: one app of the gallery with its document.

use api_types::GalleryView;
use axum::Json;
use axum::extract::State;

use crate::app::App;
use crate::auth::Viewer;
use crate::error::ApiError;
use crate::http::body::Path;
use crate::services::gallery;

/// An app of the gallery with its document. Teams share on purpose, so any team may read it.
#[utoipa::path(get, path = "/api/v1/gallery/{key}", tag = "apps", params(("key" = String, Path)), responses(
    (status = 200, body = GalleryView)))]
pub async fn get(
    State(app): State<App>,
    caller: Viewer,
    Path(key): Path<String>,
) -> Result<Json<GalleryView>, ApiError> {
    Ok(Json(gallery::get(&app, &caller, &key).await?))
}
