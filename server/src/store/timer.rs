//! Events that are due at a time; a row goes when its event was taken.

mod entity {
    use crate::ids::{InstanceId, TeamId, TimerId};
    use sea_orm::entity::prelude::*;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "timer")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: TimerId,
        pub team_id: TeamId,
        pub instance_id: InstanceId,
        pub send_id: String,
        /// JSON of the engine's event.
        pub event: String,
        pub due_at: i64,
        /// Whoever claimed it may work on it until then; 0 when free.
        pub lease_until: i64,
        pub lease_token: Option<Uuid>,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as Timer;

use sea_orm::{ConnectionTrait, DbErr};

use entity::ActiveModel;

/// Stores new rows.
pub async fn insert_all(db: &impl ConnectionTrait, rows: Vec<Timer>) -> Result<(), DbErr> {
    super::insert_all::<ActiveModel>(db, rows).await
}
