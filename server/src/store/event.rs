//! The timeline and audit log; rows are only ever added.

mod entity {
    use crate::ids::{CustomerId, EventId, SubmissionId, TeamId, UserId};
    use sea_orm::entity::prelude::*;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "event")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: EventId,
        pub team_id: TeamId,
        pub submission_id: Option<SubmissionId>,
        pub customer_id: Option<CustomerId>,
        pub kind: String,
        pub actor_id: Option<UserId>,
        pub is_public: bool,
        pub data: String,
        pub created_at: i64,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as EventRow;

use sea_orm::{ConnectionTrait, DbErr};

use entity::ActiveModel;

/// Stores new rows.
pub async fn insert_all(db: &impl ConnectionTrait, rows: Vec<EventRow>) -> Result<(), DbErr> {
    super::insert_all::<ActiveModel>(db, rows).await
}
