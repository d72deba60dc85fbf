//! What a team has done for the first time, where no other row tells.

mod entity {
    use crate::ids::TeamId;
    use sea_orm::entity::prelude::*;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "milestone")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub team_id: TeamId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub name: String,
        pub reached_at: i64,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};

use crate::ids::TeamId;
use entity::{ActiveModel, Column, Entity};

/// Names of what the team has reached.
pub async fn reached(db: &impl ConnectionTrait, team: TeamId) -> Result<Vec<String>, DbErr> {
    let rows = Entity::find().filter(Column::TeamId.eq(team)).all(db).await?;
    Ok(rows.into_iter().map(|row| row.name).collect())
}

/// Notes it; the first time stays. The caller is the one writer of the team.
pub async fn reach(db: &impl ConnectionTrait, team: TeamId, name: &str, now_ms: i64) -> Result<(), DbErr> {
    if Entity::find_by_id((team, name.to_owned())).one(db).await?.is_some() {
        return Ok(());
    }
    let row = ActiveModel { team_id: Set(team), name: Set(name.to_owned()), reached_at: Set(now_ms) };
    Entity::insert(row).exec_without_returning(db).await.map(drop)
}

/// Forgets it.
pub async fn forget(db: &impl ConnectionTrait, team: TeamId, name: &str) -> Result<(), DbErr> {
    let ours = Entity::delete_many().filter(Column::TeamId.eq(team)).filter(Column::Name.eq(name));
    ours.exec(db).await.map(drop)
}
