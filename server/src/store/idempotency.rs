//! What was answered to a submit with an `Idempotency-Key`, kept for 72 hours.

mod entity {
    use crate::ids::{DefinitionId, SubmissionId};
    use sea_orm::entity::prelude::*;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "idempotency")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub form_id: DefinitionId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub key: String,
        pub body_hash: Vec<u8>,
        pub submission_id: SubmissionId,
        pub status: i32,
        pub body: String,
        pub created_at: i64,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as Idempotency;

use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};

use crate::ids::DefinitionId;
use entity::{ActiveModel, Column, Entity};

/// Stores new rows.
pub async fn insert_all(db: &impl ConnectionTrait, rows: Vec<Idempotency>) -> Result<(), DbErr> {
    super::insert_all::<ActiveModel>(db, rows).await
}

/// What was answered under `keys` before.
pub async fn of_keys(
    db: &impl ConnectionTrait,
    form: DefinitionId,
    keys: Vec<String>,
) -> Result<Vec<Idempotency>, DbErr> {
    Entity::find().filter(Column::FormId.eq(form)).filter(Column::Key.is_in(keys)).all(db).await
}

/// Forgets what retries no longer ask for; claims of `one_per` rules stay.
pub async fn forget_before(db: &impl ConnectionTrait, before_ms: i64) -> Result<u64, DbErr> {
    let old = Entity::delete_many()
        .filter(Column::CreatedAt.lt(before_ms))
        .filter(Column::Key.not_like("one_per:%"));
    Ok(old.exec(db).await?.rows_affected)
}
