//! `PATCH /api/v1/submissions/{id}`: other answers.

use api_types::{ChangeAnswers, SubmissionDetail};
use axum::extract::State;
use axum::response::Response;

use crate::app::App;
use crate::auth::Caller;
use crate::error::ApiError;
use crate::http::body::{Json, Path};
use crate::http::submissions::answer;
use crate::ids::SubmissionId;
use crate::services;

/// Changes answers, by the pointers of their fields. The document is judged as a whole, by the version it was made with.
#[utoipa::path(patch, path = "/api/v1/submissions/{id}", tag = "submissions", params(("id" = String, Path)),
    request_body = ChangeAnswers, responses((status = 200, body = SubmissionDetail),
        (status = 204, description = "Done, and no longer the caller's to see")))]
pub async fn edit(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<SubmissionId>,
    Json(body): Json<ChangeAnswers>,
) -> Result<Response, ApiError> {
    services::edit::edit(&app, &caller, id, body).await?;
    answer(&app, &caller, id).await
}
