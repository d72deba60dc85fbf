//! Which drawn roles a member holds, by key.

mod entity {
    use crate::ids::{TeamId, UserId};
    use sea_orm::entity::prelude::*;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "member_role")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub team_id: TeamId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub user_id: UserId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub role_key: String,
        pub created_at: i64,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as MemberRole;

use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};

use crate::ids::{TeamId, UserId};
use entity::{ActiveModel, Column, Entity};

/// Everything that is given in a team.
pub async fn list(db: &impl ConnectionTrait, team: TeamId) -> Result<Vec<MemberRole>, DbErr> {
    Entity::find().filter(Column::TeamId.eq(team)).order_by_asc(Column::RoleKey).all(db).await
}

/// The keys of the roles a member holds.
pub async fn of_member(db: &impl ConnectionTrait, team: TeamId, user: UserId) -> Result<Vec<String>, DbErr> {
    let theirs = Entity::find().filter(Column::TeamId.eq(team)).filter(Column::UserId.eq(user));
    Ok(theirs.order_by_asc(Column::RoleKey).all(db).await?.into_iter().map(|row| row.role_key).collect())
}

/// Gives a member these roles and no others.
pub async fn replace(
    db: &impl ConnectionTrait,
    team: TeamId,
    user: UserId,
    keys: Vec<String>,
    now_ms: i64,
) -> Result<(), DbErr> {
    let theirs = Entity::delete_many().filter(Column::TeamId.eq(team)).filter(Column::UserId.eq(user));
    theirs.exec(db).await?;
    let row = |role_key| MemberRole { team_id: team, user_id: user, role_key, created_at: now_ms };
    super::insert_all::<ActiveModel>(db, keys.into_iter().map(row).collect()).await
}
