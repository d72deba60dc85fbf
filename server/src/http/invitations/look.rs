//! `GET /api/v1/join/{token}`: what a link offers.

use api_types::JoinView;
use axum::extract::State;
use axum::{Extension, Json};

use crate::app::App;
use crate::error::ApiError;
use crate::http::body::Path;
use crate::http::spoken::Spoken;
use crate::services::invite;

/// Team, role and department that the link offers.
#[utoipa::path(get, path = "/api/v1/join/{token}", tag = "people", params(("token" = String, Path)), responses(
    (status = 200, body = JoinView)))]
pub async fn look(
    State(app): State<App>,
    Extension(spoken): Extension<Spoken>,
    Path(token): Path<String>,
) -> Result<Json<JoinView>, ApiError> {
    Ok(Json(invite::look(&app, &token, spoken.language()).await?))
}
