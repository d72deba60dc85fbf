//! What a member has handed in themselves, and how it stands.

use api_types::{RequestPage, RequestView};

use crate::app::App;
use crate::auth::Caller;
use crate::clock::rfc3339;
use crate::error::ApiError;
use crate::ids::SubmissionId;
use crate::services::submissions::{form_titles, people, state_title};
use crate::store;

/// How many a page holds.
const PAGE: u64 = 50;

/// A page of the caller's own, newest first.
///
/// # Errors
///
/// A cursor that is none.
pub async fn list(app: &App, caller: &Caller, cursor: Option<&str>) -> Result<RequestPage, ApiError> {
    let before = cursor.map(str::parse::<SubmissionId>).transpose();
    let before = before.map_err(|_| ApiError::problem("request.cursor", "/cursor", "expected a cursor"))?;
    let db = app.db.read();
    let mut rows = store::submission::handed_in(db, caller.team, caller.user, before, PAGE + 1).await?;
    let more = rows.len() as u64 > PAGE;
    rows.truncate(PAGE as usize);
    let next = rows.last().filter(|_| more).map(|row| row.id.to_string());
    let catalog = app.catalog(caller.team).await?;
    let (titles, people) = (form_titles(app, caller).await?, people(app, caller).await?);
    let view = |row: store::submission::Submission| RequestView {
        id: row.id.to_string(),
        form_title: titles.get(&row.form_key).cloned().unwrap_or_else(|| row.form_key.clone()),
        number: u64::try_from(row.number).unwrap_or_default(),
        state_title: row.state.as_ref().map(|state| {
            state_title(&catalog, &row.form_key, state, caller.language).unwrap_or_else(|| state.clone())
        }),
        open: row.state.is_some() && row.is_open,
        assignee_name: row.assignee_id.and_then(|id| people.get(&id.to_string()).cloned()),
        created_at: rfc3339(row.created_at),
        form: row.form_key,
    };
    Ok(RequestPage { items: rows.into_iter().map(view).collect(), next })
}
