//! `GET /api/v1/departments`: the team's departments, by key.

use api_types::DepartmentView;
use axum::Json;
use axum::extract::State;

use crate::app::App;
use crate::auth::Agent;
use crate::error::ApiError;
use crate::services::department;

/// The team's departments, by key.
#[utoipa::path(get, path = "/api/v1/departments", tag = "people", responses((status = 200, body = Vec<DepartmentView>)))]
pub async fn list(State(app): State<App>, caller: Agent) -> Result<Json<Vec<DepartmentView>>, ApiError> {
    Ok(Json(department::list(&app, &caller).await?))
}
