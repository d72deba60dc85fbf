//! API tokens: bearer secrets of programs.

mod entity {
    use crate::ids::{TeamId, TokenId, UserId};
    use sea_orm::entity::prelude::*;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "api_token")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: TokenId,
        pub team_id: TeamId,
        pub user_id: UserId,
        pub name: String,
        pub prefix: String,
        pub token_hash: Vec<u8>,
        pub created_at: i64,
        pub last_used_at: Option<i64>,
        pub revoked_at: Option<i64>,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as Token;

use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, Select,
};

use super::session::{Holder, holder};
use crate::ids::{TeamId, TokenId};
use entity::{Column, Entity};

/// Every read of valid tokens starts here.
fn in_team(team: TeamId) -> Select<Entity> {
    Entity::find().filter(Column::TeamId.eq(team)).filter(Column::RevokedAt.is_null())
}

/// The valid token with this secret and whom it stands for; of any team, since only the secret says which.
pub async fn holder_of_any_team(
    db: &impl ConnectionTrait,
    token_hash: Vec<u8>,
) -> Result<Option<(Token, Holder)>, DbErr> {
    let valid = Entity::find().filter(Column::TokenHash.eq(token_hash)).filter(Column::RevokedAt.is_null());
    let Some(token) = valid.one(db).await? else { return Ok(None) };
    let holder = holder(db, token.user_id, token.team_id).await?;
    Ok(holder.map(|holder| (token, holder)))
}

/// The team's valid tokens, newest first.
pub async fn list(db: &impl ConnectionTrait, team: TeamId) -> Result<Vec<Token>, DbErr> {
    in_team(team).order_by_desc(Column::CreatedAt).order_by_desc(Column::Id).all(db).await
}

/// Stores a new token.
pub async fn insert(db: &impl ConnectionTrait, token: Token) -> Result<(), DbErr> {
    Entity::insert(token.into_active_model()).exec_without_returning(db).await.map(drop)
}

/// Ends a token; false when the team has none such.
pub async fn revoke(
    db: &impl ConnectionTrait,
    team: TeamId,
    id: TokenId,
    now_ms: i64,
) -> Result<bool, DbErr> {
    let update = Entity::update_many()
        .col_expr(Column::RevokedAt, Expr::value(now_ms))
        .filter(Column::TeamId.eq(team))
        .filter(Column::Id.eq(id))
        .filter(Column::RevokedAt.is_null());
    Ok(update.exec(db).await?.rows_affected > 0)
}

/// Writes down when it was used last.
pub async fn note_use(db: &impl ConnectionTrait, id: TokenId, used_at: i64) -> Result<(), DbErr> {
    let update =
        Entity::update_many().col_expr(Column::LastUsedAt, Expr::value(used_at)).filter(Column::Id.eq(id));
    update.exec(db).await.map(drop)
}
