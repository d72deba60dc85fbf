//! The change feed: committed changes in commit order.

mod entity {
    use crate::ids::TeamId;
    use sea_orm::entity::prelude::*;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "change")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub seq: i64,
        pub team_id: TeamId,
        pub entity: String,
        pub entity_id: Uuid,
        pub form_key: Option<String>,
        pub at: i64,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as ChangeRow;

use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::ids::TeamId;
use entity::{ActiveModel, Column, Entity};

/// The number of the newest change; 0 before the first.
pub async fn last(db: &impl ConnectionTrait) -> Result<i64, DbErr> {
    let newest = Entity::find().order_by_desc(Column::Seq).one(db).await?;
    Ok(newest.map_or(0, |change| change.seq))
}

/// Changes of every team after `seq`, in order: for the feed alone.
pub async fn after(db: &impl ConnectionTrait, seq: i64, limit: u64) -> Result<Vec<ChangeRow>, DbErr> {
    Entity::find().filter(Column::Seq.gt(seq)).order_by_asc(Column::Seq).limit(limit).all(db).await
}

/// The team's changes after `seq`, in order: for who comes back after an absence.
pub async fn since(
    db: &impl ConnectionTrait,
    team: TeamId,
    seq: i64,
    limit: u64,
) -> Result<Vec<ChangeRow>, DbErr> {
    let ours = Entity::find().filter(Column::TeamId.eq(team)).filter(Column::Seq.gt(seq));
    ours.order_by_asc(Column::Seq).limit(limit).all(db).await
}

/// Stores numbered changes.
pub async fn insert_all(db: &impl ConnectionTrait, rows: Vec<ChangeRow>) -> Result<(), DbErr> {
    super::insert_all::<ActiveModel>(db, rows).await
}

/// Forgets changes made before `before_ms`, but never the newest: numbering goes on from it.
pub async fn forget_before(db: &impl ConnectionTrait, before_ms: i64) -> Result<u64, DbErr> {
    let newest = last(db).await?;
    let old = Entity::delete_many().filter(Column::At.lt(before_ms)).filter(Column::Seq.lt(newest));
    Ok(old.exec(db).await?.rows_affected)
}
