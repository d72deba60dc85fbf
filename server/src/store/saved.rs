//! Half an answer, kept to go on with on another device.

mod entity {
    use crate::ids::{DefinitionId, InvitationId, SavedId, TeamId};
    use sea_orm::entity::prelude::*;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "saved_answer")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: SavedId,
        pub team_id: TeamId,
        pub form_id: DefinitionId,
        /// SHA-256 of the link's token.
        pub token_hash: Vec<u8>,
        /// To be typed where there is no link.
        pub code: String,
        /// The one-use link the form was opened by.
        pub invitation_id: Option<InvitationId>,
        /// What was typed so far, as JSON.
        pub data: String,
        pub created_at: i64,
        pub expires_at: i64,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as Saved;

use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter};

use crate::ids::SavedId;
use entity::{Column, Entity};

/// Stores it, in the place of what was kept under the same id.
pub async fn put(db: &impl ConnectionTrait, row: Saved) -> Result<(), DbErr> {
    let mut again = OnConflict::column(Column::Id);
    again.update_columns([Column::Data, Column::ExpiresAt]);
    Entity::insert(row.into_active_model()).on_conflict(again).exec_without_returning(db).await.map(drop)
}

/// What a link opens, of whatever team: the link is the right to go on.
pub async fn by_token_of_any_team(db: &impl ConnectionTrait, hash: &[u8]) -> Result<Option<Saved>, DbErr> {
    Entity::find().filter(Column::TokenHash.eq(hash)).one(db).await
}

/// What a code names, of whatever team.
pub async fn by_code_of_any_team(db: &impl ConnectionTrait, code: &str) -> Result<Option<Saved>, DbErr> {
    Entity::find().filter(Column::Code.eq(code)).one(db).await
}

/// Forgets it.
pub async fn delete(db: &impl ConnectionTrait, id: SavedId) -> Result<(), DbErr> {
    Entity::delete_by_id(id).exec(db).await.map(drop)
}

/// Forgets what nobody came back for.
pub async fn forget_before(db: &impl ConnectionTrait, now_ms: i64) -> Result<(), DbErr> {
    Entity::delete_many().filter(Column::ExpiresAt.lt(now_ms)).exec(db).await.map(drop)
}
