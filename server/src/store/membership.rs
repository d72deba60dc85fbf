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
        /// Whom they answer to; without one, the head of their department.
        pub manager_id: Option<UserId>,
        /// Who stands in while they are away.
        pub deputy_id: Option<UserId>,
        /// JSON array of texts: what they can do, as the team words it.
        pub skills: Option<String>,
        /// Set while their access to this team is taken away.
        pub disabled_at: Option<i64>,
        /// Set once they have left; the row stays for the names on what they did.
        pub left_at: Option<i64>,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as Membership;

use sea_orm::sea_query::{CaseStatement, Expr};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait, Select,
};

use crate::ids::{TeamId, UserId};
use crate::store::user::{self, User};
use entity::{ActiveModel, Column, Entity};

impl Membership {
    /// What they can do.
    pub fn skills(&self) -> Vec<String> {
        self.skills.as_deref().and_then(|stored| serde_json::from_str(stored).ok()).unwrap_or_default()
    }

    /// They have access to the team.
    pub fn works_here(&self) -> bool {
        self.disabled_at.is_none() && self.left_at.is_none()
    }
}

/// Every read of a team's members starts here.
fn in_team(team: TeamId) -> Select<Entity> {
    Entity::find().filter(Column::TeamId.eq(team))
}

/// The team's members.
pub async fn list(db: &impl ConnectionTrait, team: TeamId) -> Result<Vec<Membership>, DbErr> {
    in_team(team).order_by_asc(Column::UserId).all(db).await
}

/// The team's members with the people they are, by name.
pub async fn with_users(db: &impl ConnectionTrait, team: TeamId) -> Result<Vec<(Membership, User)>, DbErr> {
    let members = list(db, team).await?;
    let users = user::by_ids(db, members.iter().map(|member| member.user_id).collect()).await?;
    let mut pairs: Vec<_> = members
        .into_iter()
        .filter_map(|member| {
            let user = users.iter().find(|user| user.id == member.user_id)?.clone();
            Some((member, user))
        })
        .collect();
    pairs.sort_by(|(_, one), (_, other)| one.name.cmp(&other.name).then(one.id.cmp(&other.id)));
    Ok(pairs)
}

/// One member.
pub async fn get(db: &impl ConnectionTrait, team: TeamId, user: UserId) -> Result<Option<Membership>, DbErr> {
    in_team(team).filter(Column::UserId.eq(user)).one(db).await
}

/// The teams a user has access to, oldest membership first.
pub async fn of_user(db: &impl ConnectionTrait, user: UserId) -> Result<Vec<Membership>, DbErr> {
    let theirs = Entity::find().filter(Column::UserId.eq(user));
    let here = theirs.filter(Column::DisabledAt.is_null()).filter(Column::LeftAt.is_null());
    here.order_by_asc(Column::CreatedAt).order_by_asc(Column::TeamId).all(db).await
}

/// Does the user belong to another team as well, with or without access?
pub async fn is_elsewhere(db: &impl ConnectionTrait, user: UserId, team: TeamId) -> Result<bool, DbErr> {
    let theirs = Entity::find().filter(Column::UserId.eq(user)).filter(Column::TeamId.ne(team));
    Ok(theirs.filter(Column::LeftAt.is_null()).count(db).await? > 0)
}

/// Members of the team who belong to another one as well.
pub async fn elsewhere(db: &impl ConnectionTrait, team: TeamId) -> Result<Vec<UserId>, DbErr> {
    let ours = in_team(team).select_only().column(Column::UserId).into_query();
    let theirs = Entity::find().filter(Column::UserId.in_subquery(ours)).filter(Column::TeamId.ne(team));
    Ok(theirs.filter(Column::LeftAt.is_null()).all(db).await?.into_iter().map(|row| row.user_id).collect())
}

/// Stores new memberships.
pub async fn insert_all(db: &impl ConnectionTrait, rows: Vec<Membership>) -> Result<(), DbErr> {
    super::insert_all::<ActiveModel>(db, rows).await
}

/// How many members with access have the role.
pub async fn count_role(db: &impl ConnectionTrait, team: TeamId, role: &str) -> Result<u64, DbErr> {
    let here = in_team(team).filter(Column::DisabledAt.is_null()).filter(Column::LeftAt.is_null());
    here.filter(Column::Role.eq(role)).count(db).await
}

/// Stores a new membership.
pub async fn insert(db: &impl ConnectionTrait, membership: Membership) -> Result<(), DbErr> {
    Entity::insert(membership.into_active_model()).exec_without_returning(db).await.map(drop)
}

/// Everything of a membership but the work, which the writer keeps.
pub async fn update(db: &impl ConnectionTrait, row: &Membership) -> Result<(), DbErr> {
    let update = Entity::update_many()
        .col_expr(Column::Role, Expr::value(row.role.clone()))
        .col_expr(Column::DepartmentKey, Expr::value(row.department_key.clone()))
        .col_expr(Column::Away, Expr::value(row.away))
        .col_expr(Column::ManagerId, Expr::value(row.manager_id.map(|id| id.0)))
        .col_expr(Column::DeputyId, Expr::value(row.deputy_id.map(|id| id.0)))
        .col_expr(Column::Skills, Expr::value(row.skills.clone()))
        .col_expr(Column::DisabledAt, Expr::value(row.disabled_at))
        .col_expr(Column::LeftAt, Expr::value(row.left_at));
    let theirs = update.filter(Column::TeamId.eq(row.team_id)).filter(Column::UserId.eq(row.user_id));
    theirs.exec(db).await.map(drop)
}

/// Gives a member another role.
pub async fn set_role(
    db: &impl ConnectionTrait,
    team: TeamId,
    user: UserId,
    role: &str,
) -> Result<(), DbErr> {
    let update = Entity::update_many().col_expr(Column::Role, Expr::value(role));
    let theirs = update.filter(Column::TeamId.eq(team)).filter(Column::UserId.eq(user));
    theirs.exec(db).await.map(drop)
}

/// Where a member works, and whether they get new work.
pub async fn place(
    db: &impl ConnectionTrait,
    team: TeamId,
    user: UserId,
    department: Option<String>,
    away: bool,
) -> Result<(), DbErr> {
    let update = Entity::update_many()
        .col_expr(Column::DepartmentKey, Expr::value(department))
        .col_expr(Column::Away, Expr::value(away));
    let theirs = update.filter(Column::TeamId.eq(team)).filter(Column::UserId.eq(user));
    theirs.exec(db).await.map(drop)
}

/// Nobody answers to `user` or is stood in for by them any more: `to` takes their place. Whoever would answer to
/// themselves then answers to `above`.
pub async fn pass_people(
    db: &impl ConnectionTrait,
    team: TeamId,
    user: UserId,
    to: Option<UserId>,
    above: Option<UserId>,
) -> Result<(), DbErr> {
    for (column, own) in [(Column::ManagerId, above), (Column::DeputyId, None)] {
        if let Some(to) = to {
            let update = Entity::update_many().col_expr(column, Expr::value(own.map(|user| user.0)));
            let himself = update.filter(Column::TeamId.eq(team)).filter(column.eq(user.0));
            himself.filter(Column::UserId.eq(to)).exec(db).await?;
        }
        let update = Entity::update_many().col_expr(column, Expr::value(to.map(|user| user.0)));
        update.filter(Column::TeamId.eq(team)).filter(column.eq(user.0)).exec(db).await?;
    }
    Ok(())
}

/// A member's work, as the writer keeps it.
pub struct Load {
    /// Whose.
    pub user: UserId,
    /// Open tickets assigned.
    pub open_tickets: i64,
    /// When they last got one.
    pub last_assigned_at: i64,
}

/// Stores the work of many members with one statement.
pub async fn set_loads(db: &impl ConnectionTrait, team: TeamId, loads: &[Load]) -> Result<(), DbErr> {
    if loads.is_empty() {
        return Ok(());
    }
    let each = |column: Column, value: fn(&Load) -> i64| -> Expr {
        let cases = loads.iter().fold(CaseStatement::new(), |cases, load| {
            cases.case(Column::UserId.eq(load.user), Expr::value(value(load)))
        });
        cases.finally(Expr::col(column)).into()
    };
    let update = Entity::update_many()
        .col_expr(Column::OpenTickets, each(Column::OpenTickets, |load| load.open_tickets))
        .col_expr(Column::LastAssignedAt, each(Column::LastAssignedAt, |load| load.last_assigned_at));
    let users = loads.iter().map(|load| load.user);
    let theirs = update.filter(Column::TeamId.eq(team)).filter(Column::UserId.is_in(users));
    theirs.exec(db).await.map(drop)
}
