//! `POST /api/v1/submissions/{id}/events`: an event of its flow.

use api_types::{SendEvent, SubmissionDetail};
use axum::extract::State;

use crate::app::App;
use crate::auth::Agent;
use crate::error::ApiError;
use crate::http::body::{Json, Path};
use crate::ids::SubmissionId;
use crate::services::act::{Act, act};
use crate::services::submissions;

/// Sends an event to the flow, with the fields its action needs.
#[utoipa::path(post, path = "/api/v1/submissions/{id}/events", tag = "submissions", params(("id" = String, Path)),
    request_body = SendEvent, responses((status = 200, body = SubmissionDetail)))]
pub async fn events(
    State(app): State<App>,
    caller: Agent,
    Path(id): Path<SubmissionId>,
    Json(body): Json<SendEvent>,
) -> Result<axum::Json<SubmissionDetail>, ApiError> {
    act(&app, &caller, id, Act::Event { name: body.event, data: body.data }).await?;
    Ok(axum::Json(submissions::get(&app, &caller, id).await?))
}
