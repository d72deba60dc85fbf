//! `POST /api/v1/submissions/{id}/calls`: a call that was made.

use api_types::{NewCall, SubmissionDetail};
use axum::extract::State;

use crate::app::App;
use crate::auth::Agent;
use crate::error::ApiError;
use crate::http::body::{Json, Path};
use crate::ids::SubmissionId;
use crate::services::act::{Act, act};
use crate::services::submissions;

/// Notes a call to the customer and what came of it.
#[utoipa::path(post, path = "/api/v1/submissions/{id}/calls", tag = "submissions", params(("id" = String, Path)),
    request_body = NewCall, responses((status = 200, body = SubmissionDetail)))]
pub async fn calls(
    State(app): State<App>,
    caller: Agent,
    Path(id): Path<SubmissionId>,
    Json(body): Json<NewCall>,
) -> Result<axum::Json<SubmissionDetail>, ApiError> {
    act(&app, &caller, id, Act::Call { outcome: body.outcome, note: body.note }).await?;
    Ok(axum::Json(submissions::get(&app, &caller, id).await?))
}
