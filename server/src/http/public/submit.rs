//! `POST /api/v1/public/forms/{slug}/submissions`: an answer as JSON, from the page's script or a program.

use api_types::Receipt;
use axum::Extension;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use serde::Deserialize;
use serde_json::Value;

use super::form::device;
use crate::app::App;
use crate::error::ApiError;
use crate::http::body::{IdempotencyKey, Json, Path, Query};
use crate::http::spoken::Spoken;
use crate::services::public_form::{self, Brought};
use crate::services::submit::{self, Submission};
use crate::services::{revise, saved};

/// What comes in the address.
#[derive(Debug, Deserialize)]
pub struct Asked {
    /// The one-use link.
    i: Option<String>,
    /// Half an answer that is now whole.
    s: Option<String>,
    /// An answer sent before, to be replaced.
    e: Option<String>,
}

/// Stores an answer to a published form. The same `Idempotency-Key` and document get the same answer again.
#[utoipa::path(post, path = "/api/v1/public/forms/{slug}/submissions", tag = "public", request_body = Value,
    params(("slug" = String, Path), ("i" = Option<String>, Query, description = "The token of an invitation"),
        ("s" = Option<String>, Query, description = "The token of half an answer, which this completes"),
        ("e" = Option<String>, Query, description = "The token of an answer sent before, which this replaces"),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes a retry harmless for 72 hours")),
    responses((status = 201, description = "Stored", body = Receipt)))]
pub async fn create(
    State(app): State<App>,
    Path(slug): Path<String>,
    Query(asked): Query<Asked>,
    Extension(spoken): Extension<Spoken>,
    key: Option<IdempotencyKey>,
    headers: HeaderMap,
    Json(data): Json<Value>,
) -> Result<(StatusCode, axum::Json<Receipt>), ApiError> {
    let brought = Brought { invitation: asked.i, saved: asked.s, edited: asked.e };
    let published = public_form::find(&app, &slug, &brought).await?;
    if let Some(edited) = &published.edited {
        public_form::takes_answers(&app, &published).await?;
        let receipt = revise::revise(&app, &published, edited.id, data, spoken.language()).await?;
        return Ok((StatusCode::CREATED, axum::Json(receipt)));
    }
    let submission = Submission {
        form: published.live,
        data,
        channel: "web".into(),
        language: spoken.language(),
        by: None,
        key: key.map(|key| key.0),
        invitation: published.invitation,
        device: device(&headers),
        past_ms: None,
    };
    let receipt = submit::submit(&app, submission).await?;
    if let Some(saved) = &published.saved {
        saved::forget(&app, saved).await;
    }
    Ok((StatusCode::CREATED, axum::Json(receipt)))
}
