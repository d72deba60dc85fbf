//! Taking submissions out of every table that knows of them.

use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query};
use sea_orm::{ConnectionTrait, DbErr};
use uuid::Uuid;

use crate::ids::{CustomerId, SubmissionId, TeamId};

/// What hangs on a submission, in an order that leaves nothing hanging.
const OF_SUBMISSION: [&str; 10] = [
    "task",
    "clock",
    "visit",
    "instance",
    "event",
    "notification",
    "outbox",
    "idempotency",
    "invitation",
    "upload",
];

/// Deletes the team's submissions `ids` with everything that came of them. What they led to stays, without a parent.
pub async fn submissions(db: &impl ConnectionTrait, team: TeamId, ids: &[SubmissionId]) -> Result<(), DbErr> {
    // SQLite takes a bounded number of parameters.
    for ids in ids.chunks(500) {
        some(db, team, ids).await?;
    }
    Ok(())
}

/// Deletes a customer to whom nothing of the team refers any more: the card, contacts, events, and links that were meant for them.
pub async fn customer(db: &impl ConnectionTrait, team: TeamId, id: CustomerId) -> Result<(), DbErr> {
    for table in ["customer_identity", "event", "invitation", "customer"] {
        let column = if table == "customer" { "id" } else { "customer_id" };
        let mut delete = Query::delete();
        delete
            .from_table(Alias::new(table))
            .and_where(Expr::col(Alias::new("team_id")).eq(team.0))
            .and_where(Expr::col(Alias::new(column)).eq(id.0));
        db.execute(&delete).await?;
    }
    Ok(())
}

async fn some(db: &impl ConnectionTrait, team: TeamId, ids: &[SubmissionId]) -> Result<(), DbErr> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let held = |column: &'static str| Expr::col(Alias::new(column)).is_in(ids.clone());
    let ours = || Expr::col(Alias::new("team_id")).eq(team.0);
    let instances = Query::select()
        .column(Alias::new("id"))
        .from(Alias::new("instance"))
        .and_where(held("submission_id"))
        .to_owned();
    let mut timers = Query::delete();
    timers
        .from_table(Alias::new("timer"))
        .and_where(Expr::col(Alias::new("instance_id")).in_subquery(instances));
    db.execute(&timers).await?;
    for table in OF_SUBMISSION {
        let mut delete = Query::delete();
        delete.from_table(Alias::new(table)).and_where(held("submission_id"));
        db.execute(&delete).await?;
    }
    let mut orphans = Query::update();
    orphans
        .table(Alias::new("submission"))
        .value(Alias::new("parent_id"), Option::<Uuid>::None)
        .and_where(ours())
        .and_where(held("parent_id"));
    db.execute(&orphans).await?;
    let mut delete = Query::delete();
    delete.from_table(Alias::new("submission")).and_where(ours()).and_where(held("id"));
    db.execute(&delete).await?;
    Ok(())
}
