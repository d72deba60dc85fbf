//! The addresses a customer is recognised by; each is one customer's in a team.

mod entity {
    use crate::ids::{CustomerId, IdentityId, TeamId};
    use sea_orm::entity::prelude::*;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "customer_identity")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: IdentityId,
        pub team_id: TeamId,
        pub customer_id: CustomerId,
        pub kind: String,
        pub value: String,
        pub created_at: i64,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as CustomerIdentity;

use sea_orm::{ConnectionTrait, DbErr};

use entity::ActiveModel;

/// Stores new rows.
pub async fn insert_all(db: &impl ConnectionTrait, rows: Vec<CustomerIdentity>) -> Result<(), DbErr> {
    super::insert_all::<ActiveModel>(db, rows).await
}
