//! People who sign in; one row however many teams they work in.

mod entity {
    use crate::ids::UserId;
    use sea_orm::entity::prelude::*;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "user_account")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: UserId,
        pub name: String,
        pub login: String,
        pub email: Option<String>,
        pub password_hash: String,
        pub language: String,
        pub disabled_at: Option<i64>,
        pub created_at: i64,
        pub mobile: Option<String>,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as User;

use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
};

use crate::ids::UserId;
use entity::{Column, Entity};

/// The user who signs in with `login`, which is in lower case.
pub async fn by_login(db: &impl ConnectionTrait, login: &str) -> Result<Option<User>, DbErr> {
    Entity::find().filter(Column::Login.eq(login)).one(db).await
}

/// One user.
pub async fn get(db: &impl ConnectionTrait, id: UserId) -> Result<Option<User>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

/// Those of `ids` that exist.
pub async fn by_ids(db: &impl ConnectionTrait, ids: Vec<UserId>) -> Result<Vec<User>, DbErr> {
    Entity::find().filter(Column::Id.is_in(ids)).all(db).await
}

/// How many there are on this server.
pub async fn count(db: &impl ConnectionTrait) -> Result<u64, DbErr> {
    Entity::find().count(db).await
}

/// Stores a new user.
pub async fn insert(db: &impl ConnectionTrait, user: User) -> Result<(), DbErr> {
    Entity::insert(user.into_active_model()).exec_without_returning(db).await.map(drop)
}

/// Changes the language the user is answered in.
pub async fn speak(db: &impl ConnectionTrait, id: UserId, language: &str) -> Result<(), DbErr> {
    let update =
        Entity::update_many().col_expr(Column::Language, Expr::value(language)).filter(Column::Id.eq(id));
    update.exec(db).await.map(drop)
}

/// Replaces the password, and lets a disabled user in again.
pub async fn set_password(db: &impl ConnectionTrait, id: UserId, password_hash: &str) -> Result<(), DbErr> {
    let update = Entity::update_many()
        .col_expr(Column::PasswordHash, Expr::value(password_hash))
        .col_expr(Column::DisabledAt, Expr::value(None::<i64>))
        .filter(Column::Id.eq(id));
    update.exec(db).await.map(drop)
}
