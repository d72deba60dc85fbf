//! Teams: the tenants.

mod entity {
    use crate::ids::TeamId;
    use sea_orm::entity::prelude::*;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "team")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: TeamId,
        pub name: String,
        pub language: String,
        /// Rises with every publish and import, so that caches can tell they are old.
        pub definitions_rev: i64,
        pub created_at: i64,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as Team;
