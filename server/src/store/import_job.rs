//! Imports of files of answers.

mod entity {
    use crate::ids::{ImportId, TeamId, UserId};
    use sea_orm::entity::prelude::*;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "import_job")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: ImportId,
        pub team_id: TeamId,
        pub created_by: UserId,
        pub file: String,
        pub encoding: String,
        pub status: String,
        pub request: Option<String>,
        pub rows: i64,
        pub done: i64,
        pub imported: i64,
        pub refused: i64,
        pub refusals: String,
        pub form_key: Option<String>,
        pub error: Option<String>,
        pub created_at: i64,
        pub updated_at: i64,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as ImportJob;

use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter};

use crate::ids::{ImportId, TeamId};
use entity::{ActiveModel, Column, Entity};

/// The import, or none, also when it belongs to another team.
pub async fn get(db: &impl ConnectionTrait, team: TeamId, id: ImportId) -> Result<Option<ImportJob>, DbErr> {
    Entity::find_by_id(id).filter(Column::TeamId.eq(team)).one(db).await
}

/// Stores a new import.
pub async fn insert(db: &impl ConnectionTrait, row: ImportJob) -> Result<(), DbErr> {
    super::insert_all::<ActiveModel>(db, vec![row]).await
}

/// Stores a changed import.
pub async fn update(db: &impl ConnectionTrait, row: ImportJob) -> Result<(), DbErr> {
    use sea_orm::ActiveModelTrait;
    let (team, id) = (row.team_id, row.id);
    let all = row.into_active_model().reset_all();
    let ours = Entity::update_many().set(all).filter(Column::TeamId.eq(team)).filter(Column::Id.eq(id));
    ours.exec(db).await.map(drop)
}
