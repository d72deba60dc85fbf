//! API tokens: bearer secrets of programs.

mod entity {
    use crate::ids::{TeamId, TokenId, UserId};
    use sea_orm::entity::prelude::*;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "api_token")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: TokenId,
        pub team_id: TeamId,
        pub user_id: UserId,
        pub name: String,
        pub prefix: String,
        pub token_hash: Vec<u8>,
        pub created_at: i64,
        pub last_used_at: Option<i64>,
        pub revoked_at: Option<i64>,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as Token;
