//! Erasing submissions: they and everything that came of them are gone, in one transaction. Their numbers are not given again.

use std::collections::HashMap;

use serde_json::Value;

use crate::app::App;
use crate::auth::Caller;
use crate::error::ApiError;
use crate::feed::Entity;
use crate::ids::{CustomerId, DefinitionId, SubmissionId, TeamId};
use crate::permission::Verb;
use crate::services::access::Access;
use crate::services::audit::Deed;
use crate::store;
use crate::store::counter::{ERASED, LAST_NUMBER};
use crate::writer::Batch;

/// Erases one submission.
///
/// # Errors
///
/// [`ApiError::NotFound`], [`ApiError::Forbidden`].
pub async fn one(app: &App, caller: &Caller, id: SubmissionId) -> Result<(), ApiError> {
    let (row, _) = Access::of(app, caller).await?.find(app, id, Verb::Delete).await?;
    // That it was there and who took it away stays known; what it said does not.
    let title = format!("{} #{}", row.form_key, row.number);
    let line = Deed::new("erased", "submission", id, &title).by(caller, app.clock.now_ms());
    let team = caller.team;
    app.writer
        .run(Some(team), move |batch| {
            let line = line.clone();
            Box::pin(async move {
                batch.audit(line);
                all(batch, team, vec![id]).await
            })
        })
        .await
}

/// Erases the team's submissions among `ids`, as part of a job.
///
/// # Errors
///
/// Those of the database.
pub async fn all(batch: &mut Batch, team: TeamId, ids: Vec<SubmissionId>) -> Result<(), ApiError> {
    let mut rows = Vec::new();
    for ids in ids.chunks(500) {
        rows.extend(store::submission::by_ids(batch.read(), team, ids).await?);
    }
    let mut erased: HashMap<DefinitionId, i64> = HashMap::new();
    for row in &rows {
        *erased.entry(row.form_id).or_default() += 1;
        let gone: Value = serde_json::from_str(&row.data).unwrap_or_default();
        batch.options(row.form_id, &[]).await?.moved(Some(&gone), None);
        if let Some(holder) = row.assignee_id.filter(|_| row.is_ticket && row.is_open) {
            batch.staff(team).await?.count(holder, -1);
        }
        batch.changed(team, Entity::Submission, row.id, Some(&row.form_key));
    }
    for (form, count) in erased {
        let last = batch.last_number(form).await?;
        let before = store::counter::last(batch.read(), form, ERASED).await?;
        store::counter::put(batch.write(), form, LAST_NUMBER, last).await?;
        store::counter::put(batch.write(), form, ERASED, before + count).await?;
    }
    let ids: Vec<SubmissionId> = rows.iter().map(|row| row.id).collect();
    Ok(store::erase::submissions(batch.write(), team, &ids).await?)
}

/// Erases a customer, as part of a job, when nothing of the team is theirs any more.
///
/// # Errors
///
/// Those of the database.
pub async fn customer(batch: &mut Batch, team: TeamId, id: CustomerId) -> Result<(), ApiError> {
    if store::submission::count_of_customer(batch.read(), team, id).await? > 0 {
        return Ok(());
    }
    store::erase::customer(batch.write(), team, id).await?;
    batch.claims.forget(id);
    batch.changed(team, Entity::Customer, id, None);
    Ok(())
}
