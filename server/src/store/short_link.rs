//! Short links: a code after `/q/` that leads to a form, whatever its address is by now.

mod entity {
    use crate::ids::{DefinitionId, TeamId};
    use sea_orm::entity::prelude::*;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "short_link")]
    pub struct Model {
        /// Unique on the server: `k7mq2xp`.
        #[sea_orm(primary_key, auto_increment = false)]
        pub code: String,
        pub team_id: TeamId,
        pub form_id: DefinitionId,
        /// Where it hangs; none for the form's own.
        pub label: Option<String>,
        /// Pointer of the question that the label answers.
        pub field: Option<String>,
        pub created_at: i64,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as ShortLink;

use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};

use crate::ids::{DefinitionId, TeamId};
use entity::{Column, Entity};

/// Where a code leads, of whatever team: codes are the server's.
pub async fn get_of_any_team(db: &impl ConnectionTrait, code: &str) -> Result<Option<ShortLink>, DbErr> {
    Entity::find_by_id(code.to_owned()).one(db).await
}

/// Those of a form, the oldest first.
pub async fn of_form(
    db: &impl ConnectionTrait,
    team: TeamId,
    form: DefinitionId,
) -> Result<Vec<ShortLink>, DbErr> {
    let ours = Entity::find().filter(Column::TeamId.eq(team)).filter(Column::FormId.eq(form));
    ours.order_by_asc(Column::CreatedAt).order_by_asc(Column::Code).all(db).await
}

/// Stores a new one.
pub async fn insert(db: &impl ConnectionTrait, row: ShortLink) -> Result<(), DbErr> {
    Entity::insert(row.into_active_model()).exec_without_returning(db).await.map(drop)
}

/// Takes one of the form away; false when there is none of the code.
pub async fn delete(
    db: &impl ConnectionTrait,
    team: TeamId,
    form: DefinitionId,
    code: &str,
) -> Result<bool, DbErr> {
    let ours = Entity::delete_by_id(code.to_owned()).filter(Column::TeamId.eq(team));
    Ok(ours.filter(Column::FormId.eq(form)).exec(db).await?.rows_affected == 1)
}
