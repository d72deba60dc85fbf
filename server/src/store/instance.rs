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

use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};

use crate::ids::{InstanceId, SubmissionId, TeamId};
use entity::{ActiveModel, Column, Entity};

/// Stores new rows.
pub async fn insert_all(db: &impl ConnectionTrait, rows: Vec<Instance>) -> Result<(), DbErr> {
    super::insert_all::<ActiveModel>(db, rows).await
}

/// The instance, or none, also when it belongs to another team.
pub async fn get(db: &impl ConnectionTrait, team: TeamId, id: InstanceId) -> Result<Option<Instance>, DbErr> {
    Entity::find_by_id(id).filter(Column::TeamId.eq(team)).one(db).await
}

/// The flows that run, or ran, beside a submission, oldest first.
pub async fn of_submission(
    db: &impl ConnectionTrait,
    team: TeamId,
    submission: SubmissionId,
) -> Result<Vec<Instance>, DbErr> {
    let ours = Entity::find().filter(Column::TeamId.eq(team)).filter(Column::SubmissionId.eq(submission));
    ours.order_by_asc(Column::Id).all(db).await
}

/// Stores a step on the step before it; false when somebody was faster.
pub async fn advance(db: &impl ConnectionTrait, row: &Instance) -> Result<bool, DbErr> {
    use sea_orm::sea_query::Expr;
    let done = Entity::update_many()
        .col_expr(Column::Snapshot, Expr::value(row.snapshot.clone()))
        .col_expr(Column::State, Expr::value(row.state.clone()))
        .col_expr(Column::IsDone, Expr::value(row.is_done))
        .col_expr(Column::Step, Expr::value(row.step))
        .col_expr(Column::UpdatedAt, Expr::value(row.updated_at))
        .filter(Column::TeamId.eq(row.team_id))
        .filter(Column::Id.eq(row.id))
        .filter(Column::Step.eq(row.step - 1))
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}
