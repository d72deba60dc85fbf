//! One-use links to a form, bound to the submission they are about.

mod entity {
    use crate::ids::{CustomerId, InvitationId, SubmissionId, TeamId};
    use sea_orm::entity::prelude::*;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "invitation")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: InvitationId,
        pub team_id: TeamId,
        pub form_key: String,
        pub submission_id: Option<SubmissionId>,
        pub link: Option<String>,
        pub customer_id: Option<CustomerId>,
        pub token_hash: Vec<u8>,
        pub created_at: i64,
        pub used_at: Option<i64>,
        pub used_by: Option<SubmissionId>,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as Invitation;

use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};

use crate::ids::{InvitationId, SubmissionId, TeamId};
use entity::{ActiveModel, Column, Entity};
use sea_orm::sea_query::Expr;

/// Stores new rows.
pub async fn insert_all(db: &impl ConnectionTrait, rows: Vec<Invitation>) -> Result<(), DbErr> {
    super::insert_all::<ActiveModel>(db, rows).await
}

/// The invitation a link stands for, of whatever team: the link is the right to answer.
pub async fn by_token_of_any_team(
    db: &impl ConnectionTrait,
    hash: &[u8],
) -> Result<Option<Invitation>, DbErr> {
    Entity::find().filter(Column::TokenHash.eq(hash)).one(db).await
}

/// The newest invitation about a submission that nobody has used.
pub async fn open_for(
    db: &impl ConnectionTrait,
    team: TeamId,
    submission: SubmissionId,
) -> Result<Option<Invitation>, DbErr> {
    let ours = Entity::find().filter(Column::TeamId.eq(team)).filter(Column::SubmissionId.eq(submission));
    ours.filter(Column::UsedAt.is_null()).order_by_desc(Column::Id).one(db).await
}

/// Those of `ids` that are the team's, in no order.
pub async fn by_ids(
    db: &impl ConnectionTrait,
    team: TeamId,
    ids: Vec<InvitationId>,
) -> Result<Vec<Invitation>, DbErr> {
    let mut found = Vec::new();
    // SQLite takes a bounded number of parameters.
    for some in ids.chunks(500) {
        let ours = Entity::find().filter(Column::TeamId.eq(team)).filter(Column::Id.is_in(some.to_vec()));
        found.extend(ours.all(db).await?);
    }
    Ok(found)
}

/// Uses it up; false when it was used before.
pub async fn take(
    db: &impl ConnectionTrait,
    id: InvitationId,
    by: SubmissionId,
    now_ms: i64,
) -> Result<bool, DbErr> {
    let taken = Entity::update_many()
        .col_expr(Column::UsedAt, Expr::value(now_ms))
        .col_expr(Column::UsedBy, Expr::value(by.0))
        .filter(Column::Id.eq(id))
        .filter(Column::UsedAt.is_null())
        .exec(db)
        .await?;
    Ok(taken.rows_affected == 1)
}
