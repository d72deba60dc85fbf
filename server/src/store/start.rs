//! Whether something has happened at all in a team, apart from samples.

use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{ConnectionTrait, DbErr};

use crate::ids::TeamId;
use crate::store::sample::CHANNEL;

/// What has happened.
pub struct Facts {
    /// Somebody answered a form.
    pub answers: bool,
    /// A ticket was closed.
    pub closed_tickets: bool,
}

/// What has happened in the team.
pub async fn facts(db: &impl ConnectionTrait, team: TeamId) -> Result<Facts, DbErr> {
    let mut any = one(team);
    any.and_where(Expr::col("parent_id").is_null());
    let mut closed = one(team);
    closed.and_where(Expr::col("is_ticket").eq(true)).and_where(Expr::col("is_open").eq(false));
    Ok(Facts {
        answers: db.query_one(&any).await?.is_some(),
        closed_tickets: db.query_one(&closed).await?.is_some(),
    })
}

fn one(team: TeamId) -> SelectStatement {
    let mut select = Query::select();
    select.column("id").from("submission").and_where(Expr::col("team_id").eq(team.0));
    select.and_where(Expr::col("channel").ne(CHANNEL)).limit(1);
    select
}
