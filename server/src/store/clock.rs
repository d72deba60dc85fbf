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

use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};

use crate::ids::{InstanceId, SubmissionId, TeamId};
use entity::{ActiveModel, Column, Entity};
use sea_orm::sea_query::Expr;

/// Stores new rows.
pub async fn insert_all(db: &impl ConnectionTrait, rows: Vec<ClockRow>) -> Result<(), DbErr> {
    super::insert_all::<ActiveModel>(db, rows).await
}

/// One clock of a flow.
pub async fn get(
    db: &impl ConnectionTrait,
    instance: InstanceId,
    name: &str,
) -> Result<Option<ClockRow>, DbErr> {
    Entity::find().filter(Column::InstanceId.eq(instance)).filter(Column::Name.eq(name)).one(db).await
}

/// The clocks of a submission, in the order they were started.
pub async fn of_submission(
    db: &impl ConnectionTrait,
    team: TeamId,
    submission: SubmissionId,
) -> Result<Vec<ClockRow>, DbErr> {
    let ours = Entity::find().filter(Column::TeamId.eq(team)).filter(Column::SubmissionId.eq(submission));
    ours.order_by_asc(Column::Id).all(db).await
}

/// The running clocks of many submissions, for a list.
pub async fn of_submissions(
    db: &impl ConnectionTrait,
    team: TeamId,
    submissions: Vec<SubmissionId>,
) -> Result<Vec<ClockRow>, DbErr> {
    Entity::find()
        .filter(Column::TeamId.eq(team))
        .filter(Column::SubmissionId.is_in(submissions))
        .order_by_asc(Column::DueAt)
        .all(db)
        .await
}

/// Stores the new value of a clock that has a row; false when it has none yet.
pub async fn update(db: &impl ConnectionTrait, instance: InstanceId, row: &ClockRow) -> Result<bool, DbErr> {
    let done = Entity::update_many()
        .col_expr(Column::State, Expr::value(row.state.clone()))
        .col_expr(Column::StartedAt, Expr::value(row.started_at))
        .col_expr(Column::DueAt, Expr::value(row.due_at))
        .col_expr(Column::WarnAt, Expr::value(row.warn_at))
        .col_expr(Column::StoppedAt, Expr::value(row.stopped_at))
        .col_expr(Column::Warned, Expr::value(row.warned))
        .col_expr(Column::Breached, Expr::value(row.breached))
        .filter(Column::InstanceId.eq(instance))
        .filter(Column::Name.eq(row.name.as_str()))
        .exec(db)
        .await?;
    Ok(done.rows_affected > 0)
}
