//! `POST /api/v1/forms/{key}/submissions`: staff or a program fills a form.

use api_types::{NewSubmission, Receipt};
use axum::extract::State;
use axum::http::StatusCode;
use form_engine::{Language, pointer};
use serde_json::Value;

use crate::app::App;
use crate::auth::Caller;
use crate::error::ApiError;
use crate::http::body::{IdempotencyKey, Json, Path};
use crate::permission::Verb;
use crate::services::access::Access;
use crate::services::edit::no_field;
use crate::services::submit::{Submission, hidden_fields, submit as store};

/// Fills a form for somebody. Customers have a route of their own.
#[utoipa::path(post, path = "/api/v1/forms/{key}/submissions", tag = "submissions", params(("key" = String, Path)),
    request_body = NewSubmission, responses((status = 201, body = Receipt)))]
pub async fn submit(
    State(app): State<App>,
    caller: Caller,
    Path(key): Path<String>,
    idempotency: Option<IdempotencyKey>,
    Json(body): Json<NewSubmission>,
) -> Result<(StatusCode, axum::Json<Receipt>), ApiError> {
    let reach = Access::of(&app, &caller).await?.require(&key, Verb::Add)?;
    let catalog = app.catalog(caller.team).await?;
    let form = catalog.form(&key)?.clone();
    let kept = hidden_fields(&form.form, &reach);
    refuse_unseen(&kept, &body.data, caller.language)?;
    let submission = Submission {
        form,
        data: body.data,
        channel: body.channel.unwrap_or_else(|| "staff".to_owned()),
        language: caller.language,
        by: Some(caller.user),
        kept,
        key: idempotency.map(|key| key.0),
        invitation: None,
        device: None,
        once: None,
        known: Vec::new(),
        past_ms: None,
    };
    Ok((StatusCode::CREATED, axum::Json(store(&app, submission).await?)))
}

/// What a program sends is refused rather than dropped; what is hidden is answered like what the form does not have.
fn refuse_unseen(kept: &[String], data: &Value, language: Language) -> Result<(), ApiError> {
    let sent = kept.iter().flat_map(|path| pointer::resolve(data, path));
    let given = sent.filter(|(_, value)| !value.is_null());
    let problems: Vec<_> = given.map(|(place, _)| no_field(place, language)).collect();
    if problems.is_empty() { Ok(()) } else { Err(ApiError::Invalid(problems)) }
}
