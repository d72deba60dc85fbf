//! `GET /api/v1/submissions/{id}`: one submission with everything around it.

use api_types::SubmissionDetail;
use axum::Json;
use axum::extract::State;

use crate::app::App;
use crate::auth::Caller;
use crate::error::ApiError;
use crate::http::body::Path;
use crate::ids::SubmissionId;
use crate::services::submissions;

/// One submission with its customer, timeline, tasks, promises and actions.
#[utoipa::path(get, path = "/api/v1/submissions/{id}", tag = "submissions", params(("id" = String, Path)), responses(
    (status = 200, body = SubmissionDetail)))]
pub async fn get(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<SubmissionId>,
) -> Result<Json<SubmissionDetail>, ApiError> {
    Ok(Json(submissions::get(&app, &caller, id).await?))
}
