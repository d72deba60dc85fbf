//! Addresses that want no more mails of a team that they did not ask for.

mod entity {
    use crate::ids::TeamId;
    use sea_orm::entity::prelude::*;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "opt_out")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub team_id: TeamId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub address: String,
        pub created_at: i64,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as OptOut;

use std::collections::HashSet;

use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter};

use crate::ids::TeamId;
use entity::{Column, Entity};

/// The addresses of a team.
pub async fn addresses(db: &impl ConnectionTrait, team: TeamId) -> Result<HashSet<String>, DbErr> {
    let rows = Entity::find().filter(Column::TeamId.eq(team)).all(db).await?;
    Ok(rows.into_iter().map(|row| row.address).collect())
}

/// One more; one that is there already is as good.
pub async fn keep(db: &impl ConnectionTrait, row: OptOut) -> Result<(), DbErr> {
    Entity::insert(row.into_active_model())
        .on_conflict_do_nothing()
        .exec_without_returning(db)
        .await
        .map(drop)
}
