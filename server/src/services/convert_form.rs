//! Forms of other tools: a JSON Schema, with or without a ui schema, as a definition to go on with.

use api_types::{ConvertForm, ConvertedForm};
use form_engine::UiForm;
use serde_json::{Value, json};
use tokio::task::spawn_blocking;

use crate::error::ApiError;
use crate::services::definition;

/// The definition made of `asked`; it can be published as it is, under its key as its address.
///
/// # Errors
///
/// Text that is too long, no JSON or no form; what stands against the form's schema.
pub async fn convert(asked: ConvertForm) -> Result<ConvertedForm, ApiError> {
    spawn_blocking(move || made(&asked)).await.map_err(ApiError::internal)?
}

fn made(asked: &ConvertForm) -> Result<ConvertedForm, ApiError> {
    let read = UiForm::open(&asked.key, &definition::parse(&asked.text)?)?;
    let mut form = read.document;
    let title = form.pointer("/schema/title").and_then(Value::as_str).map(str::trim);
    form["title"] = title.filter(|title| !title.is_empty()).unwrap_or(&asked.key).into();
    form["record"] = "submission".into();
    form["publish"] = json!({"slug": asked.key});
    let problems = definition::check(&form);
    if !problems.is_empty() {
        return Err(problems.into());
    }
    Ok(ConvertedForm { form, notes: read.notes.into_iter().map(Into::into).collect() })
}
