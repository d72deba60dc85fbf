//! Events that are due at a time; a row goes when its event was taken.

mod entity {
    use crate::ids::{InstanceId, TeamId, TimerId};
    use sea_orm::entity::prelude::*;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "timer")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: TimerId,
        pub team_id: TeamId,
        pub instance_id: InstanceId,
        pub send_id: String,
        /// JSON of the engine's event.
        pub event: String,
        pub due_at: i64,
        /// Whoever claimed it may work on it until then; 0 when free.
        pub lease_until: i64,
        pub lease_token: Option<Uuid>,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as Timer;

use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::ids::{InstanceId, TimerId};
use entity::{ActiveModel, Column, Entity};
use sea_orm::sea_query::Expr;
use uuid::Uuid;

/// Stores new rows.
pub async fn insert_all(db: &impl ConnectionTrait, rows: Vec<Timer>) -> Result<(), DbErr> {
    super::insert_all::<ActiveModel>(db, rows).await
}

/// Forgets a pending event.
pub async fn cancel(db: &impl ConnectionTrait, instance: InstanceId, send_id: &str) -> Result<(), DbErr> {
    Entity::delete_many()
        .filter(Column::InstanceId.eq(instance))
        .filter(Column::SendId.eq(send_id))
        .exec(db)
        .await?;
    Ok(())
}

/// Due and claimed by nobody, of every team, the longest due first; those due together in the order in which they were
/// stored, since ids rise.
pub async fn due_of_all_teams(
    db: &impl ConnectionTrait,
    now_ms: i64,
    limit: u64,
) -> Result<Vec<Timer>, DbErr> {
    let due = Entity::find().filter(Column::DueAt.lte(now_ms)).filter(Column::LeaseUntil.lte(now_ms));
    due.order_by_asc(Column::DueAt).order_by_asc(Column::Id).limit(limit).all(db).await
}

/// Claims a due event for a worker; false when another was faster.
pub async fn claim(
    db: &impl ConnectionTrait,
    id: TimerId,
    token: Uuid,
    now_ms: i64,
    until_ms: i64,
) -> Result<bool, DbErr> {
    let claimed = Entity::update_many()
        .col_expr(Column::LeaseUntil, Expr::value(until_ms))
        .col_expr(Column::LeaseToken, Expr::value(token))
        .filter(Column::Id.eq(id))
        .filter(Column::LeaseUntil.lte(now_ms))
        .exec(db)
        .await?;
    Ok(claimed.rows_affected == 1)
}

/// Takes a claimed event off the list; false when the claim was lost.
pub async fn finish(db: &impl ConnectionTrait, id: TimerId, token: Uuid) -> Result<bool, DbErr> {
    let gone =
        Entity::delete_many().filter(Column::Id.eq(id)).filter(Column::LeaseToken.eq(token)).exec(db).await?;
    Ok(gone.rows_affected == 1)
}
