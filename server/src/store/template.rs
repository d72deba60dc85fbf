//! Apps that teams saved as templates: the gallery's own shelf, shared by the teams of the server.

mod entity {
    use crate::ids::{TeamId, TemplateId};
    use sea_orm::entity::prelude::*;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "template")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: TemplateId,
        /// Who shared it.
        pub team_id: TeamId,
        /// Unique on the server.
        pub key: String,
        /// The whole app document.
        pub document: String,
        pub created_at: i64,
        pub updated_at: i64,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as Template;

use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};

use crate::ids::TeamId;
use entity::{ActiveModel, Column, Entity};

/// What every team shared, by key.
pub async fn of_any_team(db: &impl ConnectionTrait) -> Result<Vec<Template>, DbErr> {
    Entity::find().order_by_asc(Column::Key).all(db).await
}

/// The template under a key, of whatever team.
pub async fn by_key_of_any_team(db: &impl ConnectionTrait, key: &str) -> Result<Option<Template>, DbErr> {
    Entity::find().filter(Column::Key.eq(key)).one(db).await
}

/// Stores a new template.
pub async fn insert(db: &impl ConnectionTrait, row: Template) -> Result<(), DbErr> {
    super::insert_all::<ActiveModel>(db, vec![row]).await
}

/// Replaces the document of a team's own template.
pub async fn save(db: &impl ConnectionTrait, row: &Template) -> Result<(), DbErr> {
    let update = Entity::update_many()
        .col_expr(Column::Document, Expr::value(row.document.clone()))
        .col_expr(Column::UpdatedAt, Expr::value(row.updated_at));
    let own = update.filter(Column::TeamId.eq(row.team_id)).filter(Column::Id.eq(row.id));
    own.exec(db).await.map(drop)
}

/// Takes a team's own templates of these keys off the shelf.
pub async fn delete(db: &impl ConnectionTrait, team: TeamId, keys: Vec<String>) -> Result<(), DbErr> {
    let own = Entity::delete_many().filter(Column::TeamId.eq(team)).filter(Column::Key.is_in(keys));
    own.exec(db).await.map(drop)
}
