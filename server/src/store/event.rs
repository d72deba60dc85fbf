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

use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::ids::{EventId, SubmissionId, TeamId};
use entity::{ActiveModel, Column, Entity};

/// Stores new rows.
pub async fn insert_all(db: &impl ConnectionTrait, rows: Vec<EventRow>) -> Result<(), DbErr> {
    super::insert_all::<ActiveModel>(db, rows).await
}

/// The timeline of a submission, oldest first.
pub async fn of_submission(
    db: &impl ConnectionTrait,
    team: TeamId,
    submission: SubmissionId,
) -> Result<Vec<EventRow>, DbErr> {
    let ours = Entity::find().filter(Column::TeamId.eq(team)).filter(Column::SubmissionId.eq(submission));
    ours.order_by_asc(Column::Id).all(db).await
}

/// What happened around a customer, newest first.
pub async fn of_submissions(
    db: &impl ConnectionTrait,
    team: TeamId,
    submissions: Vec<SubmissionId>,
    limit: u64,
) -> Result<Vec<EventRow>, DbErr> {
    let ours = Entity::find().filter(Column::TeamId.eq(team)).filter(Column::SubmissionId.is_in(submissions));
    ours.order_by_desc(Column::Id).limit(limit).all(db).await
}

/// The team's events, oldest first, after `after`.
pub async fn page(
    db: &impl ConnectionTrait,
    team: TeamId,
    after: Option<EventId>,
    limit: u64,
) -> Result<Vec<EventRow>, DbErr> {
    let mut ours = Entity::find().filter(Column::TeamId.eq(team));
    if let Some(after) = after {
        ours = ours.filter(Column::Id.gt(after));
    }
    ours.order_by_asc(Column::Id).limit(limit).all(db).await
}
