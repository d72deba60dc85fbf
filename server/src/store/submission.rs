//! Submissions, tickets among them.

mod entity {
    use crate::ids::{CustomerId, DefinitionId, SubmissionId, TeamId, UserId};
    use sea_orm::entity::prelude::*;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "submission")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: SubmissionId,
        pub team_id: TeamId,
        pub form_id: DefinitionId,
        pub form_key: String,
        pub version_number: i32,
        pub is_ticket: bool,
        pub number: i64,
        /// The document, as text: the order of its keys is the author's.
        pub data: String,
        pub customer_id: Option<CustomerId>,
        pub parent_id: Option<SubmissionId>,
        pub parent_link: Option<String>,
        pub channel: String,
        /// Active state of the flow beside it.
        pub state: Option<String>,
        pub is_open: bool,
        pub is_breached: bool,
        pub assignee_id: Option<UserId>,
        pub department_key: Option<String>,
        /// JSON array of texts.
        pub tags: String,
        pub language: String,
        pub receipt: String,
        /// SHA-256 of the progress link's token; absent when nothing was opened.
        pub progress_hash: Option<Vec<u8>>,
        pub created_by: Option<UserId>,
        pub created_at: i64,
        pub updated_at: i64,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as Submission;

use sea_orm::{ConnectionTrait, DbErr};

use entity::ActiveModel;

/// Stores new rows.
pub async fn insert_all(db: &impl ConnectionTrait, rows: Vec<Submission>) -> Result<(), DbErr> {
    super::insert_all::<ActiveModel>(db, rows).await
}
