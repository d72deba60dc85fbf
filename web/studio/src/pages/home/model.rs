//! What home asks and says, without a browser.

use api_types::{FormView, QueryResult, SubmissionView};
use serde_json::{Value, json};

use crate::{
    format::Moment,
    i18n::{Message, home as m},
};

/// By the hour of the day.
#[must_use]
pub const fn greeting(hour: i64) -> Message {
    match hour {
        5..=11 => m::MORNING,
        12..=17 => m::AFTERNOON,
        _ => m::EVENING,
    }
}

/// The score and the number of answers of `form` since an instant.
#[must_use]
pub fn score_since(form: &str, path: &str, since_ms: i64) -> Value {
    let at = Moment::at(since_ms, 0);
    let since = format!("{:04}-{:02}-{:02}T{:02}:{:02}:00Z", at.year, at.month, at.day, at.hour, at.minute);
    json!({
        "dataset": form,
        "measures": [{"nps": path, "as": "score"}, {"count": "*", "as": "answers"}],
        "filters": {"field": "created_at", "op": "gte", "value": since},
    })
}

/// The score, if anybody answered, and the number of answers.
#[must_use]
pub fn score_of(result: &QueryResult) -> (Option<f64>, u64) {
    let row = result.rows.first();
    let cell = |index: usize| row.and_then(|row| row.get(index));
    (cell(0).and_then(Value::as_f64), cell(1).and_then(Value::as_u64).unwrap_or(0))
}
/// An answer as home tells it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Spoken {
    /// Of the submission.
    pub id: String,
    /// What was given.
    pub score: Option<u8>,
    /// The customer's own words.
    pub said: Option<String>,
    /// Their choices, in words.
    pub about: Option<String>,
    /// RFC 3339.
    pub at: String,
}

/// The answers of `form`, whose score stands at `path`.
#[must_use]
pub fn voices(latest: &[SubmissionView], form: &FormView, path: &str) -> Vec<Spoken> {
    let words = form.fields.iter().find(|field| matches!(field.control.as_str(), "long_text" | "text"));
    latest
        .iter()
        .map(|line| {
            let given = |path: &str| line.data.pointer(path);
            let said = words.and_then(|field| given(&field.path)?.as_str());
            let choices = form.fields.iter().filter(|field| field.path != path && !field.options.is_empty());
            let chosen = choices.filter_map(|field| {
                let value = given(&field.path)?;
                field.options.iter().find(|option| option.value == *value).map(|option| option.label.clone())
            });
            let about = chosen.collect::<Vec<_>>().join(" · ");
            Spoken {
                id: line.id.clone(),
                score: given(path).and_then(Value::as_u64).and_then(|score| u8::try_from(score).ok()),
                said: said.map(str::trim).filter(|said| !said.is_empty()).map(str::to_owned),
                about: (!about.is_empty()).then_some(about),
                at: line.created_at.clone(),
            }
        })
        .collect()
}
