//! Small files at the root of the server, by which a team proves to a messenger that the address is its own.

mod entity {
    use crate::ids::TeamId;
    use sea_orm::entity::prelude::*;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "site_file")]
    pub struct Model {
        /// Unique on the server: `MP_verify_abc.txt`.
        #[sea_orm(primary_key, auto_increment = false)]
        pub name: String,
        pub team_id: TeamId,
        pub content: String,
        pub updated_at: i64,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as SiteFile;

use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};

use crate::ids::TeamId;
use entity::{Column, Entity};

/// The file of a name, of whatever team: it is for everybody to read.
pub async fn get_of_any_team(db: &impl ConnectionTrait, name: &str) -> Result<Option<SiteFile>, DbErr> {
    Entity::find_by_id(name.to_owned()).one(db).await
}

/// A team's files.
pub async fn list(db: &impl ConnectionTrait, team: TeamId) -> Result<Vec<SiteFile>, DbErr> {
    Entity::find().filter(Column::TeamId.eq(team)).order_by_asc(Column::Name).all(db).await
}

/// Stores it in the place of the one of its name.
pub async fn put(db: &impl ConnectionTrait, row: SiteFile) -> Result<(), DbErr> {
    let mut again = OnConflict::column(Column::Name);
    again.update_columns([Column::Content, Column::UpdatedAt]);
    Entity::insert(row.into_active_model()).on_conflict(again).exec_without_returning(db).await.map(drop)
}

/// Takes it away, if the team has one of the name.
pub async fn delete(db: &impl ConnectionTrait, team: TeamId, name: String) -> Result<(), DbErr> {
    Entity::delete_by_id(name).filter(Column::TeamId.eq(team)).exec(db).await.map(drop)
}
