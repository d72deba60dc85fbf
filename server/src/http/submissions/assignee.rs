//! `PUT /api/v1/submissions/{id}/assignee`: to somebody else, or to nobody.

use api_types::{Assign, SubmissionDetail};
use axum::extract::State;
use axum::response::Response;

use crate::app::App;
use crate::auth::Caller;
use crate::error::ApiError;
use crate::http::body::{Json, Path};
use crate::http::submissions::answer;
use crate::ids::{SubmissionId, UserId};
use crate::services::act::{Act, act};

/// Hands a submission over, or takes it from everybody.
#[utoipa::path(put, path = "/api/v1/submissions/{id}/assignee", tag = "submissions", params(("id" = String, Path)),
    request_body = Assign, responses((status = 200, body = SubmissionDetail),
        (status = 204, description = "Done, and no longer the caller's to see")))]
pub async fn assignee(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<SubmissionId>,
    Json(body): Json<Assign>,
) -> Result<Response, ApiError> {
    let user = body.assignee.map(|id| id.parse::<UserId>()).transpose();
    let user =
        user.map_err(|_| ApiError::problem("request.shape", "/assignee", "expected the id of a member"))?;
    act(&app, &caller, id, Act::Assign(user)).await?;
    answer(&app, &caller, id).await
}
