//! Messages that leave the building, stored with what caused them.

mod entity {
    use crate::ids::{MessageId, SubmissionId, TeamId};
    use sea_orm::entity::prelude::*;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "outbox")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: MessageId,
        pub team_id: TeamId,
        pub submission_id: Option<SubmissionId>,
        pub kind: String,
        pub recipient: String,
        pub subject: String,
        pub text: String,
        pub status: String,
        pub attempts: i32,
        pub error: Option<String>,
        pub message_id: String,
        pub due_at: i64,
        pub lease_until: i64,
        pub lease_token: Option<Uuid>,
        pub created_at: i64,
        pub sent_at: Option<i64>,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as Message;

use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::ids::{MessageId, SubmissionId, TeamId};
use entity::{ActiveModel, Column, Entity};
use sea_orm::sea_query::Expr;
use uuid::Uuid;

/// Stores new rows.
pub async fn insert_all(db: &impl ConnectionTrait, rows: Vec<Message>) -> Result<(), DbErr> {
    super::insert_all::<ActiveModel>(db, rows).await
}

/// Due and claimed by nobody, of every team, the longest due first.
pub async fn due_of_all_teams(
    db: &impl ConnectionTrait,
    now_ms: i64,
    limit: u64,
) -> Result<Vec<Message>, DbErr> {
    let due = Entity::find().filter(Column::Status.eq("pending")).filter(Column::DueAt.lte(now_ms));
    due.filter(Column::LeaseUntil.lte(now_ms)).order_by_asc(Column::DueAt).limit(limit).all(db).await
}

/// Claims a message for a worker; false when another was faster.
pub async fn claim(
    db: &impl ConnectionTrait,
    id: MessageId,
    token: Uuid,
    now_ms: i64,
    until_ms: i64,
) -> Result<bool, DbErr> {
    let claimed = Entity::update_many()
        .col_expr(Column::LeaseUntil, Expr::value(until_ms))
        .col_expr(Column::LeaseToken, Expr::value(token))
        .filter(Column::Id.eq(id))
        .filter(Column::Status.eq("pending"))
        .filter(Column::LeaseUntil.lte(now_ms))
        .exec(db)
        .await?;
    Ok(claimed.rows_affected == 1)
}

/// What came of a try; false when the claim was lost meanwhile.
pub async fn settle(db: &impl ConnectionTrait, row: &Message, token: Uuid) -> Result<bool, DbErr> {
    let done = Entity::update_many()
        .col_expr(Column::Status, Expr::value(row.status.clone()))
        .col_expr(Column::Attempts, Expr::value(row.attempts))
        .col_expr(Column::Error, Expr::value(row.error.clone()))
        .col_expr(Column::DueAt, Expr::value(row.due_at))
        .col_expr(Column::SentAt, Expr::value(row.sent_at))
        .col_expr(Column::LeaseUntil, Expr::value(0_i64))
        .filter(Column::Id.eq(row.id))
        .filter(Column::LeaseToken.eq(token))
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

/// The team's messages, newest first, from before `before`; about one submission where one is named.
pub async fn page(
    db: &impl ConnectionTrait,
    team: TeamId,
    about: Option<SubmissionId>,
    before: Option<MessageId>,
    limit: u64,
) -> Result<Vec<Message>, DbErr> {
    let mut ours = Entity::find().filter(Column::TeamId.eq(team));
    if let Some(about) = about {
        ours = ours.filter(Column::SubmissionId.eq(about));
    }
    if let Some(before) = before {
        ours = ours.filter(Column::Id.lt(before));
    }
    ours.order_by_desc(Column::Id).limit(limit).all(db).await
}

/// One message.
pub async fn get(db: &impl ConnectionTrait, team: TeamId, id: MessageId) -> Result<Option<Message>, DbErr> {
    Entity::find_by_id(id).filter(Column::TeamId.eq(team)).one(db).await
}
