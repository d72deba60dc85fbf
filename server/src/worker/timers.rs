//! Events whose time has come: delays, clocks that warn or break.

use flow_engine::Event;
use uuid::Uuid;

use super::{AT_ONCE, LEASE_MS};
use crate::app::App;
use crate::error::ApiError;
use crate::ids::{TeamId, TimerId};
use crate::services::case::Case;
use crate::store;
use crate::store::timer::Timer;

/// Hands every due event to its flow; how many there were.
pub async fn fire(app: &App) -> Result<usize, ApiError> {
    let now_ms = app.clock.now_ms();
    let due = store::timer::due_of_all_teams(app.db.read(), now_ms, AT_ONCE).await?;
    let mut fired = 0;
    for timer in due {
        let (team, id) = (timer.team_id, timer.id);
        match one(app, timer).await {
            Ok(done) => fired += usize::from(done),
            Err(error) => {
                tracing::warn!(%error, "a due event was not taken; it will be tried again");
                put_off(app, team, id).await?;
            }
        }
    }
    Ok(fired)
}

/// An event that fails goes behind those that do not: the failed step took its claim back with it.
async fn put_off(app: &App, team: TeamId, id: TimerId) -> Result<(), ApiError> {
    let token: Uuid = app.ids.next();
    let now_ms = app.clock.now_ms();
    app.writer
        .run(Some(team), move |batch| {
            Box::pin(async move {
                store::timer::claim(batch.write(), id, token, now_ms, now_ms + LEASE_MS).await?;
                Ok(())
            })
        })
        .await
}

/// Claim and step are one transaction: an event is taken exactly once, or still due.
async fn one(app: &App, timer: Timer) -> Result<bool, ApiError> {
    let team = timer.team_id;
    let catalog = app.catalog(team).await?;
    let token: Uuid = app.ids.next();
    let (writer, app) = (app.writer.clone(), app.clone());
    writer
        .run(Some(team), move |batch| {
            let (app, catalog, timer) = (app.clone(), catalog.clone(), timer.clone());
            Box::pin(async move {
                let now_ms = app.clock.now_ms();
                if !store::timer::claim(batch.write(), timer.id, token, now_ms, now_ms + LEASE_MS).await? {
                    return Ok(false);
                }
                store::timer::finish(batch.write(), timer.id, token).await?;
                let instance = store::instance::get(batch.read(), team, timer.instance_id).await?;
                let Some(instance) = instance else { return Ok(true) };
                let Some(submission) = instance.submission_id else { return Ok(true) };
                let event: Event = serde_json::from_str(&timer.event).map_err(ApiError::internal)?;
                let mut case = Case::load(&app, batch, catalog, submission, None).await?;
                case.hand(instance, &event).await?;
                case.store().await?;
                Ok(true)
            })
        })
        .await
}
