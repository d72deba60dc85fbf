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
        /// True where owners and admins sign in with a second step.
        pub second_step: Option<bool>,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as Team;

use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};

use crate::ids::TeamId;
use entity::{Column, Entity};

/// One team.
pub async fn get(db: &impl ConnectionTrait, id: TeamId) -> Result<Option<Team>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

/// Those of `ids` that exist, by name.
pub async fn by_ids(db: &impl ConnectionTrait, ids: Vec<TeamId>) -> Result<Vec<Team>, DbErr> {
    Entity::find().filter(Column::Id.is_in(ids)).order_by_asc(Column::Name).all(db).await
}

/// Every team of the server, oldest first: for the console alone.
pub async fn all(db: &impl ConnectionTrait) -> Result<Vec<Team>, DbErr> {
    Entity::find().order_by_asc(Column::CreatedAt).order_by_asc(Column::Id).all(db).await
}

/// Stores a new team.
pub async fn insert(db: &impl ConnectionTrait, team: Team) -> Result<(), DbErr> {
    Entity::insert(team.into_active_model()).exec_without_returning(db).await.map(drop)
}

/// Asks owners and admins for the second step, or does not.
pub async fn ask_second_step(db: &impl ConnectionTrait, id: TeamId, asks: bool) -> Result<(), DbErr> {
    let update = Entity::update_many().col_expr(Column::SecondStep, Expr::value(asks));
    update.filter(Column::Id.eq(id)).exec(db).await.map(drop)
}

/// What is compiled from the team's definitions is old from now on.
pub async fn definitions_changed(db: &impl ConnectionTrait, id: TeamId) -> Result<(), DbErr> {
    let update =
        Entity::update_many().col_expr(Column::DefinitionsRev, Expr::col(Column::DefinitionsRev).add(1));
    update.filter(Column::Id.eq(id)).exec(db).await.map(drop)
}
