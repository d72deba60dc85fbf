//! `POST /api/v1/people/file`: people, departments and managers from a file; first to look, then to do.

use api_types::{PeopleReport, ProblemDocument};
use axum::Json;
use axum::extract::State;
use axum::extract::multipart::{Multipart, MultipartError};
use axum::http::StatusCode;
use serde::Deserialize;

use crate::app::App;
use crate::auth::Admin;
use crate::error::ApiError;
use crate::http::body::Query;
use crate::services::people_file::{self, MAX_FILE_BYTES};

/// Room for the parts around the file.
pub const MAX_BODY_BYTES: usize = MAX_FILE_BYTES + 64 * 1024;

/// How the file is meant.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(default)]
pub struct Wish {
    apply: bool,
    disable_missing: bool,
}

/// Takes a CSV or `.xlsx` file (multipart, field `file`) and says what it would change; with `apply`, does all of it
/// unless there are problems. With `disable_missing`, members who are not in the file lose their access.
#[utoipa::path(post, path = "/api/v1/people/file", tag = "people",
    params(("apply" = Option<bool>, Query), ("disable_missing" = Option<bool>, Query)),
    request_body(content = Object, content_type = "multipart/form-data"), responses(
    (status = 200, body = PeopleReport),
    (status = 413, body = ProblemDocument),
    (status = 422, body = ProblemDocument, description = "the file is no table"),
))]
pub async fn run(
    State(app): State<App>,
    caller: Admin,
    Query(wish): Query<Wish>,
    mut parts: Multipart,
) -> Result<Json<PeopleReport>, ApiError> {
    while let Some(part) = parts.next_field().await.map_err(broken)? {
        if part.name() != Some("file") {
            continue;
        }
        let bytes = part.bytes().await.map_err(broken)?.to_vec();
        return Ok(Json(people_file::run(&app, &caller, bytes, wish.apply, wish.disable_missing).await?));
    }
    Err(ApiError::problem("import.file", "/file", "expected a part `file`"))
}

fn broken(error: MultipartError) -> ApiError {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        ApiError::TooLarge { limit_bytes: MAX_FILE_BYTES }
    } else {
        ApiError::Malformed(error.body_text())
    }
}
