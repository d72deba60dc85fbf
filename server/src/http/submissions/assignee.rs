//! `PUT /api/v1/submissions/{id}/assignee`: to somebody else, or to nobody.

use api_types::{Assign, SubmissionDetail};
use axum::extract::State;

use crate::app::App;
use crate::auth::Agent;
use crate::error::ApiError;
use crate::http::body::{Json, Path};
use crate::ids::{SubmissionId, UserId};
use crate::services::act::{Act, act};
use crate::services::submissions;

/// Hands a submission over, or takes it from everybody.
#[utoipa::path(put, path = "/api/v1/submissions/{id}/assignee", tag = "submissions", params(("id" = String, Path)),
    request_body = Assign, responses((status = 200, body = SubmissionDetail)))]
pub async fn assignee(
    State(app): State<App>,
    caller: Agent,
    Path(id): Path<SubmissionId>,
    Json(body): Json<Assign>,
) -> Result<axum::Json<SubmissionDetail>, ApiError> {
    let user = body.assignee.map(|id| id.parse::<UserId>()).transpose();
    let user =
        user.map_err(|_| ApiError::problem("request.shape", "/assignee", "expected the id of a member"))?;
    act(&app, &caller, id, Act::Assign(user)).await?;
    Ok(axum::Json(submissions::get(&app, &caller, id).await?))
}
