//! The first steps of a team: a list that fills itself from what has happened, until somebody puts it away.

use api_types::{StartLink, StartStep, StartView};
use serde_json::Value;

use crate::app::App;
use crate::auth::Caller;
use crate::error::ApiError;
use crate::ids::TeamId;
use crate::services::definition::title;
use crate::services::forms::public_url;
use crate::services::samples;
use crate::store;

/// Somebody has looked at a board.
const BOARD: &str = "board";
/// Somebody put the list away.
const DISMISSED: &str = "dismissed";

/// How far the team is.
///
/// # Errors
///
/// When the database does not answer.
pub async fn view(app: &App, caller: &Caller) -> Result<StartView, ApiError> {
    let db = app.db.read();
    let catalog = app.catalog(caller.team).await?;
    let reached = store::milestone::reached(db, caller.team).await?;
    let facts = store::start::facts(db, caller.team).await?;
    let forms = catalog.forms();
    let links = forms.iter().filter_map(|live| {
        Some(StartLink {
            form: live.form.key().to_owned(),
            title: live.form.title().get(caller.language.as_str()).to_owned(),
            url: public_url(app, &live.form)?,
        })
    });
    let links: Vec<StartLink> = links.collect();
    let members = store::membership::list(db, caller.team).await?.len();
    let steps = [
        ("form", !links.is_empty()),
        ("answer", facts.answers),
        ("ticket", facts.closed_tickets),
        ("colleague", members > 1),
        ("board", reached.iter().any(|name| name == BOARD)),
    ];
    let mut apps_with_samples = Vec::new();
    for row in store::app::list(db, caller.team).await? {
        let count = samples::count(app, caller.team, &row).await?;
        if count > 0 {
            let document: Value = serde_json::from_str(&row.document).unwrap_or_default();
            apps_with_samples.push(api_types::AppSamples {
                title: title(&document, &row.key).get(caller.language.as_str()).to_owned(),
                app: row.key,
                samples: u32::try_from(count).unwrap_or(u32::MAX),
            });
        }
    }
    Ok(StartView {
        steps: steps.into_iter().map(|(key, done)| StartStep { key: key.to_owned(), done }).collect(),
        links,
        samples: apps_with_samples,
        dismissed: reached.iter().any(|name| name == DISMISSED),
    })
}

/// Puts the list away, or takes it out again.
///
/// # Errors
///
/// When the database does not answer.
pub async fn dismiss(app: &App, caller: &Caller, dismissed: bool) -> Result<(), ApiError> {
    let (team, now_ms) = (caller.team, app.clock.now_ms());
    app.writer
        .run(Some(team), move |batch| {
            Box::pin(async move {
                let done = if dismissed {
                    store::milestone::reach(batch.write(), team, DISMISSED, now_ms).await
                } else {
                    store::milestone::forget(batch.write(), team, DISMISSED).await
                };
                Ok(done?)
            })
        })
        .await
}

/// Notes that somebody has looked at a board; written once.
///
/// # Errors
///
/// When the database does not answer.
pub async fn board_seen(app: &App, team: TeamId) -> Result<(), ApiError> {
    let reached = store::milestone::reached(app.db.read(), team).await?;
    if reached.iter().any(|known| known == BOARD) {
        return Ok(());
    }
    let now_ms = app.clock.now_ms();
    app.writer
        .run(Some(team), move |batch| {
            Box::pin(async move { Ok(store::milestone::reach(batch.write(), team, BOARD, now_ms).await?) })
        })
        .await
}
