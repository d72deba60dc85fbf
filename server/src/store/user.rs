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
    QuerySelect,
};

use crate::ids::UserId;
use entity::{ActiveModel, Column, Entity};

impl User {
    /// What others know of them, and would try as a password first.
    pub fn known_by(&self) -> impl Iterator<Item = &str> {
        let contacts = [self.email.as_deref(), self.mobile.as_deref()];
        [self.login.as_str(), self.name.as_str()].into_iter().chain(contacts.into_iter().flatten())
    }

    /// The account was made for a person who has not come yet.
    pub fn is_waiting(&self) -> bool {
        self.password_hash.is_empty()
    }
}

/// The user who signs in with `login`, which is in lower case.
pub async fn by_login(db: &impl ConnectionTrait, login: &str) -> Result<Option<User>, DbErr> {
    Entity::find().filter(Column::Login.eq(login)).one(db).await
}

/// The users who have `name` as mail address or mobile number, two at most; it is in the way logins are stored.
pub async fn by_contact(db: &impl ConnectionTrait, name: &str) -> Result<Vec<User>, DbErr> {
    let has_it = sea_orm::Condition::any().add(Column::Email.eq(name)).add(Column::Mobile.eq(name));
    Entity::find().filter(has_it).limit(2).all(db).await
}

/// Those who sign in with one of `names`, or have one as mail address or mobile number.
pub async fn named_any(db: &impl ConnectionTrait, names: &[String]) -> Result<Vec<User>, DbErr> {
    let mut found = Vec::new();
    // SQLite takes 32,766 parameters in one statement.
    for some in names.chunks(10_000) {
        let is_one = sea_orm::Condition::any()
            .add(Column::Login.is_in(some.to_vec()))
            .add(Column::Email.is_in(some.to_vec()))
            .add(Column::Mobile.is_in(some.to_vec()));
        found.extend(Entity::find().filter(is_one).all(db).await?);
    }
    Ok(found)
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

/// Stores new users.
pub async fn insert_all(db: &impl ConnectionTrait, rows: Vec<User>) -> Result<(), DbErr> {
    super::insert_all::<ActiveModel>(db, rows).await
}

/// Changes the language the user is answered in.
pub async fn speak(db: &impl ConnectionTrait, id: UserId, language: &str) -> Result<(), DbErr> {
    let update =
        Entity::update_many().col_expr(Column::Language, Expr::value(language)).filter(Column::Id.eq(id));
    update.exec(db).await.map(drop)
}

/// Who somebody is and what they sign in with.
pub async fn update(db: &impl ConnectionTrait, user: &User) -> Result<(), DbErr> {
    let update = Entity::update_many()
        .col_expr(Column::Name, Expr::value(user.name.clone()))
        .col_expr(Column::Login, Expr::value(user.login.clone()))
        .col_expr(Column::Email, Expr::value(user.email.clone()))
        .col_expr(Column::Mobile, Expr::value(user.mobile.clone()));
    update.filter(Column::Id.eq(user.id)).exec(db).await.map(drop)
}

/// Replaces the password; whoever is disabled stays so.
pub async fn give_password(db: &impl ConnectionTrait, id: UserId, password_hash: &str) -> Result<(), DbErr> {
    let update = Entity::update_many().col_expr(Column::PasswordHash, Expr::value(password_hash));
    update.filter(Column::Id.eq(id)).exec(db).await.map(drop)
}

/// Replaces the password, and lets a disabled user in again.
pub async fn set_password(db: &impl ConnectionTrait, id: UserId, password_hash: &str) -> Result<(), DbErr> {
    let update = Entity::update_many()
        .col_expr(Column::PasswordHash, Expr::value(password_hash))
        .col_expr(Column::DisabledAt, Expr::value(None::<i64>))
        .filter(Column::Id.eq(id));
    update.exec(db).await.map(drop)
}
