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

use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};

use crate::ids::{InstanceId, SubmissionId, TaskId, TeamId, UserId};
use entity::{ActiveModel, Column, Entity};
use sea_orm::sea_query::Expr;

/// Stores new rows.
pub async fn insert_all(db: &impl ConnectionTrait, rows: Vec<Task>) -> Result<(), DbErr> {
    super::insert_all::<ActiveModel>(db, rows).await
}

/// One task.
pub async fn get(db: &impl ConnectionTrait, team: TeamId, id: TaskId) -> Result<Option<Task>, DbErr> {
    Entity::find_by_id(id).filter(Column::TeamId.eq(team)).one(db).await
}

/// Tasks of a submission, open ones first, then newest first.
pub async fn of_submission(
    db: &impl ConnectionTrait,
    team: TeamId,
    submission: SubmissionId,
) -> Result<Vec<Task>, DbErr> {
    let ours = Entity::find().filter(Column::TeamId.eq(team)).filter(Column::SubmissionId.eq(submission));
    let mut tasks = ours.order_by_desc(Column::CreatedAt).all(db).await?;
    tasks.sort_by_key(|task| task.status != "open");
    Ok(tasks)
}

/// Ends what is open in `state`: done by somebody, or no longer needed.
pub async fn close(
    db: &impl ConnectionTrait,
    instance: InstanceId,
    state: &str,
    finished_by: Option<UserId>,
    now_ms: i64,
) -> Result<(), DbErr> {
    let status = if finished_by.is_some() { "done" } else { "cancelled" };
    Entity::update_many()
        .col_expr(Column::Status, Expr::value(status))
        .col_expr(Column::FinishedAt, Expr::value(now_ms))
        .col_expr(Column::FinishedBy, Expr::value(finished_by.map(|user| user.0)))
        .filter(Column::InstanceId.eq(instance))
        .filter(Column::State.eq(state))
        .filter(Column::Status.eq("open"))
        .exec(db)
        .await?;
    Ok(())
}

/// Gives the open tasks of a submission to its new assignee.
pub async fn hand_over(
    db: &impl ConnectionTrait,
    team: TeamId,
    submission: SubmissionId,
    to: Option<UserId>,
) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::AssigneeId, Expr::value(to.map(|user| user.0)))
        .filter(Column::TeamId.eq(team))
        .filter(Column::SubmissionId.eq(submission))
        .filter(Column::Status.eq("open"))
        .exec(db)
        .await?;
    Ok(())
}

/// Gives one open task to somebody else.
pub async fn give(
    db: &impl ConnectionTrait,
    team: TeamId,
    id: TaskId,
    to: Option<UserId>,
) -> Result<(), DbErr> {
    let update = Entity::update_many().col_expr(Column::AssigneeId, Expr::value(to.map(|user| user.0)));
    let open = update.filter(Column::TeamId.eq(team)).filter(Column::Id.eq(id));
    open.filter(Column::Status.eq("open")).exec(db).await.map(drop)
}

/// Open tasks of somebody, oldest first.
pub async fn held(
    db: &impl ConnectionTrait,
    team: TeamId,
    by: UserId,
    limit: u64,
) -> Result<Vec<Task>, DbErr> {
    let theirs = Entity::find().filter(Column::TeamId.eq(team)).filter(Column::AssigneeId.eq(by));
    theirs.filter(Column::Status.eq("open")).order_by_asc(Column::Id).limit(limit).all(db).await
}

/// How many open tasks somebody has.
pub async fn count_held(db: &impl ConnectionTrait, team: TeamId, by: UserId) -> Result<u64, DbErr> {
    let theirs = Entity::find().filter(Column::TeamId.eq(team)).filter(Column::AssigneeId.eq(by));
    theirs.filter(Column::Status.eq("open")).count(db).await
}

/// The team's tasks, newest first, from before `before`; of one person only those that are open.
pub async fn page(
    db: &impl ConnectionTrait,
    team: TeamId,
    assignee: Option<UserId>,
    before: Option<TaskId>,
    limit: u64,
) -> Result<Vec<Task>, DbErr> {
    let mut ours = Entity::find().filter(Column::TeamId.eq(team));
    if let Some(assignee) = assignee {
        ours = ours.filter(Column::AssigneeId.eq(assignee)).filter(Column::Status.eq("open"));
    }
    if let Some(before) = before {
        ours = ours.filter(Column::Id.lt(before));
    }
    ours.order_by_desc(Column::Id).limit(limit).all(db).await
}
