//! `POST /api/v1/submissions/{id}/comments`: words to colleagues.

use api_types::{NewComment, SubmissionDetail};
use axum::extract::State;
use axum::response::Response;

use crate::app::App;
use crate::auth::Caller;
use crate::error::ApiError;
use crate::http::body::{Json, Path};
use crate::http::submissions::answer;
use crate::ids::SubmissionId;
use crate::services::act::{Act, act};

/// Writes to colleagues; the customer never sees it.
#[utoipa::path(post, path = "/api/v1/submissions/{id}/comments", tag = "submissions", params(("id" = String, Path)),
    request_body = NewComment, responses((status = 200, body = SubmissionDetail),
        (status = 204, description = "Done, and no longer the caller's to see")))]
pub async fn comments(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<SubmissionId>,
    Json(body): Json<NewComment>,
) -> Result<Response, ApiError> {
    act(&app, &caller, id, Act::Comment(body.text)).await?;
    answer(&app, &caller, id).await
}
