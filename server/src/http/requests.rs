//! `GET /api/v1/requests`: what the caller has handed in.

use api_types::RequestPage;
use axum::Json;
use axum::extract::State;
use serde::Deserialize;

use crate::app::App;
use crate::auth::Caller;
use crate::error::ApiError;
use crate::http::body::Query;
use crate::services::requests;

/// Which page.
#[derive(Debug, Clone, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Which {
    /// `next` of the page before.
    cursor: Option<String>,
}

/// What the caller has handed in, newest first, whatever the form.
#[utoipa::path(get, path = "/api/v1/requests", tag = "submissions", params(Which), responses((status = 200, body = RequestPage)))]
pub async fn list(
    State(app): State<App>,
    caller: Caller,
    Query(which): Query<Which>,
) -> Result<Json<RequestPage>, ApiError> {
    Ok(Json(requests::list(&app, &caller, which.cursor.as_deref()).await?))
}
