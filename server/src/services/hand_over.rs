//! When somebody leaves: all they hold goes to somebody else, or back to whom the rules choose, and their access ends.
//!
//! Access and people go first, in one transaction, so that nothing new comes in; then the work, some at a time, so
//! that others can write meanwhile. Stopped in between, it goes on where it is asked for again.

use api_types::{HandOver, Holdings};
use serde_json::json;

use crate::app::App;
use crate::auth::Caller;
use crate::auth::recognise::role;
use crate::error::{ApiError, Conflict};
use crate::feed::Entity;
use crate::ids::{EventId, TeamId, UserId};
use crate::services::audit::Deed;
use crate::services::case::Case;
use crate::services::member;
use crate::store;
use crate::store::event::EventRow;
use crate::store::membership::Membership;
use crate::writer::Batch;

/// Pieces of work in one transaction.
const AT_ONCE: u64 = 100;

/// What somebody holds.
///
/// # Errors
///
/// [`ApiError::NotFound`] for people of other teams, too.
pub async fn holdings(app: &App, caller: &Caller, id: UserId) -> Result<Holdings, ApiError> {
    member::member(app.db.read(), caller.team, id).await?;
    held(app.db.read(), caller.team, id).await
}

async fn held(db: &impl sea_orm::ConnectionTrait, team: TeamId, id: UserId) -> Result<Holdings, ApiError> {
    let members = store::membership::list(db, team).await?;
    let count = |with: &dyn Fn(&Membership) -> Option<UserId>| {
        members.iter().filter(|row| row.left_at.is_none() && with(row) == Some(id)).count() as u64
    };
    let departments = store::department::list(db, team).await?;
    Ok(Holdings {
        tickets: store::submission::count_held(db, team, id).await?,
        tasks: store::task::count_held(db, team, id).await?,
        departments: departments
            .into_iter()
            .filter(|row| row.head_id == Some(id))
            .map(|row| row.key)
            .collect(),
        reports: count(&|row| row.manager_id),
        deputy_of: count(&|row| row.deputy_id),
    })
}

/// Hands everything over and takes the access away. Answers what was held before.
///
/// # Errors
///
/// [`ApiError::Forbidden`] for oneself and for who is stronger; a team keeps at least one owner; a problem where whoever
/// takes over is no other member with access.
pub async fn run(app: &App, caller: &Caller, id: UserId, wanted: &HandOver) -> Result<Holdings, ApiError> {
    if id == caller.user {
        return Err(ApiError::Forbidden);
    }
    let to = match wanted.to.as_deref().filter(|to| !to.is_empty()) {
        Some(to) => Some(to.parse().map_err(|_| unknown(to))?),
        None => None,
    };
    let held = begin(app, caller, id, to).await?;
    while pass_on(app, caller, id, to).await? {}
    Ok(held)
}

fn unknown(to: &str) -> ApiError {
    ApiError::problem("member.unknown", "/to", format!("expected another member with access, found `{to}`"))
}

/// Access, departments and people.
async fn begin(app: &App, caller: &Caller, id: UserId, to: Option<UserId>) -> Result<Holdings, ApiError> {
    let (team, by, actor, now_ms) = (caller.team, caller.role, caller.user, app.clock.now_ms());
    let event: EventId = app.ids.next();
    let caller = caller.clone();
    app.writer
        .run(Some(team), move |batch| {
            let caller = caller.clone();
            Box::pin(async move {
                let (row, user) = member::member(batch.read(), team, id).await?;
                if role(&row.role)? < by {
                    return Err(ApiError::Forbidden);
                }
                member::keep_an_owner(batch, &row).await?;
                if let Some(to) = to {
                    let found = store::membership::get(batch.read(), team, to).await?;
                    let fits = to != id && found.is_some_and(|row| row.works_here());
                    fits.then_some(()).ok_or_else(|| unknown(&to.to_string()))?;
                }
                let held = held(batch.read(), team, id).await?;
                let above = row.manager_id;
                let disabled_at = Some(row.disabled_at.unwrap_or(now_ms));
                store::membership::update(batch.write(), &Membership { disabled_at, ..row }).await?;
                store::session::delete_of_member(batch.write(), team, id).await?;
                store::member_invitation::revoke_for(batch.write(), team, id, now_ms).await?;
                store::department::pass_headship(batch.write(), team, id, to).await?;
                store::membership::pass_people(batch.write(), team, id, to.or(above), above).await?;
                batch.staff(team).await?.leaves(id);
                let deed = Deed::new("handed_over", "member", id, &user.name);
                batch.audit(deed.before(json!(held)).after(json!({"to": to})).by(&caller, now_ms));
                let data = json!({"member": id, "name": user.name, "to": to, "held": held});
                batch.add(EventRow {
                    id: event,
                    team_id: team,
                    submission_id: None,
                    customer_id: None,
                    kind: "handed_over".into(),
                    actor_id: Some(actor),
                    is_public: false,
                    data: data.to_string(),
                    created_at: now_ms,
                });
                batch.changed(team, Entity::Member, id, None);
                Ok(held)
            })
        })
        .await
}

/// Some of the work; whether there was any.
async fn pass_on(app: &App, caller: &Caller, id: UserId, to: Option<UserId>) -> Result<bool, ApiError> {
    let (team, actor) = (caller.team, caller.user);
    let catalog = app.catalog(team).await?;
    let (app, writer) = (app.clone(), app.writer.clone());
    writer
        .run(Some(team), move |batch| {
            let (app, catalog) = (app.clone(), catalog.clone());
            Box::pin(async move {
                batch.staff(team).await?.leaves(id);
                let tickets = store::submission::held(batch.read(), team, id, AT_ONCE).await?;
                for ticket in &tickets {
                    let mut case = Case::load(&app, batch, catalog.clone(), *ticket, Some(actor)).await?;
                    case.relieve(to).await?;
                    case.store().await?;
                }
                if !tickets.is_empty() {
                    return Ok(true);
                }
                let tasks = store::task::held(batch.read(), team, id, AT_ONCE).await?;
                for task in &tasks {
                    match task.submission_id {
                        Some(about) => {
                            let mut case =
                                Case::load(&app, batch, catalog.clone(), about, Some(actor)).await?;
                            case.relieve_task(task, to).await?;
                            case.store().await?;
                        }
                        None => store::task::give(batch.write(), team, task.id, to).await?,
                    }
                }
                Ok(!tasks.is_empty())
            })
        })
        .await
}

/// Somebody has left for good: they are no longer listed. What they did keeps their name.
///
/// # Errors
///
/// [`Conflict::HoldsWork`] before [`run`]; otherwise as there.
pub async fn remove(app: &App, caller: &Caller, id: UserId) -> Result<(), ApiError> {
    if id == caller.user {
        return Err(ApiError::Forbidden);
    }
    let (caller, now_ms) = (caller.clone(), app.clock.now_ms());
    app.writer.run(Some(caller.team), move |batch| Box::pin(leave(batch, caller.clone(), id, now_ms))).await
}

async fn leave(batch: &mut Batch, caller: Caller, id: UserId, now_ms: i64) -> Result<(), ApiError> {
    let team = caller.team;
    let (row, user) = member::member(batch.read(), team, id).await?;
    if role(&row.role)? < caller.role {
        return Err(ApiError::Forbidden);
    }
    member::keep_an_owner(batch, &row).await?;
    if held(batch.read(), team, id).await? != Holdings::default() {
        return Err(Conflict::HoldsWork.into());
    }
    let gone = Membership { left_at: Some(now_ms), manager_id: None, deputy_id: None, ..row };
    store::membership::update(batch.write(), &gone).await?;
    store::session::delete_of_member(batch.write(), team, id).await?;
    store::member_invitation::revoke_for(batch.write(), team, id, now_ms).await?;
    batch.staff(team).await?.leaves(id);
    batch.audit(Deed::new("removed", "member", id, &user.name).by(&caller, now_ms));
    batch.changed(team, Entity::Member, id, None);
    Ok(())
}
