//! Published versions; a row never changes.

mod entity {
    use crate::ids::{DefinitionId, TeamId, UserId, VersionId};
    use sea_orm::entity::prelude::*;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "version")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: VersionId,
        pub team_id: TeamId,
        pub definition_id: DefinitionId,
        pub number: i32,
        pub document: String,
        pub created_by: Option<UserId>,
        pub created_at: i64,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as Version;
