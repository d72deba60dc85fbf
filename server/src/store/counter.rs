//! Named counters: the last serial number given per form, field and period.

mod entity {
    use sea_orm::entity::prelude::*;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "counter")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub scope: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub name: String,
        pub value: i64,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as Counter;

use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};

use crate::ids::DefinitionId;
use entity::{ActiveModel, Column, Entity};

/// The last number a form had given when one of its submissions was erased. Serial numbers are named by pointers, which begin
/// with a slash.
pub const LAST_NUMBER: &str = "last-number";
/// How many submissions of a form were erased.
pub const ERASED: &str = "erased";

/// Begins the names of the counters of options: `option 8 /sessionmorning`, with the length of the pointer.
pub const OPTION: &str = "option ";

/// The last value of a counter; 0 before the first.
pub async fn last(db: &impl ConnectionTrait, form: DefinitionId, name: &str) -> Result<i64, DbErr> {
    let found = Entity::find_by_id((form.into(), name.to_owned())).one(db).await?;
    Ok(found.map_or(0, |counter| counter.value))
}

/// Puts a counter at a value.
pub async fn put(db: &impl ConnectionTrait, form: DefinitionId, name: &str, value: i64) -> Result<(), DbErr> {
    let row = ActiveModel { scope: Set(form.into()), name: Set(name.to_owned()), value: Set(value) };
    let mut again = OnConflict::columns([Column::Scope, Column::Name]);
    again.update_column(Column::Value);
    Entity::insert(row).on_conflict(again).exec_without_returning(db).await?;
    Ok(())
}

/// How many submissions of a form chose each option that is counted: `(name, count)`.
pub async fn options(db: &impl ConnectionTrait, form: DefinitionId) -> Result<Vec<(String, i64)>, DbErr> {
    let ours = Entity::find().filter(Column::Scope.eq(form)).filter(Column::Name.starts_with(OPTION));
    Ok(ours.all(db).await?.into_iter().map(|counter| (counter.name, counter.value)).collect())
}

/// Forgets how many chose the options of a form: they are counted afresh when next asked for.
pub async fn forget_options(db: &impl ConnectionTrait, form: DefinitionId) -> Result<(), DbErr> {
    let ours = Entity::delete_many().filter(Column::Scope.eq(form));
    ours.filter(Column::Name.starts_with(OPTION)).exec(db).await.map(drop)
}
