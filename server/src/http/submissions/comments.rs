//! `POST /api/v1/submissions/{id}/comments`: words to colleagues.

use api_types::{NewComment, SubmissionDetail};
use axum::extract::State;

use crate::app::App;
use crate::auth::Agent;
use crate::error::ApiError;
use crate::http::body::{Json, Path};
use crate::ids::SubmissionId;
use crate::services::act::{Act, act};
use crate::services::submissions;

/// Writes to colleagues; the customer never sees it.
#[utoipa::path(post, path = "/api/v1/submissions/{id}/comments", tag = "submissions", params(("id" = String, Path)),
    request_body = NewComment, responses((status = 200, body = SubmissionDetail)))]
pub async fn comments(
    State(app): State<App>,
    caller: Agent,
    Path(id): Path<SubmissionId>,
    Json(body): Json<NewComment>,
) -> Result<axum::Json<SubmissionDetail>, ApiError> {
    act(&app, &caller, id, Act::Comment(body.text)).await?;
    Ok(axum::Json(submissions::get(&app, &caller, id).await?))
}
