//! Options that only so many may choose: which are full, and whether a document finds room.

use form_engine::{Language, OptionQuota, Problem, pointer};
use serde_json::Value;

use crate::app::App;
use crate::catalog::LiveForm;
use crate::error::ApiError;
use crate::store;
use crate::writer::Batch;
use crate::writer::options::{count, name};

/// Options of the form that are taken up, for its page: sending asks again, in its transaction.
///
/// # Errors
///
/// Those of the database.
pub async fn full(app: &App, live: &LiveForm) -> Result<Vec<(String, String)>, ApiError> {
    let quotas = &live.form.publish().option_quotas;
    if quotas.is_empty() {
        return Ok(Vec::new());
    }
    let db = app.db.read();
    let mut taken = store::counter::options(db, live.definition).await?;
    let unknown: Vec<&OptionQuota> =
        quotas.iter().filter(|quota| !taken.iter().any(|(known, _)| *known == name(quota))).collect();
    if !unknown.is_empty() {
        let counted = count(db, live.definition, &unknown).await?;
        taken.extend(counted.into_iter().map(|(quota, taken)| (name(&quota), taken)));
    }
    let taken_of = |field: &str, option: &str| {
        let quota = OptionQuota { field: field.to_owned(), option: option.to_owned(), limit: 0 };
        let found = taken.iter().find(|(known, _)| *known == name(&quota));
        found.map_or(0, |(_, taken)| u64::try_from(*taken).unwrap_or(0))
    };
    let full = live.form.full_options(&taken_of).into_iter();
    Ok(full.map(|(field, option)| (field.to_owned(), option.to_owned())).collect())
}

/// Refuses a document that chooses what is full. What stood there `before` has its place already.
///
/// # Errors
///
/// [`ApiError::Invalid`] with a problem for each option without room.
pub async fn leave_room(
    batch: &mut Batch,
    live: &LiveForm,
    before: Option<&Value>,
    data: &Value,
    language: Language,
) -> Result<(), ApiError> {
    let quotas = &live.form.publish().option_quotas;
    if quotas.is_empty() {
        return Ok(());
    }
    let options = batch.options(live.definition, quotas).await?;
    let is_full = |quota: &&OptionQuota| {
        let taken = u64::try_from(options.taken(quota)).unwrap_or(0);
        let has_place = before.is_some_and(|before| quota.is_held_by(before));
        taken >= quota.limit && !has_place && quota.is_held_by(data)
    };
    let problems: Vec<Problem> =
        quotas.iter().filter(is_full).map(|quota| told(live, quota, data, language)).collect();
    if problems.is_empty() { Ok(()) } else { Err(ApiError::Invalid(problems)) }
}

fn told(live: &LiveForm, quota: &OptionQuota, data: &Value, language: Language) -> Problem {
    let place = pointer::resolve(data, &quota.field).into_iter().find(|(_, value)| {
        quota.is(value) || value.as_array().is_some_and(|items| items.iter().any(|item| quota.is(item)))
    });
    let field = live.form.fields().iter().find(|field| field.path == quota.field);
    let option = field.and_then(|field| field.options.iter().find(|option| quota.is(&option.value)));
    let label = option.map_or(quota.option.as_str(), |option| option.label.get(language.as_str()));
    let message = match language {
        Language::Zh => format!("“{label}”已经满了，请另选一项"),
        Language::En => format!("“{label}” is full; please choose another"),
    };
    Problem::new("form.option_full", place.map_or_else(|| quota.field.clone(), |(place, _)| place), message)
}
