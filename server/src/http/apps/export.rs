//! `GET /api/v1/apps/{key}/export`: the app as one readable document.

use axum::Json;
use axum::extract::State;
use serde_json::Value;

use crate::app::App;
use crate::auth::Designer;
use crate::error::ApiError;
use crate::http::body::Path;
use crate::services::apps;

/// The app as one document that another team can install.
#[utoipa::path(get, path = "/api/v1/apps/{key}/export", tag = "apps", params(("key" = String, Path)), responses(
    (status = 200, description = "The app document", body = Value)))]
pub async fn export(
    State(app): State<App>,
    caller: Designer,
    Path(key): Path<String>,
) -> Result<Json<Value>, ApiError> {
    Ok(Json(apps::export(&app, &caller, &key).await?))
}
