//! Runs the statements report-engine writes, and finds what their datasets are made of.

use report_engine::ResolvedPage;
use report_engine::sql::{Dialect, Parameter, RawType, Relation, Statement, keys_of};
use sea_orm::{ConnectionTrait, DbBackend, DbErr, QueryResult};
use serde_json::Value;
use uuid::Uuid;

use crate::ids::{DefinitionId, TeamId};

/// Which submissions may be seen: those of any of these pages.
pub type Visible = Vec<(ResolvedPage, Relation)>;

/// The dialect of a database.
pub fn dialect(db: &impl ConnectionTrait) -> Dialect {
    if db.get_database_backend() == DbBackend::Postgres { Dialect::Postgres } else { Dialect::Sqlite }
}

/// The raw rows of a statement written for this database.
pub async fn rows(db: &impl ConnectionTrait, statement: Statement) -> Result<Vec<Vec<Value>>, DbErr> {
    let Statement { text, parameters, columns } = statement;
    let values = parameters.into_iter().map(bound);
    let statement = sea_orm::Statement::from_sql_and_values(db.get_database_backend(), text, values);
    let found = db.query_all_raw(statement).await?;
    let read = |row: &QueryResult| {
        columns.iter().enumerate().map(|(index, column)| value(row, index, column.kind)).collect()
    };
    found.iter().map(read).collect()
}

fn bound(parameter: Parameter) -> sea_orm::Value {
    match parameter {
        Parameter::Text(text) => text.into(),
        Parameter::Integer(number) => number.into(),
        Parameter::Real(number) => number.into(),
        Parameter::Boolean(truth) => truth.into(),
        Parameter::Id(bytes) => Uuid::from_bytes(bytes).into(),
    }
}

fn value(row: &QueryResult, index: usize, kind: RawType) -> Result<Value, DbErr> {
    Ok(match kind {
        RawType::Text => row.try_get_by_index::<Option<String>>(index)?.into(),
        RawType::Integer => row.try_get_by_index::<Option<i64>>(index)?.into(),
        RawType::Real => row.try_get_by_index::<Option<f64>>(index)?.into(),
        // Both databases' drivers know a truth, though SQLite stores a number.
        RawType::Boolean => row.try_get_by_index::<Option<bool>>(index)?.into(),
    })
}

/// One published version of a definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// The definition.
    pub definition: DefinitionId,
    /// Of the definition.
    pub key: String,
    /// Counts from 1.
    pub number: i32,
    /// True of the version in use.
    pub is_live: bool,
    /// As its author wrote it.
    pub document: String,
}

const PUBLISHED: &str = "select d.id, d.key, v.number, d.live_version, v.document \
    from definition d join version v on v.definition_id = d.id \
    where d.team_id = $1 and d.kind = $2 and d.live_version is not null";

/// Every version of a definition that has a live one, the live one first, then the newest.
pub async fn versions(
    db: &impl ConnectionTrait,
    team: TeamId,
    kind: &str,
    key: &str,
) -> Result<Vec<Published>, DbErr> {
    let text = format!("{PUBLISHED} and d.key = $3 order by v.number desc");
    let mut found = published(db, text, vec![team.0.into(), kind.into(), key.into()]).await?;
    found.sort_by_key(|version| !version.is_live);
    Ok(found)
}

/// The live version of every definition of a kind, by key.
pub async fn live(db: &impl ConnectionTrait, team: TeamId, kind: &str) -> Result<Vec<Published>, DbErr> {
    let text = format!("{PUBLISHED} and v.number = d.live_version order by d.key");
    published(db, text, vec![team.0.into(), kind.into()]).await
}

async fn published(
    db: &impl ConnectionTrait,
    text: String,
    values: Vec<sea_orm::Value>,
) -> Result<Vec<Published>, DbErr> {
    let statement = sea_orm::Statement::from_sql_and_values(db.get_database_backend(), text, values);
    let rows = db.query_all_raw(statement).await?;
    let read = |row: &QueryResult| -> Result<Published, DbErr> {
        let number: i32 = row.try_get_by_index(2)?;
        let live: Option<i32> = row.try_get_by_index(3)?;
        Ok(Published {
            definition: DefinitionId(row.try_get_by_index(0)?),
            key: row.try_get_by_index(1)?,
            number,
            is_live: live == Some(number),
            document: row.try_get_by_index(4)?,
        })
    };
    rows.iter().map(read).collect()
}

/// Names of the team's people by id; a membership stays when somebody's access is taken away.
pub async fn people(db: &impl ConnectionTrait, team: TeamId) -> Result<Vec<(String, String)>, DbErr> {
    const PEOPLE: &str = "select u.id, u.name from membership m join user_account u on u.id = m.user_id \
        where m.team_id = $1";
    let statement =
        sea_orm::Statement::from_sql_and_values(db.get_database_backend(), PEOPLE, [team.0.into()]);
    let rows = db.query_all_raw(statement).await?;
    let read = |row: &QueryResult| -> Result<(String, String), DbErr> {
        Ok((row.try_get_by_index::<Uuid>(0)?.to_string(), row.try_get_by_index(1)?))
    };
    rows.iter().map(read).collect()
}

/// Keys and titles (JSON of a text) of the team's departments.
pub async fn departments(db: &impl ConnectionTrait, team: TeamId) -> Result<Vec<(String, String)>, DbErr> {
    const DEPARTMENTS: &str = "select key, title from department where team_id = $1 order by key";
    let statement =
        sea_orm::Statement::from_sql_and_values(db.get_database_backend(), DEPARTMENTS, [team.0.into()]);
    let rows = db.query_all_raw(statement).await?;
    rows.iter().map(|row| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?))).collect()
}

/// How many submissions a form has.
pub struct FormCount {
    /// The form's key.
    pub form: String,
    /// All that may be seen.
    pub submissions: u64,
    /// When the newest of them came in.
    pub last_at: i64,
}

/// How many submissions every form of the team has, of those that may be seen.
pub async fn counts(
    db: &impl ConnectionTrait,
    team: TeamId,
    visible: Option<&Visible>,
) -> Result<Vec<FormCount>, DbErr> {
    let mut values: Vec<sea_orm::Value> = vec![team.0.into()];
    let only = seen("s.id", visible, db, &mut values);
    let text = format!(
        "select s.form_key, count(*), max(s.created_at) from submission s where s.team_id = $1{only} group by s.form_key"
    );
    let statement = sea_orm::Statement::from_sql_and_values(db.get_database_backend(), text, values);
    let read = |row: &QueryResult| -> Result<FormCount, DbErr> {
        let count: i64 = row.try_get_by_index(1)?;
        Ok(FormCount {
            form: row.try_get_by_index(0)?,
            submissions: u64::try_from(count).unwrap_or_default(),
            last_at: row.try_get_by_index(2)?,
        })
    };
    db.query_all_raw(statement).await?.iter().map(read).collect()
}

/// ` and COLUMN in (…)`, where COLUMN names a submission: only those that may be seen. Adds what the text binds to `values`.
pub fn seen(
    column: &str,
    visible: Option<&Visible>,
    db: &impl ConnectionTrait,
    values: &mut Vec<sea_orm::Value>,
) -> String {
    let Some(pages) = visible else { return String::new() };
    if pages.is_empty() {
        return " and false".to_owned();
    }
    let (text, parameters) = keys_of(pages, "id", dialect(db), values.len());
    values.extend(parameters.into_iter().map(bound));
    format!(" and {column} in ({text})")
}
