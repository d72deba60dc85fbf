//! The app's samples: answers from before, which start nothing.

use chrono::{DateTime, Datelike, Days, Months};
use form_engine::Language;
use serde_json::Value;

use super::DemoError;
use super::stories::hours;
use crate::app::App;
use crate::auth::Caller;
use crate::services::submit::{Submission, submit};

/// Hours into milliseconds.
pub(super) const HOUR_MS: i64 = 3_600_000;
/// The board's months are China's.
const ZONE_MS: i64 = 8 * HOUR_MS;

/// Stores the samples of `document`, each at its time before `now_ms`.
pub async fn load(app: &App, owner: &Caller, document: &Value, now_ms: i64) -> Result<(), DemoError> {
    let catalog = app.catalog(owner.team).await?;
    for (form, samples) in document.get("samples").and_then(Value::as_object).into_iter().flatten() {
        let live = catalog.form(form)?;
        let samples: Vec<(i64, &Value)> =
            samples.as_array().into_iter().flatten().map(timed(now_ms)).collect();
        let since_ms = samples.iter().map(|(at_ms, _)| *at_ms).min().map_or(now_ms, first_whole_month);
        for (at_ms, sample) in samples.into_iter().filter(|(at_ms, _)| *at_ms >= since_ms) {
            let submission = Submission {
                form: live.clone(),
                data: sample.get("data").cloned().unwrap_or_default(),
                channel: "sample".to_owned(),
                language: Language::Zh,
                kept: Vec::new(),
                by: None,
                key: None,
                invitation: None,
                device: None,
                once: None,
                known: Vec::new(),
                past_ms: Some(at_ms),
            };
            submit(app, submission).await?;
        }
    }
    Ok(())
}

fn timed(now_ms: i64) -> impl Fn(&Value) -> (i64, &Value) {
    move |sample| {
        let ago = sample.pointer("/created_at/now").and_then(Value::as_str).map_or(0, hours);
        (now_ms + ago * HOUR_MS, sample)
    }
}

/// The month of `oldest_ms`, or the next when little is left of it: a trend would begin with the score of two people.
fn first_whole_month(oldest_ms: i64) -> i64 {
    let Some(oldest) = DateTime::from_timestamp_millis(oldest_ms + ZONE_MS) else { return oldest_ms };
    let first = oldest.date_naive() - Days::new(u64::from(oldest.day0()));
    let whole = if oldest.day() <= 10 { first } else { first + Months::new(1) };
    whole.and_time(chrono::NaiveTime::MIN).and_utc().timestamp_millis() - ZONE_MS
}
