//! Sample answers of an app: added so that boards show something, and removed in one go with all that came of them.

use api_types::Receipt;
use form_engine::Language;
use serde_json::Value;
use tokio::task::JoinSet;

use crate::app::App;
use crate::auth::Caller;
use crate::document::shape::ago_ms;
use crate::error::{ApiError, Conflict};
use crate::ids::{DefinitionId, TeamId};
use crate::services::erase;
use crate::services::submit::{Submission, submit};
use crate::store;
use crate::store::app::AppRow;

/// Answers on their way to the writer.
const AT_ONCE: usize = 100;

/// Adds the app's samples, each at its time before now; they start nothing. Answers how many.
///
/// # Errors
///
/// [`ApiError::NotFound`] for an app the team does not have; [`Conflict::Taken`] while samples of it are there;
/// [`ApiError::Invalid`] with the problems of a sample that the form in force does not take.
pub async fn add(app: &App, caller: &Caller, key: &str) -> Result<u32, ApiError> {
    let row = find(app, caller.team, key).await?;
    if count(app, caller.team, &row).await? > 0 {
        return Err(Conflict::Taken("samples".to_owned()).into());
    }
    let document: Value = serde_json::from_str(&row.document).map_err(ApiError::internal)?;
    let catalog = app.catalog(caller.team).await?;
    let now_ms = app.clock.now_ms();
    let mut added = 0;
    for (form, list) in document.get("samples").and_then(Value::as_object).into_iter().flatten() {
        let live = catalog.form(form)?;
        // Together, so that they share commits.
        let mut adding = JoinSet::new();
        for sample in list.as_array().into_iter().flatten() {
            let submission = Submission {
                form: live.clone(),
                data: sample.get("data").cloned().unwrap_or_default(),
                channel: store::sample::CHANNEL.to_owned(),
                language: Language::Zh,
                kept: Vec::new(),
                by: None,
                key: None,
                invitation: None,
                device: None,
                known: Vec::new(),
                once: None,
                past_ms: Some(now_ms - ago_ms(sample).unwrap_or(0)),
            };
            let app = app.clone();
            adding.spawn(async move { submit(&app, submission).await });
            if adding.len() == AT_ONCE {
                added += all(&mut adding).await?;
            }
        }
        added += all(&mut adding).await?;
    }
    Ok(added)
}

async fn all(adding: &mut JoinSet<Result<Receipt, ApiError>>) -> Result<u32, ApiError> {
    let mut count = 0;
    while let Some(done) = adding.join_next().await {
        done.map_err(ApiError::internal)??;
        count += 1;
    }
    Ok(count)
}

/// Removes them, and whatever came of them, in one transaction. Answers how many submissions went.
///
/// # Errors
///
/// [`ApiError::NotFound`] for an app the team does not have.
pub async fn remove(app: &App, caller: &Caller, key: &str) -> Result<u32, ApiError> {
    let row = find(app, caller.team, key).await?;
    let (team, forms) = (caller.team, forms(app, caller.team, &row).await?);
    app.writer
        .run(Some(team), move |batch| {
            let forms = forms.clone();
            Box::pin(async move {
                let found = store::sample::find(batch.read(), team, &forms).await?;
                erase::all(batch, team, found.iter().map(|one| one.id).collect()).await?;
                store::sample::forget_customers(batch.write(), team, &found).await?;
                Ok(u32::try_from(found.len()).unwrap_or(u32::MAX))
            })
        })
        .await
}

/// Samples of the app that are there.
///
/// # Errors
///
/// When the database does not answer.
pub async fn count(app: &App, team: TeamId, row: &AppRow) -> Result<u64, ApiError> {
    let forms = forms(app, team, row).await?;
    Ok(store::sample::count(app.db.read(), team, &forms).await?)
}

async fn forms(app: &App, team: TeamId, row: &AppRow) -> Result<Vec<DefinitionId>, ApiError> {
    let definitions = store::definition::list(app.db.read(), team).await?;
    let own = definitions.into_iter().filter(|one| one.app_id == row.id && one.kind == "form");
    Ok(own.map(|one| one.id).collect())
}

async fn find(app: &App, team: TeamId, key: &str) -> Result<AppRow, ApiError> {
    let found = store::app::by_key(app.db.read(), team, key).await?;
    found.ok_or_else(|| ApiError::not_found("app", key))
}
