//! `POST /api/v1/imports`: a file to look at.

use api_types::{ImportPreview, ProblemDocument};
use axum::Json;
use axum::extract::State;
use axum::extract::multipart::{Multipart, MultipartError};
use axum::http::StatusCode;

use crate::app::App;
use crate::auth::scope::Designer;
use crate::error::ApiError;
use crate::services::import_file::{self, MAX_FILE_BYTES};

/// Room for the parts around the file.
pub const MAX_BODY_BYTES: usize = MAX_FILE_BYTES + 64 * 1024;

/// Takes a CSV or `.xlsx` file (multipart, field `file`) and says what it would become; nothing is imported yet.
#[utoipa::path(post, path = "/api/v1/imports", tag = "imports",
    request_body(content = Object, content_type = "multipart/form-data"), responses(
    (status = 201, body = ImportPreview),
    (status = 413, body = ProblemDocument),
    (status = 422, body = ProblemDocument, description = "the file is no table"),
))]
pub async fn create(
    State(app): State<App>,
    caller: Designer,
    mut parts: Multipart,
) -> Result<(StatusCode, Json<ImportPreview>), ApiError> {
    while let Some(part) = parts.next_field().await.map_err(broken)? {
        if part.name() != Some("file") {
            continue;
        }
        let name = part.file_name().unwrap_or("import").to_owned();
        let bytes = part.bytes().await.map_err(broken)?;
        let preview = import_file::preview(&app, &caller, &name, bytes.to_vec()).await?;
        return Ok((StatusCode::CREATED, Json(preview)));
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
