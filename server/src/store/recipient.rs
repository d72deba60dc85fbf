//! Whom a form was sent to, beside their invitations.

mod entity {
    use crate::ids::{InvitationId, TeamId};
    use sea_orm::entity::prelude::*;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "recipient")]
    pub struct Model {
        /// That of their invitation.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: InvitationId,
        pub team_id: TeamId,
        pub form_key: String,
        pub name: Option<String>,
        pub mail: Option<String>,
        pub phone: Option<String>,
        /// How another system knows them.
        pub external: Option<String>,
        /// Of the mail, as it was written; holes still open.
        pub subject: Option<String>,
        pub text: Option<String>,
        pub mailed_at: Option<i64>,
        /// Whoever is silent then is reminded.
        pub remind_at: Option<i64>,
        pub reminded_at: Option<i64>,
        /// When they first touched the form's page.
        pub opened_at: Option<i64>,
        pub created_at: i64,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as Recipient;

use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
};

use crate::ids::{InvitationId, TeamId};
use entity::{ActiveModel, Column, Entity};

/// Stores new rows.
pub async fn insert_all(db: &impl ConnectionTrait, rows: Vec<Recipient>) -> Result<(), DbErr> {
    super::insert_all::<ActiveModel>(db, rows).await
}

/// Everybody a form was sent to, in the order they were.
pub async fn of_form(
    db: &impl ConnectionTrait,
    team: TeamId,
    form_key: &str,
) -> Result<Vec<Recipient>, DbErr> {
    let ours = Entity::find().filter(Column::TeamId.eq(team)).filter(Column::FormKey.eq(form_key));
    ours.order_by_asc(Column::Id).all(db).await
}

/// One of them, of whatever team: who asks has shown a token that names it.
pub async fn get_of_any_team(
    db: &impl ConnectionTrait,
    id: InvitationId,
) -> Result<Option<Recipient>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

/// Those whose reminder is due, of every team.
pub async fn due_of_all_teams(
    db: &impl ConnectionTrait,
    now_ms: i64,
    limit: u64,
) -> Result<Vec<Recipient>, DbErr> {
    Entity::find()
        .filter(Column::RemindAt.lte(now_ms))
        .order_by_asc(Column::RemindAt)
        .limit(limit)
        .all(db)
        .await
}

/// Stores a changed row.
pub async fn update(db: &impl ConnectionTrait, row: &Recipient) -> Result<(), DbErr> {
    use sea_orm::{ActiveModelTrait, ActiveValue::NotSet};
    let mut all = row.clone().into_active_model().reset_all();
    (all.id, all.team_id) = (NotSet, NotSet);
    Entity::update_many()
        .set(all)
        .filter(Column::TeamId.eq(row.team_id))
        .filter(Column::Id.eq(row.id))
        .exec(db)
        .await
        .map(drop)
}
