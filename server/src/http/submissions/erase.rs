//! `DELETE /api/v1/submissions/{id}`: it and what came of it are gone.

use axum::extract::State;
use axum::http::StatusCode;

use crate::app::App;
use crate::auth::Caller;
use crate::error::ApiError;
use crate::http::body::Path;
use crate::ids::SubmissionId;
use crate::services;

/// Erases a submission with its flows, tasks, clocks, timeline and mails.
#[utoipa::path(delete, path = "/api/v1/submissions/{id}", tag = "submissions", params(("id" = String, Path)),
    responses((status = 204)))]
pub async fn erase(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<SubmissionId>,
) -> Result<StatusCode, ApiError> {
    services::erase::one(&app, &caller, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
