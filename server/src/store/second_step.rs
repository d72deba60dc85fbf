//! Secrets shared with people's authenticators.

mod entity {
    use crate::ids::UserId;
    use sea_orm::entity::prelude::*;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "second_step")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub user_id: UserId,
        pub secret: Vec<u8>,
        /// None until the first right code: nothing is asked for before.
        pub confirmed_at: Option<i64>,
        /// The last time step a code was taken of.
        pub last_step: i64,
        pub created_at: i64,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as SecondStep;

use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter};

use crate::ids::UserId;
use entity::{Column, Entity};

/// A user's, also one that is not confirmed yet.
pub async fn get(db: &impl ConnectionTrait, user: UserId) -> Result<Option<SecondStep>, DbErr> {
    Entity::find_by_id(user).one(db).await
}

/// Those of `users` that are confirmed.
pub async fn confirmed(db: &impl ConnectionTrait, users: Vec<UserId>) -> Result<Vec<UserId>, DbErr> {
    let theirs = Entity::find().filter(Column::UserId.is_in(users)).filter(Column::ConfirmedAt.is_not_null());
    Ok(theirs.all(db).await?.into_iter().map(|row| row.user_id).collect())
}

/// Stores a new one.
pub async fn insert(db: &impl ConnectionTrait, row: SecondStep) -> Result<(), DbErr> {
    Entity::insert(row.into_active_model()).exec_without_returning(db).await.map(drop)
}

/// Takes the code of a time step; false when it, or a later one, was taken before.
pub async fn take_step(db: &impl ConnectionTrait, user: UserId, step: i64) -> Result<bool, DbErr> {
    let taken = Entity::update_many()
        .col_expr(Column::LastStep, Expr::value(step))
        .filter(Column::UserId.eq(user))
        .filter(Column::LastStep.lt(step))
        .exec(db)
        .await?;
    Ok(taken.rows_affected == 1)
}

/// From now on it is asked for.
pub async fn confirm(db: &impl ConnectionTrait, user: UserId, now_ms: i64) -> Result<(), DbErr> {
    let update = Entity::update_many().col_expr(Column::ConfirmedAt, Expr::value(now_ms));
    update.filter(Column::UserId.eq(user)).exec(db).await.map(drop)
}

/// Forgets it.
pub async fn delete(db: &impl ConnectionTrait, user: UserId) -> Result<(), DbErr> {
    Entity::delete_by_id(user).exec(db).await.map(drop)
}
