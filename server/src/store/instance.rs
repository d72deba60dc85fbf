//! Running flows, each pinned to the version it started on.

mod entity {
    use crate::ids::{DefinitionId, InstanceId, SubmissionId, TeamId};
    use sea_orm::entity::prelude::*;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "instance")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: InstanceId,
        pub team_id: TeamId,
        pub submission_id: Option<SubmissionId>,
        pub flow_id: DefinitionId,
        pub flow_key: String,
        pub version_number: i32,
        /// The engine's snapshot, as JSON text.
        pub snapshot: String,
        pub state: String,
        pub is_done: bool,
        /// Counts steps: a step is stored only on the step before it.
        pub step: i64,
        pub created_at: i64,
        pub updated_at: i64,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as Instance;

use sea_orm::{ConnectionTrait, DbErr};

use entity::ActiveModel;

/// Stores new rows.
pub async fn insert_all(db: &impl ConnectionTrait, rows: Vec<Instance>) -> Result<(), DbErr> {
    super::insert_all::<ActiveModel>(db, rows).await
}
