//! Keys the server made for itself.

mod entity {
    use sea_orm::entity::prelude::*;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "secret")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub name: String,
        pub value: Vec<u8>,
        pub created_at: i64,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as Secret;

use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter, TryInsertResult,
};

use entity::{Column, Entity};

/// The key called `name`, if one was made.
pub async fn get(db: &impl ConnectionTrait, name: &str) -> Result<Option<Vec<u8>>, DbErr> {
    let found = Entity::find().filter(Column::Name.eq(name)).one(db).await?;
    Ok(found.map(|secret| secret.value))
}

/// Keeps `secret`; false when one of its name was there, or came at the same time and was first.
pub async fn claim(db: &impl ConnectionTrait, secret: Secret) -> Result<bool, DbErr> {
    let kept = Entity::insert(secret.into_active_model()).on_conflict_do_nothing();
    Ok(matches!(kept.exec_without_returning(db).await?, TryInsertResult::Inserted(1)))
}

/// Keeps `secret` unless one of its name is there already.
pub async fn keep(db: &impl ConnectionTrait, secret: Secret) -> Result<(), DbErr> {
    Entity::insert(secret.into_active_model())
        .on_conflict_do_nothing()
        .exec_without_returning(db)
        .await
        .map(drop)
}

/// Takes a key away.
pub async fn delete(db: &impl ConnectionTrait, name: &str) -> Result<(), DbErr> {
    Entity::delete_by_id(name.to_owned()).exec(db).await.map(drop)
}
