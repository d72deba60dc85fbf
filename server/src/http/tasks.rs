//! `GET /api/v1/tasks`: work for people.

use api_types::TaskPage;
use axum::Json;
use axum::extract::State;
use serde::Deserialize;

use crate::app::App;
use crate::auth::Caller;
use crate::error::ApiError;
use crate::http::body::Query;
use crate::services::tasks;

/// Which page.
#[derive(Debug, Clone, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Which {
    /// Only the caller's open ones.
    #[serde(default)]
    mine: bool,
    /// How many, 200 at most.
    limit: Option<u32>,
    /// `next` of the page before.
    cursor: Option<String>,
}

/// Tasks, newest first. Those below agents see only their own.
#[utoipa::path(get, path = "/api/v1/tasks", tag = "tickets", params(Which), responses((status = 200, body = TaskPage)))]
pub async fn list(
    State(app): State<App>,
    caller: Caller,
    Query(which): Query<Which>,
) -> Result<Json<TaskPage>, ApiError> {
    let mine = which.mine || !caller.is(api_types::Role::Agent);
    Ok(Json(tasks::list(&app, &caller, mine, which.limit.unwrap_or(50), which.cursor.as_deref()).await?))
}
