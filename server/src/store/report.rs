//! Runs the statements report-engine writes: binds their parameters, reads their rows.

use report_engine::sql::{Dialect, Parameter, RawType, Statement};
use sea_orm::{ConnectionTrait, DbBackend, DbErr, QueryResult};
use serde_json::Value;
use uuid::Uuid;

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
