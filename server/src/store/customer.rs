//! Customers of a team.

mod entity {
    use crate::ids::{CustomerId, TeamId};
    use sea_orm::entity::prelude::*;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "customer")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: CustomerId,
        pub team_id: TeamId,
        pub name: String,
        pub tier: Option<String>,
        /// JSON object.
        pub attributes: String,
        /// JSON array of texts.
        pub tags: String,
        pub created_at: i64,
        pub updated_at: i64,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as Customer;

use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};

use crate::ids::{CustomerId, TeamId};
use entity::{ActiveModel, Column, Entity};

/// Stores new rows.
pub async fn insert_all(db: &impl ConnectionTrait, rows: Vec<Customer>) -> Result<(), DbErr> {
    super::insert_all::<ActiveModel>(db, rows).await
}

/// The customer, or none, also when it belongs to another team.
pub async fn get(db: &impl ConnectionTrait, team: TeamId, id: CustomerId) -> Result<Option<Customer>, DbErr> {
    Entity::find_by_id(id).filter(Column::TeamId.eq(team)).one(db).await
}

/// Those of `ids` that are the team's.
pub async fn by_ids(
    db: &impl ConnectionTrait,
    team: TeamId,
    ids: Vec<CustomerId>,
) -> Result<Vec<Customer>, DbErr> {
    Entity::find().filter(Column::TeamId.eq(team)).filter(Column::Id.is_in(ids)).all(db).await
}

/// The team's customers, newest first, from before `before`; those whose name or identity holds `search`.
pub async fn page(
    db: &impl ConnectionTrait,
    team: TeamId,
    search: &str,
    before: Option<CustomerId>,
    limit: u64,
) -> Result<Vec<Customer>, DbErr> {
    let mut ours = Entity::find().filter(Column::TeamId.eq(team));
    if !search.is_empty() {
        let known = super::identity::holding(db, team, search).await?;
        ours = ours.filter(Condition::any().add(Column::Name.contains(search)).add(Column::Id.is_in(known)));
    }
    if let Some(before) = before {
        ours = ours.filter(Column::Id.lt(before));
    }
    ours.order_by_desc(Column::Id).limit(limit).all(db).await
}
