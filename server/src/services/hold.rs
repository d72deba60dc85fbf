//! Who is at a draft: a soft lock. It keeps nobody from saving; it says who is there, so that two people need not find
//! out when one of them has lost.

use api_types::Holding;

use crate::app::App;
use crate::auth::Caller;
use crate::clock::rfc3339;
use crate::error::ApiError;
use crate::feed::Entity;
use crate::ids::{DefinitionId, UserId};
use crate::store;

/// Who has not said so for this long is gone.
const GONE_MS: i64 = 45_000;

/// Says that the caller is at the draft, and answers who is. Whoever came first keeps it, until somebody else takes
/// it (`take`), or they leave.
///
/// # Errors
///
/// [`ApiError::NotFound`] for another team's, too.
pub async fn hold(app: &App, caller: &Caller, id: DefinitionId, take: bool) -> Result<Holding, ApiError> {
    let (team, user, now_ms) = (caller.team, caller.user, app.clock.now_ms());
    let found = store::definition::get(app.db.read(), team, id).await?;
    let found = found.ok_or_else(|| ApiError::not_found("definition", id))?;
    let holder = found.held_by.zip(found.held_at).filter(|(_, at)| now_ms - at < GONE_MS);
    let other = holder.filter(|(by, _)| *by != user && !take);
    let saved = match found.saved_by.zip(found.saved_at) {
        Some((by, at)) => name(app, caller, by).await?.map(|name| (name, rfc3339(at), by == user)),
        None => None,
    };
    let by = match other {
        Some((by, _)) => name(app, caller, by).await?,
        None => None,
    };
    if other.is_none() {
        // Whoever was there hears of it at once.
        let is_news = holder.is_some_and(|(by, _)| by != user);
        app.writer
            .run(Some(team), move |batch| {
                Box::pin(async move {
                    store::definition::hold(batch.write(), team, id, Some((user, now_ms))).await?;
                    if is_news {
                        batch.changed(team, Entity::Definition, id, None);
                    }
                    Ok(())
                })
            })
            .await?;
    }
    let (saved_by, saved_at, own) =
        saved.map_or((None, None, false), |(by, at, own)| (Some(by), Some(at), own));
    Ok(Holding { by, saved_by, saved_at, own, rev: u32::try_from(found.rev).unwrap_or_default() })
}

/// The caller leaves the draft.
///
/// # Errors
///
/// [`ApiError::NotFound`] for another team's, too.
pub async fn release(app: &App, caller: &Caller, id: DefinitionId) -> Result<(), ApiError> {
    let (team, user) = (caller.team, caller.user);
    let found = store::definition::get(app.db.read(), team, id).await?;
    let found = found.ok_or_else(|| ApiError::not_found("definition", id))?;
    if found.held_by != Some(user) {
        return Ok(());
    }
    app.writer
        .run(Some(team), move |batch| {
            Box::pin(async move { Ok(store::definition::hold(batch.write(), team, id, None).await?) })
        })
        .await
}

async fn name(app: &App, caller: &Caller, user: UserId) -> Result<Option<String>, ApiError> {
    let members = store::membership::with_users(app.db.read(), caller.team).await?;
    Ok(members.into_iter().find(|(_, known)| known.id == user).map(|(_, known)| known.name))
}
