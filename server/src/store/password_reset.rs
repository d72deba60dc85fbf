//! One-use links by which somebody who forgot a password sets another. A used one is gone.

mod entity {
    use crate::ids::{PasswordResetId, UserId};
    use sea_orm::entity::prelude::*;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "password_reset")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: PasswordResetId,
        pub user_id: UserId,
        pub token_hash: Vec<u8>,
        /// None when the person asked for it.
        pub created_by: Option<UserId>,
        pub created_at: i64,
        pub expires_at: i64,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as PasswordReset;

use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter};

use crate::ids::{PasswordResetId, UserId};
use entity::{Column, Entity};

/// Stores a new link.
pub async fn insert(db: &impl ConnectionTrait, row: PasswordReset) -> Result<(), DbErr> {
    Entity::insert(row.into_active_model()).exec_without_returning(db).await.map(drop)
}

/// What a link stands for: the link is the right to set the password.
pub async fn by_token(db: &impl ConnectionTrait, hash: Vec<u8>) -> Result<Option<PasswordReset>, DbErr> {
    Entity::find().filter(Column::TokenHash.eq(hash)).one(db).await
}

/// Uses a link up; false when it was used before.
pub async fn take(db: &impl ConnectionTrait, id: PasswordResetId) -> Result<bool, DbErr> {
    Ok(Entity::delete_many().filter(Column::Id.eq(id)).exec(db).await?.rows_affected == 1)
}

/// Ends every link of a user, and those of others that are over.
pub async fn forget(db: &impl ConnectionTrait, user: UserId, now_ms: i64) -> Result<(), DbErr> {
    let over = sea_orm::Condition::any().add(Column::UserId.eq(user)).add(Column::ExpiresAt.lte(now_ms));
    Entity::delete_many().filter(over).exec(db).await.map(drop)
}
