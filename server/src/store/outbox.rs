//! Messages that leave the building, stored with what caused them.

mod entity {
    use crate::ids::{MessageId, SubmissionId, TeamId};
    use sea_orm::entity::prelude::*;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "outbox")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: MessageId,
        pub team_id: TeamId,
        pub submission_id: Option<SubmissionId>,
        pub kind: String,
        pub recipient: String,
        pub subject: String,
        pub text: String,
        pub status: String,
        pub attempts: i32,
        pub error: Option<String>,
        pub message_id: String,
        pub due_at: i64,
        pub lease_until: i64,
        pub lease_token: Option<Uuid>,
        pub created_at: i64,
        pub sent_at: Option<i64>,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as Message;

use sea_orm::{ConnectionTrait, DbErr};

use entity::ActiveModel;

/// Stores new rows.
pub async fn insert_all(db: &impl ConnectionTrait, rows: Vec<Message>) -> Result<(), DbErr> {
    super::insert_all::<ActiveModel>(db, rows).await
}
