//! Files sent with answers: what they are called, which question they answer, and under which hash they lie.

mod entity {
    use crate::ids::{DefinitionId, SubmissionId, TeamId, UploadId};
    use sea_orm::entity::prelude::*;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "upload")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: UploadId,
        pub team_id: TeamId,
        pub form_id: DefinitionId,
        /// The question's pattern: `/photos`, `/items/*/photo`.
        pub field: String,
        /// As its sender called it; text to be shown, never a path.
        pub name: String,
        /// As its bytes say; absent until it is whole.
        pub media_type: Option<String>,
        pub size_bytes: i64,
        /// SHA-256 of what it holds, in hex; absent until it is whole.
        pub content: Option<String>,
        /// Absent until an answer with it is stored.
        pub submission_id: Option<SubmissionId>,
        pub created_at: i64,
        /// Without an answer it is forgotten then.
        pub keep_until: i64,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as Upload;

use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
};

use crate::ids::{DefinitionId, SubmissionId, TeamId, UploadId};
use entity::{Column, Entity};

/// Stores a new row.
pub async fn insert(db: &impl ConnectionTrait, row: Upload) -> Result<(), DbErr> {
    Entity::insert(row.into_active_model()).exec_without_returning(db).await.map(drop)
}

/// The file of a team, or none.
pub async fn get(db: &impl ConnectionTrait, team: TeamId, id: UploadId) -> Result<Option<Upload>, DbErr> {
    Entity::find_by_id(id).filter(Column::TeamId.eq(team)).one(db).await
}

/// Those of `ids` that were sent for a form.
pub async fn of_form(
    db: &impl ConnectionTrait,
    form: DefinitionId,
    ids: Vec<UploadId>,
) -> Result<Vec<Upload>, DbErr> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    Entity::find().filter(Column::FormId.eq(form)).filter(Column::Id.is_in(ids)).all(db).await
}

/// The files of a submission, in the order they were sent.
pub async fn of_submission(
    db: &impl ConnectionTrait,
    team: TeamId,
    submission: SubmissionId,
) -> Result<Vec<Upload>, DbErr> {
    let ours = Entity::find().filter(Column::TeamId.eq(team)).filter(Column::SubmissionId.eq(submission));
    ours.order_by_asc(Column::Id).all(db).await
}

/// How many bytes were sent for a form since `since_ms`, also of files that are not whole.
pub async fn sent_since(db: &impl ConnectionTrait, form: DefinitionId, since_ms: i64) -> Result<i64, DbErr> {
    let sizes = Entity::find().select_only().column(Column::SizeBytes);
    let sizes = sizes.filter(Column::FormId.eq(form)).filter(Column::CreatedAt.gte(since_ms));
    let sizes: Vec<i64> = sizes.into_tuple().all(db).await?;
    Ok(sizes.iter().sum())
}

/// It is whole.
pub async fn complete(
    db: &impl ConnectionTrait,
    id: UploadId,
    media_type: String,
    content: String,
) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::MediaType, Expr::value(media_type))
        .col_expr(Column::Content, Expr::value(content))
        .filter(Column::Id.eq(id))
        .exec(db)
        .await
        .map(drop)
}

/// Binds files to the submission they came with; how many were free.
pub async fn claim(
    db: &impl ConnectionTrait,
    ids: Vec<UploadId>,
    submission: SubmissionId,
) -> Result<u64, DbErr> {
    let claimed = Entity::update_many()
        .col_expr(Column::SubmissionId, Expr::value(submission.0))
        .filter(Column::Id.is_in(ids))
        .filter(Column::SubmissionId.is_null())
        .exec(db)
        .await?;
    Ok(claimed.rows_affected)
}

/// Forgets a file that belongs to no answer.
pub async fn delete(db: &impl ConnectionTrait, id: UploadId) -> Result<(), DbErr> {
    Entity::delete_by_id(id).filter(Column::SubmissionId.is_null()).exec(db).await.map(drop)
}

/// Keeps files without an answer until `until_ms`, if that is later.
pub async fn keep(db: &impl ConnectionTrait, ids: Vec<UploadId>, until_ms: i64) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::KeepUntil, Expr::value(until_ms))
        .filter(Column::Id.is_in(ids))
        .filter(Column::KeepUntil.lt(until_ms))
        .exec(db)
        .await
        .map(drop)
}

/// Files that no answer bound in time, of every team.
pub async fn orphans_of_all_teams(db: &impl ConnectionTrait, now_ms: i64) -> Result<Vec<Upload>, DbErr> {
    let lost = Entity::find().filter(Column::SubmissionId.is_null()).filter(Column::KeepUntil.lt(now_ms));
    lost.limit(1_000).all(db).await
}

/// Which of these contents some file holds.
pub async fn held_of_all_teams(
    db: &impl ConnectionTrait,
    contents: Vec<String>,
) -> Result<Vec<String>, DbErr> {
    let held = Entity::find().select_only().column(Column::Content).distinct();
    held.filter(Column::Content.is_in(contents)).into_tuple().all(db).await
}
