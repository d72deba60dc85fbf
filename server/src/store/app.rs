//! Apps: the folders of definitions that are exported and imported whole.

mod entity {
    use crate::ids::{AppId, TeamId};
    use sea_orm::entity::prelude::*;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "app")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: AppId,
        pub team_id: TeamId,
        pub key: String,
        /// The app document without its definitions: title, departments, templates, samples.
        pub document: String,
        pub created_at: i64,
        pub updated_at: i64,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as AppRow;
