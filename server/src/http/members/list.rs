//! `GET /api/v1/members`: the team's members, by name.

use api_types::MemberView;
use axum::Json;
use axum::extract::State;

use crate::app::App;
use crate::auth::Agent;
use crate::error::ApiError;
use crate::services::member;

/// The team's members, by name.
#[utoipa::path(get, path = "/api/v1/members", tag = "people", responses((status = 200, body = Vec<MemberView>)))]
pub async fn list(State(app): State<App>, caller: Agent) -> Result<Json<Vec<MemberView>>, ApiError> {
    Ok(Json(member::list(&app, &caller).await?))
}
