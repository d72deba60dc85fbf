//! One-use links by which people join a team.

mod entity {
    use crate::ids::{MemberInvitationId, TeamId, UserId};
    use sea_orm::entity::prelude::*;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "member_invitation")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: MemberInvitationId,
        pub team_id: TeamId,
        pub token_hash: Vec<u8>,
        pub role: String,
        pub department_key: Option<String>,
        /// The account that waits for its person.
        pub user_id: Option<UserId>,
        pub name: Option<String>,
        pub email: Option<String>,
        pub created_by: UserId,
        pub created_at: i64,
        pub expires_at: i64,
        pub revoked_at: Option<i64>,
        pub used_at: Option<i64>,
        pub used_by: Option<UserId>,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as MemberInvitation;

use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, Select};

use crate::ids::{MemberInvitationId, TeamId, UserId};
use entity::{ActiveModel, Column, Entity};

/// Every read of a team's invitations starts here.
fn in_team(team: TeamId) -> Select<Entity> {
    Entity::find().filter(Column::TeamId.eq(team))
}

/// Stores new rows.
pub async fn insert_all(db: &impl ConnectionTrait, rows: Vec<MemberInvitation>) -> Result<(), DbErr> {
    super::insert_all::<ActiveModel>(db, rows).await
}

/// The team's invitations, newest first.
pub async fn list(db: &impl ConnectionTrait, team: TeamId) -> Result<Vec<MemberInvitation>, DbErr> {
    in_team(team).order_by_desc(Column::Id).all(db).await
}

/// The invitation a link stands for, of whatever team: the link is the right to join.
pub async fn by_token_of_any_team(
    db: &impl ConnectionTrait,
    hash: Vec<u8>,
) -> Result<Option<MemberInvitation>, DbErr> {
    Entity::find().filter(Column::TokenHash.eq(hash)).one(db).await
}

/// Uses it up; false when it was used or revoked before.
pub async fn take(
    db: &impl ConnectionTrait,
    id: MemberInvitationId,
    by: UserId,
    now_ms: i64,
) -> Result<bool, DbErr> {
    let taken = Entity::update_many()
        .col_expr(Column::UsedAt, Expr::value(now_ms))
        .col_expr(Column::UsedBy, Expr::value(by.0))
        .filter(Column::Id.eq(id))
        .filter(Column::UsedAt.is_null())
        .filter(Column::RevokedAt.is_null())
        .exec(db)
        .await?;
    Ok(taken.rows_affected == 1)
}

/// Takes it back; false when there is none in this team that is still open.
pub async fn revoke(
    db: &impl ConnectionTrait,
    team: TeamId,
    id: MemberInvitationId,
    now_ms: i64,
) -> Result<bool, DbErr> {
    let open = open_in(team, now_ms).filter(Column::Id.eq(id));
    Ok(open.exec(db).await?.rows_affected == 1)
}

/// Takes back whatever waits for one account.
pub async fn revoke_for(
    db: &impl ConnectionTrait,
    team: TeamId,
    user: UserId,
    now_ms: i64,
) -> Result<(), DbErr> {
    open_in(team, now_ms).filter(Column::UserId.eq(user)).exec(db).await.map(drop)
}

fn open_in(team: TeamId, now_ms: i64) -> sea_orm::UpdateMany<Entity> {
    Entity::update_many()
        .col_expr(Column::RevokedAt, Expr::value(now_ms))
        .filter(Column::TeamId.eq(team))
        .filter(Column::UsedAt.is_null())
        .filter(Column::RevokedAt.is_null())
}
