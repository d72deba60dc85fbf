//! Who belongs to which team, as what, and how much work they hold.

mod entity {
    use crate::ids::{TeamId, UserId};
    use sea_orm::entity::prelude::*;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "membership")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub team_id: TeamId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub user_id: UserId,
        pub role: String,
        pub department_key: Option<String>,
        pub away: bool,
        /// Open tickets assigned; kept by the writer alone.
        pub open_tickets: i64,
        /// Breaks ties, and is the order of round-robin.
        pub last_assigned_at: i64,
        pub created_at: i64,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as Membership;
