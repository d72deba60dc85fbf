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

use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, Select,
};

use crate::ids::{TeamId, UserId};
use entity::{Column, Entity};

/// Every read of a team's departments starts here.
fn in_team(team: TeamId) -> Select<Entity> {
    Entity::find().filter(Column::TeamId.eq(team))
}

/// The team's departments, in the order they were made.
pub async fn list(db: &impl ConnectionTrait, team: TeamId) -> Result<Vec<Department>, DbErr> {
    in_team(team).order_by_asc(Column::CreatedAt).order_by_asc(Column::Id).all(db).await
}

/// The department with this key.
pub async fn get(db: &impl ConnectionTrait, team: TeamId, key: &str) -> Result<Option<Department>, DbErr> {
    in_team(team).filter(Column::Key.eq(key)).one(db).await
}

/// Stores a new department.
pub async fn insert(db: &impl ConnectionTrait, department: Department) -> Result<(), DbErr> {
    Entity::insert(department.into_active_model()).exec_without_returning(db).await.map(drop)
}

/// Makes a member the head.
pub async fn set_head(db: &impl ConnectionTrait, team: TeamId, key: &str, head: UserId) -> Result<(), DbErr> {
    let update = Entity::update_many().col_expr(Column::HeadId, Expr::value(head.0));
    update.filter(Column::TeamId.eq(team)).filter(Column::Key.eq(key)).exec(db).await.map(drop)
}

/// The member is head no more, if they were.
pub async fn dethrone(db: &impl ConnectionTrait, team: TeamId, key: &str, head: UserId) -> Result<(), DbErr> {
    let update = Entity::update_many().col_expr(Column::HeadId, Expr::value(None::<uuid::Uuid>));
    let theirs = update.filter(Column::TeamId.eq(team)).filter(Column::Key.eq(key));
    theirs.filter(Column::HeadId.eq(head.0)).exec(db).await.map(drop)
}
