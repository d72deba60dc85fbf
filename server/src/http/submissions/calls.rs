//! `POST /api/v1/submissions/{id}/calls`: a call that was made.

use api_types::{NewCall, SubmissionDetail};
use axum::extract::State;
use axum::response::Response;

use crate::app::App;
use crate::auth::Caller;
use crate::error::ApiError;
use crate::http::body::{Json, Path};
use crate::http::submissions::answer;
use crate::ids::SubmissionId;
use crate::services::act::{Act, act};

/// Notes a call to the customer and what came of it.
#[utoipa::path(post, path = "/api/v1/submissions/{id}/calls", tag = "submissions", params(("id" = String, Path)),
    request_body = NewCall, responses((status = 200, body = SubmissionDetail),
        (status = 204, description = "Done, and no longer the caller's to see")))]
pub async fn calls(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<SubmissionId>,
    Json(body): Json<NewCall>,
) -> Result<Response, ApiError> {
    act(&app, &caller, id, Act::Call { outcome: body.outcome, note: body.note }).await?;
    answer(&app, &caller, id).await
}
