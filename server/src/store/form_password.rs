//! Passwords of forms. None stands in a definition, which travels.

mod entity {
    use crate::ids::{DefinitionId, TeamId};
    use sea_orm::entity::prelude::*;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "form_password")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub form_id: DefinitionId,
        pub team_id: TeamId,
        /// A PHC string.
        pub hash: String,
        pub updated_at: i64,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as FormPassword;

use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter};

use crate::ids::{DefinitionId, TeamId};
use entity::{Column, Entity};

/// The password of a form, if it has one.
pub async fn get(
    db: &impl ConnectionTrait,
    team: TeamId,
    form: DefinitionId,
) -> Result<Option<FormPassword>, DbErr> {
    Entity::find_by_id(form).filter(Column::TeamId.eq(team)).one(db).await
}

/// The passwords of a team's forms.
pub async fn list(db: &impl ConnectionTrait, team: TeamId) -> Result<Vec<FormPassword>, DbErr> {
    Entity::find().filter(Column::TeamId.eq(team)).all(db).await
}

/// Sets it.
pub async fn put(db: &impl ConnectionTrait, row: FormPassword) -> Result<(), DbErr> {
    let mut again = OnConflict::column(Column::FormId);
    again.update_columns([Column::Hash, Column::UpdatedAt]);
    Entity::insert(row.into_active_model()).on_conflict(again).exec_without_returning(db).await.map(drop)
}

/// Takes it away.
pub async fn delete(db: &impl ConnectionTrait, team: TeamId, form: DefinitionId) -> Result<(), DbErr> {
    Entity::delete_by_id(form).filter(Column::TeamId.eq(team)).exec(db).await.map(drop)
}
