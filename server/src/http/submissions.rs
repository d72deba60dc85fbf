//! `/api/v1/submissions/{id}`: one submission, and what people do with it.

pub mod access;
pub mod assignee;
pub mod calls;
pub mod colleagues;
pub mod comments;
pub mod edit;
pub mod erase;
pub mod events;
pub mod get;
pub mod replies;

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use crate::app::App;
use crate::auth::Caller;
use crate::error::ApiError;
use crate::ids::SubmissionId;
use crate::services::submissions;

/// The submission after something was done with it. Who handed it to others may have lost sight of it by that, and still did what they did.
async fn answer(app: &App, caller: &Caller, id: SubmissionId) -> Result<Response, ApiError> {
    match submissions::get(app, caller, id).await {
        Ok(detail) => Ok(Json(detail).into_response()),
        Err(ApiError::NotFound { .. }) => Ok(StatusCode::NO_CONTENT.into_response()),
        Err(error) => Err(error),
    }
}
