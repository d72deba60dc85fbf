//! What home asks and says, without a browser.

use api_types::QueryResult;
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
