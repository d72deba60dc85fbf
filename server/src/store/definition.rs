//! Definitions: what an author saved, and which version of it is live.

mod entity {
    use crate::ids::{AppId, DefinitionId, TeamId};
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
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as Definition;
