//! The app's samples: answers from before, which start nothing.

use form_engine::Language;
use serde_json::Value;

use super::DemoError;
use super::stories::hours;
use crate::app::App;
use crate::auth::Caller;
use crate::services::submit::{Submission, submit};

/// Hours into milliseconds.
pub(super) const HOUR_MS: i64 = 3_600_000;

/// Stores the samples of `document`, each at its time before `now_ms`.
pub async fn load(app: &App, owner: &Caller, document: &Value, now_ms: i64) -> Result<(), DemoError> {
    let catalog = app.catalog(owner.team).await?;
    for (form, samples) in document.get("samples").and_then(Value::as_object).into_iter().flatten() {
        let live = catalog.form(form)?;
        for sample in samples.as_array().into_iter().flatten() {
            let ago = sample.pointer("/created_at/now").and_then(Value::as_str).map_or(0, hours);
            let submission = Submission {
                form: live.clone(),
                data: sample.get("data").cloned().unwrap_or_default(),
                channel: "sample".to_owned(),
                language: Language::Zh,
                by: None,
                key: None,
                invitation: None,
                device: None,
                past_ms: Some(now_ms + ago * HOUR_MS),
            };
            submit(app, submission).await?;
        }
    }
    Ok(())
}
