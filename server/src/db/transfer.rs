//! Every row from one database to another of the same schema, whatever their dialects.
//!
//! So a backup of PostgreSQL is the same kind of file as one of the embedded database, and either can be put into
//! the other. The embedded side says which tables and columns there are; it knows no table by name but the list of
//! migrations, which each side keeps for itself.

use sea_orm::sea_query::{Alias, Expr, Query};
use sea_orm::{
    AccessMode, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, IsolationLevel,
    QueryResult, Statement, StreamTrait, TransactionTrait, TryGetable, Value,
};
use tokio_stream::StreamExt;
use uuid::Uuid;

const MIGRATIONS: &str = "seaql_migrations";
/// SQLite takes 32,766 values in a statement, PostgreSQL 65,535.
const VALUES: usize = 30_000;
const ROWS: usize = 500;

/// How a column's values travel. Closed on purpose: a migration that brings a new kind says so here.
#[derive(Debug, Clone, Copy)]
enum Kind {
    Uuid,
    Text,
    Boolean,
    Integer,
    Bytes,
}

struct Table {
    name: String,
    columns: Vec<(String, Kind)>,
}

/// Replaces everything in `to` by what is in `from`, as of one moment of it.
///
/// # Errors
///
/// When one of them fails, or holds a kind of column this does not know; `to` is then as before.
pub(super) async fn all(from: &DatabaseConnection, to: &DatabaseConnection) -> Result<(), DbErr> {
    let embedded = if from.get_database_backend() == DbBackend::Sqlite { from } else { to };
    let tables = tables(embedded).await?;
    let source = snapshot(from).await?;
    let target = to.begin().await?;
    patient(&target).await?;
    // Tables stand in the order of their making, and refer only to those before them.
    for table in tables.iter().rev() {
        target.execute(Query::delete().from_table(Alias::new(&table.name))).await?;
    }
    for table in &tables {
        copy(table, &source, &target).await?;
    }
    target.commit().await?;
    source.commit().await
}

async fn tables(embedded: &DatabaseConnection) -> Result<Vec<Table>, DbErr> {
    let sql = "select t.name, c.name, lower(c.type) from sqlite_schema t, pragma_table_info(t.name) c \
               where t.type = 'table' and t.name not like 'sqlite_%' order by t.rowid, c.cid";
    let mut tables: Vec<Table> = Vec::new();
    for row in embedded.query_all_raw(Statement::from_string(DbBackend::Sqlite, sql)).await? {
        let name: String = row.try_get_by_index(0)?;
        if name == MIGRATIONS {
            continue;
        }
        let column: String = row.try_get_by_index(1)?;
        let kind = kind(&row.try_get_by_index::<String>(2)?)?;
        match tables.last_mut() {
            Some(table) if table.name == name => table.columns.push((column, kind)),
            Some(_) | None => tables.push(Table { name, columns: vec![(column, kind)] }),
        }
    }
    Ok(tables)
}

/// From the type as sea-query declares it in SQLite.
fn kind(declared: &str) -> Result<Kind, DbErr> {
    match declared.split('(').next().unwrap_or_default() {
        "uuid_text" => Ok(Kind::Uuid),
        "varchar" | "text" => Ok(Kind::Text),
        "boolean" => Ok(Kind::Boolean),
        "integer" | "bigint" => Ok(Kind::Integer),
        "blob" => Ok(Kind::Bytes),
        other => Err(DbErr::Custom(format!("columns of type `{other}` cannot be backed up"))),
    }
}

/// A transaction that sees one moment, however long it is read.
async fn snapshot(db: &DatabaseConnection) -> Result<DatabaseTransaction, DbErr> {
    if db.get_database_backend() == DbBackend::Sqlite {
        return db.begin().await;
    }
    let isolation = Some(IsolationLevel::RepeatableRead);
    let txn = db.begin_with_config(isolation, Some(AccessMode::ReadOnly)).await?;
    patient(&txn).await?;
    Ok(txn)
}

/// Nobody else waits for this one.
async fn patient(txn: &DatabaseTransaction) -> Result<(), DbErr> {
    if ConnectionTrait::get_database_backend(txn) == DbBackend::Postgres {
        txn.execute_unprepared(
            "set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0",
        )
        .await?;
    }
    Ok(())
}

async fn copy(
    table: &Table,
    source: &DatabaseTransaction,
    target: &DatabaseTransaction,
) -> Result<(), DbErr> {
    let columns = || table.columns.iter().map(|(name, _)| Alias::new(name));
    let select = Query::select().columns(columns()).from(Alias::new(&table.name)).take();
    let at_once = ROWS.min(VALUES / table.columns.len());
    let mut rows = source.stream(&select).await?;
    let empty = || Query::insert().into_table(Alias::new(&table.name)).columns(columns()).take();
    let (mut insert, mut waiting) = (empty(), 0);
    while let Some(row) = rows.next().await {
        let row = row?;
        let values = table.columns.iter().enumerate().map(|(at, (_, kind))| read(&row, at, *kind));
        let values = values.map(|value| value.map(Expr::val)).collect::<Result<Vec<_>, _>>()?;
        insert.values(values).map_err(|error| DbErr::Custom(error.to_string()))?;
        waiting += 1;
        if waiting == at_once {
            target.execute(&insert).await?;
            (insert, waiting) = (empty(), 0);
        }
    }
    if waiting > 0 {
        target.execute(&insert).await?;
    }
    Ok(())
}

fn read(row: &QueryResult, at: usize, kind: Kind) -> Result<Value, DbErr> {
    fn get<T: TryGetable>(row: &QueryResult, at: usize) -> Result<Value, DbErr>
    where
        Option<T>: Into<Value>,
    {
        row.try_get_by_index::<Option<T>>(at).map(Into::into)
    }
    match kind {
        Kind::Uuid => get::<Uuid>(row, at),
        Kind::Text => get::<String>(row, at),
        Kind::Boolean => get::<bool>(row, at),
        // PostgreSQL hands out four bytes as four bytes only; both take eight.
        Kind::Integer => get::<i64>(row, at)
            .or_else(|_| row.try_get_by_index::<Option<i32>>(at).map(|number| number.map(i64::from).into())),
        Kind::Bytes => get::<Vec<u8>>(row, at),
    }
}
