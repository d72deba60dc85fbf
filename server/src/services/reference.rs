//! What a form refers to outside itself: members, departments, records of other forms.
//!
//! Offers what can be chosen, and judges what was. Customers get no record filled in for them, and learn nothing
//! of one but that theirs is or is not accepted.

use std::collections::BTreeMap;

use form_engine::{Detail, Field, FieldKind, Form, Language, Problem, RecordLink, Subject, pointer};
use serde_json::Value;

use crate::app::App;
use crate::error::ApiError;
use crate::ids::TeamId;
use crate::services::department;
use crate::store;
use crate::store::submission::Submission;

/// Choices by the field's path: value and label.
pub type Offered = BTreeMap<String, Vec<(Value, String)>>;

/// What can be chosen at the form's fields for members and departments.
///
/// # Errors
///
/// When the database does not answer.
pub async fn offered(app: &App, team: TeamId, form: &Form, language: Language) -> Result<Offered, ApiError> {
    let mut offered = Offered::new();
    for field in form.fields() {
        if let Some(choices) = choices(app, team, field, language).await? {
            offered.insert(field.path.clone(), choices);
        }
    }
    Ok(offered)
}

/// Those of one field; none where anything else than the team's own people and departments is asked.
async fn choices(
    app: &App,
    team: TeamId,
    field: &Field,
    language: Language,
) -> Result<Option<Vec<(Value, String)>>, ApiError> {
    if field.kind == FieldKind::Member {
        return Ok(Some(members(app, team).await?));
    }
    if field.kind == FieldKind::Department {
        return Ok(Some(departments(app, team, language).await?));
    }
    Ok(None)
}

async fn members(app: &App, team: TeamId) -> Result<Vec<(Value, String)>, ApiError> {
    let members = store::membership::with_users(app.db.read(), team).await?;
    Ok(members.into_iter().map(|(_, user)| (user.id.to_string().into(), user.name)).collect())
}

async fn departments(app: &App, team: TeamId, language: Language) -> Result<Vec<(Value, String)>, ApiError> {
    let departments = store::department::list(app.db.read(), team).await?;
    let choice = |one: store::department::Department| {
        let title = department::title(&one.title).get(language.as_str()).to_owned();
        (Value::from(one.key), title)
    };
    Ok(departments.into_iter().map(choice).collect())
}

/// The document with every reference in it checked, but for those that stood there `before`: records named by their receipt get their id, and for staff the
/// fields that a record fills are filled where they are empty.
///
/// # Errors
///
/// [`ApiError::Invalid`] with a problem for each that leads nowhere.
pub async fn settle(
    app: &App,
    team: TeamId,
    form: &Form,
    before: Option<&Value>,
    mut data: Value,
    language: Language,
    staff: bool,
) -> Result<Value, ApiError> {
    let mut problems = Vec::new();
    for field in form.fields() {
        let refers =
            matches!(field.kind, FieldKind::Member | FieldKind::Department | FieldKind::LinkedRecord);
        let mut places = if refers { places(&data, field) } else { Vec::new() };
        if let Some(before) = before.filter(|_| !places.is_empty()) {
            let stood: Vec<Value> = self::places(before, field).into_iter().map(|(_, value)| value).collect();
            places.retain(|(_, value)| !stood.contains(value));
        }
        if places.is_empty() {
            continue;
        }
        let known = choices(app, team, field, language).await?;
        for (place, value) in places {
            let found = match (&known, &field.detail) {
                (Some(known), _) => known.iter().any(|(known, _)| *known == value).then_some(None),
                (None, Detail::Record(link)) => record(app, team, link, &value).await?.map(Some),
                (None, _) => None,
            };
            match found {
                None => problems.push(nowhere(form, field, &place, language)),
                Some(None) => {}
                Some(Some(record)) => {
                    pointer::set(&mut data, &place, record.id.to_string().into());
                    if let (true, Detail::Record(link)) = (staff, &field.detail) {
                        fill(&mut data, link, &record);
                    }
                }
            }
        }
    }
    if problems.is_empty() { Ok(data) } else { Err(ApiError::Invalid(problems)) }
}

/// Each id at the field, with its own place.
fn places(data: &Value, field: &Field) -> Vec<(String, Value)> {
    let mut found = Vec::new();
    for (place, value) in pointer::resolve(data, &field.path) {
        match value.as_array() {
            Some(items) => {
                let items = items.iter().enumerate();
                found.extend(items.map(|(index, item)| (pointer::join(&place, index), item.clone())));
            }
            None if value.is_null() || value == "" => {}
            None => found.push((place, value.clone())),
        }
    }
    found
}

/// The record of the linked form that `value` names by its id or its receipt, if it may be linked.
async fn record(
    app: &App,
    team: TeamId,
    link: &RecordLink,
    value: &Value,
) -> Result<Option<Submission>, ApiError> {
    let Some(name) = value.as_str() else { return Ok(None) };
    let db = app.db.read();
    let found = match name.parse() {
        Ok(id) => store::submission::get(db, team, id).await?,
        Err(_) => store::submission::by_receipt(db, team, &link.form, name).await?,
    };
    let Some(record) = found.filter(|record| record.form_key == link.form) else { return Ok(None) };
    let document: Value = serde_json::from_str(&record.data).map_err(ApiError::internal)?;
    let fits = link.filter.as_ref().is_none_or(|filter| filter.evaluate(&Subject::of(&document)));
    Ok(fits.then_some(record))
}

/// Fields that the record fills, where nothing stands yet.
fn fill(data: &mut Value, link: &RecordLink, record: &Submission) {
    let Ok(document) = serde_json::from_str::<Value>(&record.data) else { return };
    for (target, source) in &link.fill {
        let empty = pointer::get(data, target).is_none_or(Value::is_null);
        if let Some(value) = pointer::get(&document, source).filter(|_| empty) {
            pointer::set(data, target, value.clone());
        }
    }
}

fn nowhere(form: &Form, field: &Field, place: &str, language: Language) -> Problem {
    let title = form.title_at(&field.path, language);
    let message = match language {
        Language::En => format!("“{title}” leads to nothing that can be chosen"),
        Language::Zh => format!("“{title}”不在可选范围内"),
    };
    Problem::new("form.reference", place, message)
}
