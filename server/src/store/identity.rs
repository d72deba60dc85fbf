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

use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::ids::{CustomerId, TeamId};
use entity::{ActiveModel, Column, Entity};

/// Stores new rows.
pub async fn insert_all(db: &impl ConnectionTrait, rows: Vec<CustomerIdentity>) -> Result<(), DbErr> {
    super::insert_all::<ActiveModel>(db, rows).await
}

/// The team's identities of one kind with these values.
pub async fn of_values(
    db: &impl ConnectionTrait,
    team: TeamId,
    kind: &str,
    values: Vec<String>,
) -> Result<Vec<CustomerIdentity>, DbErr> {
    let ours = Entity::find().filter(Column::TeamId.eq(team)).filter(Column::Kind.eq(kind));
    ours.filter(Column::Value.is_in(values)).all(db).await
}

/// The identities of many customers, oldest first.
pub async fn of_customers(
    db: &impl ConnectionTrait,
    team: TeamId,
    customers: Vec<CustomerId>,
) -> Result<Vec<CustomerIdentity>, DbErr> {
    let ours = Entity::find().filter(Column::TeamId.eq(team)).filter(Column::CustomerId.is_in(customers));
    ours.order_by_asc(Column::Id).all(db).await
}

/// Customers with an identity that holds `search`, a page's worth.
pub async fn holding(
    db: &impl ConnectionTrait,
    team: TeamId,
    search: &str,
) -> Result<Vec<CustomerId>, DbErr> {
    let found = Entity::find().filter(Column::TeamId.eq(team)).filter(Column::Value.contains(search));
    Ok(found.limit(500).all(db).await?.into_iter().map(|identity| identity.customer_id).collect())
}
