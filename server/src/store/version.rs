//! Published versions; a row never changes.

mod entity {
    use crate::ids::{DefinitionId, TeamId, UserId, VersionId};
    use sea_orm::entity::prelude::*;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "version")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: VersionId,
        pub team_id: TeamId,
        pub definition_id: DefinitionId,
        pub number: i32,
        pub document: String,
        pub created_by: Option<UserId>,
        pub created_at: i64,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as Version;

use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};

use crate::ids::{DefinitionId, TeamId};
use crate::store::definition::Definition;
use entity::{ActiveModel, Column, Entity};

/// What is in force of these definitions.
pub async fn live(
    db: &impl ConnectionTrait,
    team: TeamId,
    definitions: &[Definition],
) -> Result<Vec<Version>, DbErr> {
    let live: Vec<_> = definitions.iter().filter_map(|row| Some((row.id, row.live_version?))).collect();
    let mut found = Vec::with_capacity(live.len());
    for pairs in live.chunks(500) {
        let any = pairs.iter().fold(Condition::any(), |any, (id, number)| {
            any.add(Condition::all().add(Column::DefinitionId.eq(*id)).add(Column::Number.eq(*number)))
        });
        found.extend(Entity::find().filter(Column::TeamId.eq(team)).filter(any).all(db).await?);
    }
    Ok(found)
}

/// The number the next version of a definition gets.
pub async fn next_number(
    db: &impl ConnectionTrait,
    team: TeamId,
    definition: DefinitionId,
) -> Result<i32, DbErr> {
    let ours = Entity::find().filter(Column::TeamId.eq(team)).filter(Column::DefinitionId.eq(definition));
    let newest = ours.select_only().column_as(Column::Number.max(), "newest").into_tuple::<Option<i32>>();
    Ok(newest.one(db).await?.flatten().unwrap_or(0) + 1)
}

/// One version of a definition.
pub async fn get(
    db: &impl ConnectionTrait,
    team: TeamId,
    definition: DefinitionId,
    number: i32,
) -> Result<Option<Version>, DbErr> {
    let ours = Entity::find().filter(Column::TeamId.eq(team)).filter(Column::DefinitionId.eq(definition));
    ours.filter(Column::Number.eq(number)).one(db).await
}

/// Every version of a definition, newest first.
pub async fn list(
    db: &impl ConnectionTrait,
    team: TeamId,
    definition: DefinitionId,
) -> Result<Vec<Version>, DbErr> {
    let ours = Entity::find().filter(Column::TeamId.eq(team)).filter(Column::DefinitionId.eq(definition));
    ours.order_by_desc(Column::Number).all(db).await
}

/// Stores a new version; versions never change afterwards.
pub async fn insert(db: &impl ConnectionTrait, row: Version) -> Result<(), DbErr> {
    super::insert_all::<ActiveModel>(db, vec![row]).await
}
