//! Fields that were called differently; rows are only ever added.

mod entity {
    use crate::ids::{DefinitionId, TeamId};
    use sea_orm::entity::prelude::*;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "field_rename")]
    pub struct Model {
        /// The form itself, or a flow that reads its submissions.
        #[sea_orm(primary_key, auto_increment = false)]
        pub definition_id: DefinitionId,
        /// The order in which they happened, per definition.
        #[sea_orm(primary_key, auto_increment = false)]
        pub position: i32,
        pub team_id: TeamId,
        /// Versions with a smaller number say the old name.
        pub below: i32,
        pub form_key: String,
        pub from_path: String,
        pub to_path: String,
        pub created_at: i64,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as FieldRename;

use form_engine::{Renaming, pointer};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, Statement,
};
use serde_json::Value;

use crate::ids::{DefinitionId, TeamId};
use entity::{ActiveModel, Column, Entity};

/// Rows read and written at a time.
const PAGE: usize = 500;

/// What was renamed since a version of a definition, oldest first.
pub async fn since(
    db: &impl ConnectionTrait,
    team: TeamId,
    definition: DefinitionId,
    version: i32,
) -> Result<Vec<FieldRename>, DbErr> {
    let ours = Entity::find().filter(Column::TeamId.eq(team)).filter(Column::DefinitionId.eq(definition));
    ours.filter(Column::Below.gt(version)).order_by_asc(Column::Position).all(db).await
}

/// How many the team has.
pub async fn count(db: &impl ConnectionTrait, team: TeamId) -> Result<u64, DbErr> {
    Entity::find().filter(Column::TeamId.eq(team)).count(db).await
}

/// The place of the next one of a definition.
pub async fn next_position(db: &impl ConnectionTrait, definition: DefinitionId) -> Result<i32, DbErr> {
    let there = Entity::find().filter(Column::DefinitionId.eq(definition)).count(db).await?;
    Ok(i32::try_from(there).unwrap_or(i32::MAX))
}

/// Stores new rows.
pub async fn insert_all(db: &impl ConnectionTrait, rows: Vec<FieldRename>) -> Result<(), DbErr> {
    super::insert_all::<ActiveModel>(db, rows).await
}

/// Puts what a form's submissions, halves of them, their timeline and their files say under the new name; answers how
/// many submissions that were.
pub async fn move_answers(
    db: &impl ConnectionTrait,
    form: DefinitionId,
    renaming: &Renaming,
) -> Result<u64, DbErr> {
    let answers = |text: &str| {
        let mut data: Value = serde_json::from_str(text).ok()?;
        renaming.answers(&mut data).then(|| data.to_string())
    };
    let told = |text: &str| {
        let mut data: Value = serde_json::from_str(text).ok()?;
        let before = data.clone();
        follow(&mut data, renaming);
        (data != before).then(|| data.to_string())
    };
    let moved = rewrite(db, SUBMISSIONS, "submission", form, &answers).await?;
    rewrite(db, SAVED, "saved_answer", form, &answers).await?;
    rewrite(db, EVENTS, "event", form, &told).await?;
    files(db, form, renaming).await?;
    counters(db, form, renaming).await?;
    Ok(moved)
}

const SUBMISSIONS: &str =
    "select id, data from submission where form_id = $1 and id > $2 order by id limit $3";
const SAVED: &str = "select id, data from saved_answer where form_id = $1 and id > $2 order by id limit $3";
const EVENTS: &str = "select e.id, e.data from event e join submission s on s.id = e.submission_id \
    where s.form_id = $1 and e.id > $2 order by e.id limit $3";

/// Pointers as members and as texts, however deep.
fn follow(value: &mut Value, renaming: &Renaming) {
    match value {
        Value::Object(members) => {
            renaming.names(members);
            members.iter_mut().for_each(|(_, member)| follow(member, renaming));
        }
        Value::Array(items) => items.iter_mut().for_each(|item| follow(item, renaming)),
        Value::String(text) => {
            if let Some(path) = renaming.path(text) {
                *text = path;
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Goes through a form's rows page by page and writes those anew that `change` answers with another text.
async fn rewrite(
    db: &impl ConnectionTrait,
    select: &str,
    table: &str,
    form: DefinitionId,
    change: &(dyn Fn(&str) -> Option<String> + Sync),
) -> Result<u64, DbErr> {
    let backend = db.get_database_backend();
    let mut after = uuid::Uuid::nil();
    let mut moved = 0;
    loop {
        let values = [form.0.into(), after.into(), (PAGE as u64).into()];
        let rows = db.query_all_raw(Statement::from_sql_and_values(backend, select, values)).await?;
        let mut changed: Vec<sea_orm::Value> = Vec::new();
        for row in &rows {
            let (id, data): (uuid::Uuid, String) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
            after = id;
            if let Some(data) = change(&data) {
                changed.extend([id.into(), data.into()]);
            }
        }
        if !changed.is_empty() {
            let count = changed.len() / 2;
            let pairs: Vec<String> =
                (0..count).map(|pair| format!("(${}, ${})", pair * 2 + 1, pair * 2 + 2)).collect();
            let text = format!(
                "with changed (id, data) as (values {}) update {table} set data = changed.data from changed \
                 where {table}.id = changed.id",
                pairs.join(", ")
            );
            db.execute_raw(Statement::from_sql_and_values(backend, text, changed)).await?;
            moved += count as u64;
        }
        if rows.len() < PAGE {
            return Ok(moved);
        }
    }
}

/// Files say the field they were sent for.
async fn files(db: &impl ConnectionTrait, form: DefinitionId, renaming: &Renaming) -> Result<(), DbErr> {
    const SELECT: &str = "select distinct field from upload where form_id = $1";
    const UPDATE: &str = "update upload set field = $3 where form_id = $1 and field = $2";
    let backend = db.get_database_backend();
    let fields = db.query_all_raw(Statement::from_sql_and_values(backend, SELECT, [form.0.into()])).await?;
    for field in fields {
        let field: String = field.try_get_by_index(0)?;
        if let Some(path) = renaming.path(&field) {
            let values = [form.0.into(), field.into(), path.into()];
            db.execute_raw(Statement::from_sql_and_values(backend, UPDATE, values)).await?;
        }
    }
    Ok(())
}

/// Serial numbers go on counting: their counters are called `/number 2026`.
async fn counters(db: &impl ConnectionTrait, form: DefinitionId, renaming: &Renaming) -> Result<(), DbErr> {
    const SELECT: &str = "select name from counter where scope = $1";
    const UPDATE: &str = "update counter set name = $3 where scope = $1 and name = $2";
    let backend = db.get_database_backend();
    let names = db.query_all_raw(Statement::from_sql_and_values(backend, SELECT, [form.0.into()])).await?;
    for row in names {
        let name: String = row.try_get_by_index(0)?;
        let (field, period) = name.split_once(' ').unwrap_or((&name, ""));
        if let Some(path) = renaming.path(field).filter(|_| pointer::is_pointer(field)) {
            let values = [form.0.into(), name.clone().into(), format!("{path} {period}").into()];
            db.execute_raw(Statement::from_sql_and_values(backend, UPDATE, values)).await?;
        }
    }
    Ok(())
}
