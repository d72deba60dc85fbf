//! What concerns somebody, read or not. Words are made when somebody reads.

mod entity {
    use crate::ids::{NotificationId, SubmissionId, TeamId, UserId};
    use sea_orm::entity::prelude::*;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "notification")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: NotificationId,
        pub team_id: TeamId,
        pub user_id: UserId,
        /// `NotificationKind`.
        pub kind: String,
        pub submission_id: Option<SubmissionId>,
        /// Whose doing it was; none for the flow and for customers.
        pub actor_id: Option<UserId>,
        /// JSON: the facts of the sentence.
        pub data: String,
        pub created_at: i64,
        pub read_at: Option<i64>,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as Notification;

use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};

use crate::ids::{NotificationId, SubmissionId, TeamId, UserId};
use entity::{ActiveModel, Column, Entity};

/// Stores new rows.
pub async fn insert_all(db: &impl ConnectionTrait, rows: Vec<Notification>) -> Result<(), DbErr> {
    super::insert_all::<ActiveModel>(db, rows).await
}

/// Every read of somebody's starts here.
fn own(team: TeamId, user: UserId) -> Select<Entity> {
    Entity::find().filter(Column::TeamId.eq(team)).filter(Column::UserId.eq(user))
}

/// Somebody's, newest first, from before `before`, without the `muted` kinds.
pub async fn page(
    db: &impl ConnectionTrait,
    (team, user): (TeamId, UserId),
    muted: &[String],
    before: Option<NotificationId>,
    limit: u64,
) -> Result<Vec<Notification>, DbErr> {
    let mut theirs = own(team, user).filter(Column::Kind.is_not_in(muted));
    if let Some(before) = before {
        theirs = theirs.filter(Column::Id.lt(before));
    }
    theirs.order_by_desc(Column::Id).limit(limit).all(db).await
}

/// What somebody has not read, newest first, without the `muted` kinds.
pub async fn unread(
    db: &impl ConnectionTrait,
    (team, user): (TeamId, UserId),
    muted: &[String],
    limit: u64,
) -> Result<Vec<Notification>, DbErr> {
    let theirs = own(team, user).filter(Column::Kind.is_not_in(muted)).filter(Column::ReadAt.is_null());
    theirs.order_by_desc(Column::Id).limit(limit).all(db).await
}

/// Which of somebody's are read.
#[derive(Debug, Clone, Copy)]
pub enum Which {
    /// One.
    One(NotificationId),
    /// Those about a submission.
    About(SubmissionId),
    /// All.
    All,
}

/// Somebody has read some; how many were unread.
pub async fn read(
    db: &impl ConnectionTrait,
    (team, user): (TeamId, UserId),
    which: Which,
    now_ms: i64,
) -> Result<u64, DbErr> {
    let mut theirs = Entity::update_many()
        .col_expr(Column::ReadAt, Expr::value(now_ms))
        .filter(Column::TeamId.eq(team))
        .filter(Column::UserId.eq(user))
        .filter(Column::ReadAt.is_null());
    theirs = match which {
        Which::One(id) => theirs.filter(Column::Id.eq(id)),
        Which::About(submission) => theirs.filter(Column::SubmissionId.eq(submission)),
        Which::All => theirs,
    };
    Ok(theirs.exec(db).await?.rows_affected)
}

/// Takes back what nobody has read yet of a kind about a submission: it no longer holds, or is told anew. Whose it was.
pub async fn withdraw(
    db: &impl ConnectionTrait,
    team: TeamId,
    submission: SubmissionId,
    kind: &str,
    user: Option<UserId>,
) -> Result<Vec<UserId>, DbErr> {
    let mut unread = Entity::find()
        .filter(Column::TeamId.eq(team))
        .filter(Column::SubmissionId.eq(submission))
        .filter(Column::Kind.eq(kind))
        .filter(Column::ReadAt.is_null());
    if let Some(user) = user {
        unread = unread.filter(Column::UserId.eq(user));
    }
    let rows = unread.all(db).await?;
    if !rows.is_empty() {
        let ids = rows.iter().map(|row| row.id);
        Entity::delete_many().filter(Column::TeamId.eq(team)).filter(Column::Id.is_in(ids)).exec(db).await?;
    }
    Ok(rows.into_iter().map(|row| row.user_id).collect())
}

/// Forgets what was told before `before_ms`, of every team.
pub async fn forget_before(db: &impl ConnectionTrait, before_ms: i64) -> Result<u64, DbErr> {
    let old = Entity::delete_many().filter(Column::CreatedAt.lt(before_ms));
    Ok(old.exec(db).await?.rows_affected)
}
