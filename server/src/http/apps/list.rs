//! `GET /api/v1/apps`: the team's apps, by key.

use api_types::AppView;
use axum::Json;
use axum::extract::State;

use crate::app::App;
use crate::auth::Viewer;
use crate::error::ApiError;
use crate::services::apps;

/// The team's apps, by key.
#[utoipa::path(get, path = "/api/v1/apps", tag = "apps", responses((status = 200, body = Vec<AppView>)))]
pub async fn list(State(app): State<App>, caller: Viewer) -> Result<Json<Vec<AppView>>, ApiError> {
    Ok(Json(apps::list(&app, &caller).await?))
}
