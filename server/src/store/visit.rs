//! When an instance entered and left each state.

mod entity {
    use crate::ids::{InstanceId, SubmissionId, TeamId, VisitId};
    use sea_orm::entity::prelude::*;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "visit")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: VisitId,
        pub team_id: TeamId,
        pub instance_id: InstanceId,
        pub submission_id: Option<SubmissionId>,
        pub flow_key: String,
        pub form_key: Option<String>,
        pub state: String,
        pub entered_at: i64,
        pub left_at: Option<i64>,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as Visit;

use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};

use crate::ids::{InstanceId, SubmissionId, TeamId};
use entity::{ActiveModel, Column, Entity};
use sea_orm::sea_query::Expr;

/// Stores new rows.
pub async fn insert_all(db: &impl ConnectionTrait, rows: Vec<Visit>) -> Result<(), DbErr> {
    super::insert_all::<ActiveModel>(db, rows).await
}

/// The instance leaves a state.
pub async fn leave(
    db: &impl ConnectionTrait,
    instance: InstanceId,
    state: &str,
    now_ms: i64,
) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::LeftAt, Expr::value(now_ms))
        .filter(Column::InstanceId.eq(instance))
        .filter(Column::State.eq(state))
        .filter(Column::LeftAt.is_null())
        .exec(db)
        .await?;
    Ok(())
}

/// Every stay in a state beside a submission, oldest first.
pub async fn of_submission(
    db: &impl ConnectionTrait,
    team: TeamId,
    submission: SubmissionId,
) -> Result<Vec<Visit>, DbErr> {
    let ours = Entity::find().filter(Column::TeamId.eq(team)).filter(Column::SubmissionId.eq(submission));
    ours.order_by_asc(Column::Id).all(db).await
}
