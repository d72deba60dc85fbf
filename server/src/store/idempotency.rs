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

use sea_orm::{ConnectionTrait, DbErr};

use entity::ActiveModel;

/// Stores new rows.
pub async fn insert_all(db: &impl ConnectionTrait, rows: Vec<Idempotency>) -> Result<(), DbErr> {
    super::insert_all::<ActiveModel>(db, rows).await
}
