//! `POST /api/v1/submissions/{id}/replies`: words to the customer.

use api_types::{NewReply, SubmissionDetail};
use axum::extract::State;
use axum::response::Response;

use crate::app::App;
use crate::auth::Caller;
use crate::error::ApiError;
use crate::http::body::{Json, Path};
use crate::http::submissions::answer;
use crate::ids::SubmissionId;
use crate::services::act::{Act, act};

/// Writes to the customer: on the progress page, and by mail where there is an address.
#[utoipa::path(post, path = "/api/v1/submissions/{id}/replies", tag = "submissions", params(("id" = String, Path)),
    request_body = NewReply, responses((status = 200, body = SubmissionDetail),
        (status = 204, description = "Done, and no longer the caller's to see")))]
pub async fn replies(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<SubmissionId>,
    Json(body): Json<NewReply>,
) -> Result<Response, ApiError> {
    act(&app, &caller, id, Act::Reply(body.text)).await?;
    answer(&app, &caller, id).await
}
