//! Which kinds of notifications somebody does not want to hear of.

mod entity {
    use crate::ids::{TeamId, UserId};
    use sea_orm::entity::prelude::*;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "notification_mute")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub team_id: TeamId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub user_id: UserId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub kind: String,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};

use crate::ids::{TeamId, UserId};
use entity::{ActiveModel, Column, Entity, Model};

/// The kinds somebody has muted in a team.
pub async fn of_member(db: &impl ConnectionTrait, team: TeamId, user: UserId) -> Result<Vec<String>, DbErr> {
    let theirs = Entity::find().filter(Column::TeamId.eq(team)).filter(Column::UserId.eq(user));
    Ok(theirs.order_by_asc(Column::Kind).all(db).await?.into_iter().map(|row| row.kind).collect())
}

/// Mutes these kinds and no others.
pub async fn replace(
    db: &impl ConnectionTrait,
    team: TeamId,
    user: UserId,
    kinds: Vec<String>,
) -> Result<(), DbErr> {
    let theirs = Entity::delete_many().filter(Column::TeamId.eq(team)).filter(Column::UserId.eq(user));
    theirs.exec(db).await?;
    let row = |kind| Model { team_id: team, user_id: user, kind };
    super::insert_all::<ActiveModel>(db, kinds.into_iter().map(row).collect()).await
}
