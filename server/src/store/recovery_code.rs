//! Codes that stand in, once each, for a lost authenticator.

mod entity {
    use crate::ids::UserId;
    use sea_orm::entity::prelude::*;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "recovery_code")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub user_id: UserId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub code_hash: Vec<u8>,
        pub used_at: Option<i64>,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as RecoveryCode;

use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter};

use crate::ids::UserId;
use entity::{ActiveModel, Column, Entity};

/// Stores new rows.
pub async fn insert_all(db: &impl ConnectionTrait, rows: Vec<RecoveryCode>) -> Result<(), DbErr> {
    super::insert_all::<ActiveModel>(db, rows).await
}

/// How many a user has left.
pub async fn left(db: &impl ConnectionTrait, user: UserId) -> Result<u64, DbErr> {
    Entity::find().filter(Column::UserId.eq(user)).filter(Column::UsedAt.is_null()).count(db).await
}

/// Uses one up; false when there is none such, or it was used before.
pub async fn take(
    db: &impl ConnectionTrait,
    user: UserId,
    code_hash: Vec<u8>,
    now_ms: i64,
) -> Result<bool, DbErr> {
    let taken = Entity::update_many()
        .col_expr(Column::UsedAt, Expr::value(now_ms))
        .filter(Column::UserId.eq(user))
        .filter(Column::CodeHash.eq(code_hash))
        .filter(Column::UsedAt.is_null())
        .exec(db)
        .await?;
    Ok(taken.rows_affected == 1)
}

/// Forgets a user's.
pub async fn delete(db: &impl ConnectionTrait, user: UserId) -> Result<(), DbErr> {
    Entity::delete_many().filter(Column::UserId.eq(user)).exec(db).await.map(drop)
}
