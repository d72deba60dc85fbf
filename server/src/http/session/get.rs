//! `GET /api/v1/session`: who is asking, and in which team.

use api_types::SessionView;
use axum::Json;
use axum::extract::State;

use crate::app::App;
use crate::auth::{Anyhow, Via};
use crate::error::ApiError;
use crate::services::session;

/// Who is asking, and in which team.
#[utoipa::path(get, path = "/api/v1/session", tag = "session", responses((status = 200, body = SessionView)))]
pub async fn get(State(app): State<App>, Anyhow(caller): Anyhow) -> Result<Json<SessionView>, ApiError> {
    if let Via::SeenBy(admin) = caller.via {
        session::note_sight(&app, &caller, admin).await?;
    }
    Ok(Json(session::view(&app, &caller).await?))
}
