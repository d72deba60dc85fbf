//! Sample answers: which there are, what came of them, and whom they made known.

use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query};
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};
use uuid::Uuid;

use crate::ids::{DefinitionId, SubmissionId, TeamId};

/// The channel of answers that came with an app.
pub const CHANNEL: &str = "sample";
/// Ids in one statement.
const AT_ONCE: usize = 500;

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    customer_id: Option<Uuid>,
}

/// A submission that is a sample or came of one.
pub struct Found {
    /// Which.
    pub id: SubmissionId,
    /// Whose.
    customer: Option<Uuid>,
}

/// The samples of these forms, and what came of them.
pub async fn find(
    db: &impl ConnectionTrait,
    team: TeamId,
    forms: &[DefinitionId],
) -> Result<Vec<Found>, DbErr> {
    let forms: Vec<Uuid> = forms.iter().map(|form| form.0).collect();
    let mut begin = all(team);
    begin.and_where(Expr::col("form_id").is_in(forms)).and_where(Expr::col("channel").eq(CHANNEL));
    let mut found: Vec<Row> = Row::find_by_statement(db.get_database_backend().build(&begin)).all(db).await?;
    let mut at = 0;
    while at < found.len() {
        let parents: Vec<Uuid> = found[at..].iter().take(AT_ONCE).map(|row| row.id).collect();
        at += parents.len();
        let mut below = all(team);
        below.and_where(Expr::col("parent_id").is_in(parents));
        let children = Row::find_by_statement(db.get_database_backend().build(&below)).all(db).await?;
        for child in children {
            if !found.iter().any(|known| known.id == child.id) {
                found.push(child);
            }
        }
    }
    Ok(found.into_iter().map(|row| Found { id: SubmissionId(row.id), customer: row.customer_id }).collect())
}

fn all(team: TeamId) -> sea_orm::sea_query::SelectStatement {
    let mut select = Query::select();
    select.columns(["id", "customer_id"]).from("submission").and_where(Expr::col("team_id").eq(team.0));
    select
}

/// How many samples each form of the team holds that is one of `forms`.
pub async fn count(db: &impl ConnectionTrait, team: TeamId, forms: &[DefinitionId]) -> Result<u64, DbErr> {
    #[derive(FromQueryResult)]
    struct Count {
        number: i64,
    }
    let forms: Vec<Uuid> = forms.iter().map(|form| form.0).collect();
    let mut select = Query::select();
    select
        .expr_as(Expr::col("id").count(), Alias::new("number"))
        .from("submission")
        .and_where(Expr::col("team_id").eq(team.0))
        .and_where(Expr::col("channel").eq(CHANNEL))
        .and_where(Expr::col("form_id").is_in(forms));
    let found = Count::find_by_statement(db.get_database_backend().build(&select)).one(db).await?;
    Ok(found.map_or(0, |count| u64::try_from(count.number).unwrap_or(0)))
}

/// Forgets the customers of submissions that are gone, where nothing else is known of them.
pub async fn forget_customers(db: &impl ConnectionTrait, team: TeamId, gone: &[Found]) -> Result<(), DbErr> {
    let mut customers: Vec<Uuid> = gone.iter().filter_map(|one| one.customer).collect();
    customers.sort_unstable();
    customers.dedup();
    for chunk in customers.chunks(AT_ONCE) {
        forget(db, team, chunk).await?;
    }
    Ok(())
}

/// Customers of whom no submission and no event is left.
async fn forget(db: &impl ConnectionTrait, team: TeamId, customers: &[Uuid]) -> Result<(), DbErr> {
    let known = |table: &'static str| {
        let mut select = Query::select();
        select
            .column("customer_id")
            .from(table)
            .and_where(Expr::col("customer_id").is_in(customers.to_vec()));
        select
    };
    let unknown = |column: &'static str| {
        Expr::col(column)
            .is_in(customers.to_vec())
            .and(Expr::col(column).not_in_subquery(known("submission")))
            .and(Expr::col(column).not_in_subquery(known("event")))
    };
    let mut identities = Query::delete();
    identities.from_table("customer_identity").and_where(Expr::col("team_id").eq(team.0));
    identities.and_where(unknown("customer_id"));
    db.execute(&identities).await?;
    let mut delete = Query::delete();
    delete.from_table("customer").and_where(Expr::col("team_id").eq(team.0)).and_where(unknown("id"));
    db.execute(&delete).await.map(drop)
}
