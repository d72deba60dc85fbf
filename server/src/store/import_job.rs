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
