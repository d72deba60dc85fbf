//! `GET /api/v1/roles`: the roles in force.

use api_types::RoleView;
use axum::Json;
use axum::extract::State;

use crate::app::App;
use crate::auth::Admin;
use crate::error::ApiError;
use crate::services::role;

/// The roles in force, by key, with what they allow and who holds them.
#[utoipa::path(get, path = "/api/v1/roles", tag = "people", responses((status = 200, body = Vec<RoleView>)))]
pub async fn list(State(app): State<App>, caller: Admin) -> Result<Json<Vec<RoleView>>, ApiError> {
    Ok(Json(role::list(&app, &caller).await?))
}
