//! Departments: flows route work to them by key.

mod entity {
    use crate::ids::{DepartmentId, TeamId, UserId};
    use sea_orm::entity::prelude::*;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "department")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: DepartmentId,
        pub team_id: TeamId,
        pub key: String,
        /// JSON of a `Text`.
        pub title: String,
        pub head_id: Option<UserId>,
        pub created_at: i64,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as Department;
