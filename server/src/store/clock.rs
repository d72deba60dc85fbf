//! Promises being measured.

mod entity {
    use crate::ids::{ClockId, InstanceId, SubmissionId, TeamId};
    use sea_orm::entity::prelude::*;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "clock")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: ClockId,
        pub team_id: TeamId,
        pub instance_id: InstanceId,
        pub submission_id: Option<SubmissionId>,
        pub form_key: Option<String>,
        pub name: String,
        /// JSON of a `Text`.
        pub title: String,
        pub state: String,
        pub started_at: i64,
        pub due_at: Option<i64>,
        pub warn_at: Option<i64>,
        pub stopped_at: Option<i64>,
        pub warned: bool,
        pub breached: bool,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as ClockRow;

use sea_orm::{ConnectionTrait, DbErr};

use entity::ActiveModel;

/// Stores new rows.
pub async fn insert_all(db: &impl ConnectionTrait, rows: Vec<ClockRow>) -> Result<(), DbErr> {
    super::insert_all::<ActiveModel>(db, rows).await
}
