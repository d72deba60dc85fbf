//! `POST /api/v1/submissions/{id}/replies`: words to the customer.

use api_types::{NewReply, SubmissionDetail};
use axum::extract::State;

use crate::app::App;
use crate::auth::Agent;
use crate::error::ApiError;
use crate::http::body::{Json, Path};
use crate::ids::SubmissionId;
use crate::services::act::{Act, act};
use crate::services::submissions;

/// Writes to the customer: on the progress page, and by mail where there is an address.
#[utoipa::path(post, path = "/api/v1/submissions/{id}/replies", tag = "submissions", params(("id" = String, Path)),
    request_body = NewReply, responses((status = 200, body = SubmissionDetail)))]
pub async fn replies(
    State(app): State<App>,
    caller: Agent,
    Path(id): Path<SubmissionId>,
    Json(body): Json<NewReply>,
) -> Result<axum::Json<SubmissionDetail>, ApiError> {
    act(&app, &caller, id, Act::Reply(body.text)).await?;
    Ok(axum::Json(submissions::get(&app, &caller, id).await?))
}
