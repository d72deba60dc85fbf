//! `POST /f/{slug}/files` and `/f/{slug}/files/{id}`: files sent piece by piece, so that a lost connection costs one piece.

use api_types::{NewUpload, UploadView};
use axum::Extension;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode};

use super::form;
use crate::app::App;
use crate::catalog::LiveForm;
use crate::error::ApiError;
use crate::http::body::{self, Json, Path};
use crate::http::spoken::Spoken;
use crate::ids::UploadId;
use crate::services::public_form::{self, Brought, Published};
use crate::services::uploads::{self, PIECE_BYTES, Standing};

/// Where a piece begins, in bytes.
const OFFSET: &str = "upload-offset";

/// Announces a file for a question of a published form.
#[utoipa::path(post, path = "/f/{slug}/files", tag = "public", params(("slug" = String, Path)), request_body = NewUpload,
    responses((status = 201, description = "Send it in pieces", body = UploadView)))]
pub async fn begin(
    State(app): State<App>,
    Path(slug): Path<String>,
    Extension(spoken): Extension<Spoken>,
    headers: HeaderMap,
    Json(wanted): Json<NewUpload>,
) -> Result<(StatusCode, axum::Json<UploadView>), ApiError> {
    let published = found(&app, &slug, &headers).await?;
    let live = &published.live;
    let NewUpload { field, name, size_bytes } = wanted;
    let upload = uploads::begin(&app, live, &field, &name, size_bytes, spoken.language()).await?;
    Ok((StatusCode::CREATED, axum::Json(view(live, &Standing { upload, received: 0 }))))
}

/// How much of a file has come: where a sender goes on after a break.
#[utoipa::path(get, path = "/f/{slug}/files/{id}", tag = "public",
    params(("slug" = String, Path), ("id" = String, Path)), responses((status = 200, body = UploadView)))]
pub async fn get(
    State(app): State<App>,
    Path((slug, id)): Path<(String, UploadId)>,
    headers: HeaderMap,
) -> Result<axum::Json<UploadView>, ApiError> {
    let published = found(&app, &slug, &headers).await?;
    let standing = uploads::standing(&app, &published.live, id).await?;
    Ok(axum::Json(view(&published.live, &standing)))
}

/// Takes a piece. The last one completes the file.
#[utoipa::path(patch, path = "/f/{slug}/files/{id}", tag = "public",
    params(("slug" = String, Path), ("id" = String, Path),
        ("Upload-Offset" = u64, Header, description = "Where the piece begins, in bytes")),
    request_body(content = String, content_type = "application/octet-stream"),
    responses((status = 200, body = UploadView)))]
pub async fn append(
    State(app): State<App>,
    Path((slug, id)): Path<(String, UploadId)>,
    Extension(spoken): Extension<Spoken>,
    headers: HeaderMap,
    request: Request,
) -> Result<axum::Json<UploadView>, ApiError> {
    let published = found(&app, &slug, &headers).await?;
    let offset = headers.get(OFFSET).and_then(|value| value.to_str().ok()).and_then(|text| text.parse().ok());
    let offset = offset
        .ok_or_else(|| ApiError::problem("request.upload_offset", "", "expected a header `Upload-Offset`"))?;
    let piece = body::body(request, PIECE_BYTES).await?;
    let standing = uploads::append(&app, &published.live, id, offset, &piece, spoken.language()).await?;
    Ok(axum::Json(view(&published.live, &standing)))
}

/// The form a file is for; a member's own page only for them.
async fn found(app: &App, slug: &str, headers: &HeaderMap) -> Result<Published, ApiError> {
    let mut brought = Brought::default();
    if public_form::is_inside(slug) && form::is_own_page(app, headers) {
        brought.caller = form::caller(app, headers).await;
    }
    public_form::find(app, slug, &brought).await
}

fn view(live: &LiveForm, standing: &Standing) -> UploadView {
    let upload = &standing.upload;
    UploadView {
        id: upload.id.to_string(),
        name: upload.name.clone(),
        size_bytes: u64::try_from(upload.size_bytes).unwrap_or_default(),
        received_bytes: standing.received,
        piece_bytes: PIECE_BYTES as u64,
        value: upload.content.as_ref().map(|_| uploads::value(&live.form, upload)),
    }
}
