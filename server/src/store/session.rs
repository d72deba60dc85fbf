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

use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, IntoActiveModel, QueryFilter,
    QueryOrder, Statement,
};

use crate::ids::{SessionId, TeamId, UserId};
use entity::{Column, Entity};

/// Whom a session or token stands for, as of now.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Holder {
    /// Who.
    pub user_id: UserId,
    /// Where they work.
    pub team_id: TeamId,
    /// As colleagues see them.
    pub name: String,
    /// `zh` or `en`.
    pub language: String,
    /// Set for users who may not sign in any more, or not into this team.
    pub disabled_at: Option<i64>,
    /// In the team.
    pub role: String,
    /// In the team.
    pub department_key: Option<String>,
}

/// The session with this secret and whom it stands for; of any team, since only the secret says which.
pub async fn holder_of_any_team(
    db: &impl ConnectionTrait,
    token_hash: Vec<u8>,
) -> Result<Option<(Session, Holder)>, DbErr> {
    let Some(session) = Entity::find().filter(Column::TokenHash.eq(token_hash)).one(db).await? else {
        return Ok(None);
    };
    let holder = holder(db, session.user_id, session.team_id).await?;
    Ok(holder.map(|holder| (session, holder)))
}

/// The user as a member of the team, or nobody.
pub(super) async fn holder(
    db: &impl ConnectionTrait,
    user: UserId,
    team: TeamId,
) -> Result<Option<Holder>, DbErr> {
    let sql = "SELECT u.id AS user_id, m.team_id, u.name, u.language, \
        coalesce(u.disabled_at, m.disabled_at, m.left_at) AS disabled_at, m.role, m.department_key \
        FROM user_account u JOIN membership m ON m.user_id = u.id WHERE u.id = $1 AND m.team_id = $2";
    let values = [user.0.into(), team.0.into()];
    Holder::find_by_statement(Statement::from_sql_and_values(db.get_database_backend(), sql, values))
        .one(db)
        .await
}

/// Stores a new session.
pub async fn insert(db: &impl ConnectionTrait, session: Session) -> Result<(), DbErr> {
    Entity::insert(session.into_active_model()).exec_without_returning(db).await.map(drop)
}

/// Writes down when it was used last.
pub async fn note_use(db: &impl ConnectionTrait, id: SessionId, seen_at: i64) -> Result<(), DbErr> {
    let update =
        Entity::update_many().col_expr(Column::SeenAt, Expr::value(seen_at)).filter(Column::Id.eq(id));
    update.exec(db).await.map(drop)
}

/// The session sees another team's data from now on.
pub async fn move_to(db: &impl ConnectionTrait, id: SessionId, team: TeamId) -> Result<(), DbErr> {
    let update =
        Entity::update_many().col_expr(Column::TeamId, Expr::value(team.0)).filter(Column::Id.eq(id));
    update.exec(db).await.map(drop)
}

/// The sessions of a user that are not over, in all teams, the one used last first.
pub async fn of_user(db: &impl ConnectionTrait, user: UserId, now_ms: i64) -> Result<Vec<Session>, DbErr> {
    let theirs = Entity::find().filter(Column::UserId.eq(user)).filter(Column::ExpiresAt.gt(now_ms));
    theirs.order_by_desc(Column::SeenAt).order_by_desc(Column::Id).all(db).await
}

/// Ends a session if it is the user's; whether it was.
pub async fn delete_own(db: &impl ConnectionTrait, user: UserId, id: SessionId) -> Result<bool, DbErr> {
    let theirs = Entity::delete_many().filter(Column::Id.eq(id)).filter(Column::UserId.eq(user));
    Ok(theirs.exec(db).await?.rows_affected > 0)
}

/// Ends every session of a user but `kept`, in all teams.
pub async fn delete_others(
    db: &impl ConnectionTrait,
    user: UserId,
    kept: Option<SessionId>,
) -> Result<(), DbErr> {
    let mut theirs = Entity::delete_many().filter(Column::UserId.eq(user));
    if let Some(kept) = kept {
        theirs = theirs.filter(Column::Id.ne(kept));
    }
    theirs.exec(db).await.map(drop)
}

/// Ends one session.
pub async fn delete(db: &impl ConnectionTrait, id: SessionId) -> Result<(), DbErr> {
    Entity::delete_many().filter(Column::Id.eq(id)).exec(db).await.map(drop)
}

/// Ends the session with this secret, if there is one.
pub async fn delete_by_secret(db: &impl ConnectionTrait, token_hash: Vec<u8>) -> Result<(), DbErr> {
    Entity::delete_many().filter(Column::TokenHash.eq(token_hash)).exec(db).await.map(drop)
}

/// Ends every session of a user, in all teams.
pub async fn delete_of_user(db: &impl ConnectionTrait, user: UserId) -> Result<(), DbErr> {
    Entity::delete_many().filter(Column::UserId.eq(user)).exec(db).await.map(drop)
}

/// Ends every session of a user in one team.
pub async fn delete_of_member(db: &impl ConnectionTrait, team: TeamId, user: UserId) -> Result<(), DbErr> {
    let theirs = Entity::delete_many().filter(Column::UserId.eq(user)).filter(Column::TeamId.eq(team));
    theirs.exec(db).await.map(drop)
}

/// Forgets sessions that are over.
pub async fn delete_over(db: &impl ConnectionTrait, now_ms: i64) -> Result<(), DbErr> {
    Entity::delete_many().filter(Column::ExpiresAt.lte(now_ms)).exec(db).await.map(drop)
}
