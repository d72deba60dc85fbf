//! `GET /api/v1/submissions/{id}/colleagues`: whom a note about it can reach.

use axum::Json;
use axum::extract::State;

use crate::app::App;
use crate::auth::Caller;
use crate::error::ApiError;
use crate::http::body::Path;
use crate::ids::SubmissionId;
use crate::services::who;

/// Ids of the members who may see the submission, the caller among them.
#[utoipa::path(get, path = "/api/v1/submissions/{id}/colleagues", tag = "submissions", params(("id" = String, Path)),
    responses((status = 200, body = Vec<String>)))]
pub async fn colleagues(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<SubmissionId>,
) -> Result<Json<Vec<String>>, ApiError> {
    Ok(Json(who::colleagues(&app, &caller, id).await?))
}
