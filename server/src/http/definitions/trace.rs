//! `POST /api/v1/definitions/trace`: which rules of a form fire for answers, and why; nothing is stored.

use api_types::{FormTrace, RuleTrace, TraceForm};
use axum::extract::State;
use form_engine::FormDefinition;

use crate::app::App;
use crate::auth::Designer;
use crate::error::ApiError;
use crate::http::body::Json;
use crate::services::definition;

/// Which rules fire for the answers given so far, with the values each of them read; nothing is stored.
#[utoipa::path(post, path = "/api/v1/definitions/trace", tag = "definitions", request_body = TraceForm, responses(
    (status = 200, body = FormTrace)))]
pub async fn trace(
    State(_): State<App>,
    _: Designer,
    Json(body): Json<TraceForm>,
) -> Result<axum::Json<FormTrace>, ApiError> {
    let document = definition::parse(&body.draft)?;
    let form = FormDefinition::parse(&document)
        .and_then(|form| form_engine::compile(&form))
        .map_err(ApiError::Invalid)?;
    let trace = form.trace(form.coerce(&body.answers));
    let rules = trace.rules.into_iter().map(|traced| RuleTrace {
        rule: traced.rule,
        row: traced.row,
        holds: traced.holds,
        counts: traced.counts,
        why: traced.why.and_then(|why| serde_json::to_value(why).ok()),
    });
    Ok(axum::Json(FormTrace {
        data: trace.data,
        hidden: trace.hidden,
        required: trace.required,
        rules: rules.collect(),
    }))
}
