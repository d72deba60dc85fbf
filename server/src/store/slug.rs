//! Addresses of published forms, unique on the whole server.

mod entity {
    use crate::ids::{DefinitionId, TeamId};
    use sea_orm::entity::prelude::*;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "slug")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub slug: String,
        pub team_id: TeamId,
        pub definition_id: DefinitionId,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as Slug;

use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};

use crate::ids::DefinitionId;
use entity::{ActiveModel, Column, Entity};

/// Who holds a public address, of whatever team: addresses are the server's.
pub async fn get_of_any_team(db: &impl ConnectionTrait, slug: &str) -> Result<Option<Slug>, DbErr> {
    Entity::find_by_id(slug).one(db).await
}

/// Takes an address.
pub async fn insert(db: &impl ConnectionTrait, row: Slug) -> Result<(), DbErr> {
    super::insert_all::<ActiveModel>(db, vec![row]).await
}

/// Gives up the addresses of a definition.
pub async fn release(db: &impl ConnectionTrait, definition: DefinitionId) -> Result<(), DbErr> {
    Entity::delete_many().filter(Column::DefinitionId.eq(definition)).exec(db).await?;
    Ok(())
}
