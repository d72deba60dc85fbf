//! Work for a person, opened by a state.

mod entity {
    use crate::ids::{InstanceId, SubmissionId, TaskId, TeamId, UserId};
    use sea_orm::entity::prelude::*;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "task")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: TaskId,
        pub team_id: TeamId,
        pub instance_id: InstanceId,
        pub submission_id: Option<SubmissionId>,
        pub form_key: Option<String>,
        pub state: String,
        /// JSON of a `Text`.
        pub title: String,
        /// JSON array: what the task offers.
        pub events: String,
        pub assignee_id: Option<UserId>,
        pub department_key: Option<String>,
        /// `open`, `done` or `cancelled`.
        pub status: String,
        pub created_at: i64,
        pub finished_at: Option<i64>,
        pub finished_by: Option<UserId>,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as Task;

use sea_orm::{ConnectionTrait, DbErr};

use entity::ActiveModel;

/// Stores new rows.
pub async fn insert_all(db: &impl ConnectionTrait, rows: Vec<Task>) -> Result<(), DbErr> {
    super::insert_all::<ActiveModel>(db, rows).await
}
