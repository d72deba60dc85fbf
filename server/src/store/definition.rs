//! Definitions: what an author saved, and which version of it is live.

mod entity {
    use crate::ids::{AppId, DefinitionId, TeamId, UserId};
    use sea_orm::entity::prelude::*;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "definition")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: DefinitionId,
        pub team_id: TeamId,
        pub app_id: AppId,
        pub kind: String,
        pub key: String,
        pub draft: String,
        pub rev: i32,
        pub live_version: Option<i32>,
        pub created_at: i64,
        pub updated_at: i64,
        /// Who saved the draft last, and when.
        pub saved_by: Option<UserId>,
        pub saved_at: Option<i64>,
        /// Who is at it, and when they said so last.
        pub held_by: Option<UserId>,
        pub held_at: Option<i64>,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as Definition;

use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};

use crate::ids::{DefinitionId, TeamId, UserId};
use entity::{ActiveModel, Column, Entity};

/// The team's definitions, by kind and key.
pub async fn list(db: &impl ConnectionTrait, team: TeamId) -> Result<Vec<Definition>, DbErr> {
    let ours = Entity::find().filter(Column::TeamId.eq(team));
    ours.order_by_asc(Column::Kind).order_by_asc(Column::Key).all(db).await
}

/// The definition, or none, also when it belongs to another team.
pub async fn get(
    db: &impl ConnectionTrait,
    team: TeamId,
    id: DefinitionId,
) -> Result<Option<Definition>, DbErr> {
    Entity::find_by_id(id).filter(Column::TeamId.eq(team)).one(db).await
}

/// The definition of a kind under a key.
pub async fn by_key(
    db: &impl ConnectionTrait,
    team: TeamId,
    kind: &str,
    key: &str,
) -> Result<Option<Definition>, DbErr> {
    let ours = Entity::find().filter(Column::TeamId.eq(team));
    ours.filter(Column::Kind.eq(kind)).filter(Column::Key.eq(key)).one(db).await
}

/// Stores a new definition.
pub async fn insert(db: &impl ConnectionTrait, row: Definition) -> Result<(), DbErr> {
    super::insert_all::<ActiveModel>(db, vec![row]).await
}

/// Stores draft, rev and live version, on `rev` alone; false when somebody saved in between.
pub async fn save(db: &impl ConnectionTrait, row: &Definition, rev: i32) -> Result<bool, DbErr> {
    use sea_orm::sea_query::Expr;
    let done = Entity::update_many()
        .col_expr(Column::Draft, Expr::value(row.draft.clone()))
        .col_expr(Column::Rev, Expr::value(row.rev))
        .col_expr(Column::LiveVersion, Expr::value(row.live_version))
        .col_expr(Column::UpdatedAt, Expr::value(row.updated_at))
        .col_expr(Column::SavedBy, Expr::value(row.saved_by))
        .col_expr(Column::SavedAt, Expr::value(row.saved_at))
        .filter(Column::TeamId.eq(row.team_id))
        .filter(Column::Id.eq(row.id))
        .filter(Column::Rev.eq(rev))
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Notes who is at a definition, or nobody.
pub async fn hold(
    db: &impl ConnectionTrait,
    team: TeamId,
    id: DefinitionId,
    held: Option<(UserId, i64)>,
) -> Result<(), DbErr> {
    use sea_orm::sea_query::Expr;
    Entity::update_many()
        .col_expr(Column::HeldBy, Expr::value(held.map(|(user, _)| user)))
        .col_expr(Column::HeldAt, Expr::value(held.map(|(_, at)| at)))
        .filter(Column::TeamId.eq(team))
        .filter(Column::Id.eq(id))
        .exec(db)
        .await
        .map(drop)
}
