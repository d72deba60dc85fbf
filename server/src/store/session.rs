//! Signed-in browsers.

mod entity {
    use crate::ids::{SessionId, TeamId, UserId};
    use sea_orm::entity::prelude::*;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "session")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: SessionId,
        pub token_hash: Vec<u8>,
        pub user_id: UserId,
        pub team_id: TeamId,
        pub created_at: i64,
        pub seen_at: i64,
        pub expires_at: i64,
        pub agent: Option<String>,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as Session;
