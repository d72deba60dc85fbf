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
        /// Key of the department it stands below.
        pub parent_key: Option<String>,
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

/// Keys of the department and of all that stand below it, each once; empty when there is no such department.
pub async fn below(db: &impl ConnectionTrait, team: TeamId, key: &str) -> Result<Vec<String>, DbErr> {
    Ok(below_in(&list(db, team).await?, key))
}

/// [`below`], in a list of all departments of a team. Ends also where a circle was stored.
pub fn below_in(all: &[Department], key: &str) -> Vec<String> {
    let mut found: Vec<String> = all.iter().filter(|row| row.key == key).map(|row| row.key.clone()).collect();
    let mut looked_at = 0;
    while let Some(parent) = found.get(looked_at).cloned() {
        let is_new =
            |row: &&Department| row.parent_key.as_ref() == Some(&parent) && !found.contains(&row.key);
        let children: Vec<String> = all.iter().filter(is_new).map(|row| row.key.clone()).collect();
        found.extend(children);
        looked_at += 1;
    }
    found
}

/// Stores a new department.
pub async fn insert(db: &impl ConnectionTrait, department: Department) -> Result<(), DbErr> {
    Entity::insert(department.into_active_model()).exec_without_returning(db).await.map(drop)
}

/// Takes it away.
pub async fn delete(db: &impl ConnectionTrait, team: TeamId, key: &str) -> Result<(), DbErr> {
    let ours = Entity::delete_many().filter(Column::TeamId.eq(team)).filter(Column::Key.eq(key));
    ours.exec(db).await.map(drop)
}

/// Makes a member the head.
pub async fn set_head(db: &impl ConnectionTrait, team: TeamId, key: &str, head: UserId) -> Result<(), DbErr> {
    let update = Entity::update_many().col_expr(Column::HeadId, Expr::value(head.0));
    update.filter(Column::TeamId.eq(team)).filter(Column::Key.eq(key)).exec(db).await.map(drop)
}

/// What a department is called, where it stands and who heads it.
pub async fn update(db: &impl ConnectionTrait, row: &Department) -> Result<(), DbErr> {
    let update = Entity::update_many()
        .col_expr(Column::Title, Expr::value(row.title.clone()))
        .col_expr(Column::ParentKey, Expr::value(row.parent_key.clone()))
        .col_expr(Column::HeadId, Expr::value(row.head_id.map(|head| head.0)));
    let ours = update.filter(Column::TeamId.eq(row.team_id)).filter(Column::Id.eq(row.id));
    ours.exec(db).await.map(drop)
}

/// The member is head no more, if they were.
pub async fn dethrone(db: &impl ConnectionTrait, team: TeamId, key: &str, head: UserId) -> Result<(), DbErr> {
    let update = Entity::update_many().col_expr(Column::HeadId, Expr::value(None::<uuid::Uuid>));
    let theirs = update.filter(Column::TeamId.eq(team)).filter(Column::Key.eq(key));
    theirs.filter(Column::HeadId.eq(head.0)).exec(db).await.map(drop)
}

/// Whatever `head` headed is headed by `to` from now on.
pub async fn pass_headship(
    db: &impl ConnectionTrait,
    team: TeamId,
    head: UserId,
    to: Option<UserId>,
) -> Result<(), DbErr> {
    let update = Entity::update_many().col_expr(Column::HeadId, Expr::value(to.map(|user| user.0)));
    update.filter(Column::TeamId.eq(team)).filter(Column::HeadId.eq(head.0)).exec(db).await.map(drop)
}
