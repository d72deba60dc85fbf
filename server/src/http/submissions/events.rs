//! `POST /api/v1/submissions/{id}/events`: an event of its flow.

use api_types::{SendEvent, SubmissionDetail};
use axum::extract::State;
use axum::response::Response;

use crate::app::App;
use crate::auth::Caller;
use crate::error::ApiError;
use crate::http::body::{Json, Path};
use crate::http::submissions::answer;
use crate::ids::SubmissionId;
use crate::services::act::{Act, act};

/// Sends an event to the flow, with the fields its action needs.
#[utoipa::path(post, path = "/api/v1/submissions/{id}/events", tag = "submissions", params(("id" = String, Path)),
    request_body = SendEvent, responses((status = 200, body = SubmissionDetail),
        (status = 204, description = "Done, and no longer the caller's to see")))]
pub async fn events(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<SubmissionId>,
    Json(body): Json<SendEvent>,
) -> Result<Response, ApiError> {
    act(&app, &caller, id, Act::Event { name: body.event, data: body.data }).await?;
    answer(&app, &caller, id).await
}
