//! Apps: the folders of definitions that are exported and imported whole.

mod entity {
    use crate::ids::{AppId, TeamId};
    use sea_orm::entity::prelude::*;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "app")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: AppId,
        pub team_id: TeamId,
        pub key: String,
        /// The app document without its definitions: title, departments, templates, samples.
        pub document: String,
        /// JSON: the document that was installed last, and what it calls differently than its file did.
        pub installed: Option<String>,
        pub created_at: i64,
        pub updated_at: i64,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as AppRow;

use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};

use crate::ids::TeamId;
use entity::{ActiveModel, Column, Entity};
use sea_orm::sea_query::Expr;

/// The team's apps, by key.
pub async fn list(db: &impl ConnectionTrait, team: TeamId) -> Result<Vec<AppRow>, DbErr> {
    Entity::find().filter(Column::TeamId.eq(team)).order_by_asc(Column::Key).all(db).await
}

/// The app under a key.
pub async fn by_key(db: &impl ConnectionTrait, team: TeamId, key: &str) -> Result<Option<AppRow>, DbErr> {
    Entity::find().filter(Column::TeamId.eq(team)).filter(Column::Key.eq(key)).one(db).await
}

/// Stores a new app.
pub async fn insert(db: &impl ConnectionTrait, row: AppRow) -> Result<(), DbErr> {
    super::insert_all::<ActiveModel>(db, vec![row]).await
}

/// Replaces what the app says beside its definitions.
pub async fn save(db: &impl ConnectionTrait, row: &AppRow) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::Document, Expr::value(row.document.clone()))
        .col_expr(Column::Installed, Expr::value(row.installed.clone()))
        .col_expr(Column::UpdatedAt, Expr::value(row.updated_at))
        .filter(Column::TeamId.eq(row.team_id))
        .filter(Column::Id.eq(row.id))
        .exec(db)
        .await?;
    Ok(())
}
