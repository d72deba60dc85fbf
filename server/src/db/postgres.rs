//! PostgreSQL by URL: a pool for reading and one for the writer, both with bounds on everything that could wait for ever.

use std::time::Duration;

use migrations::{Migrator, MigratorTrait};
use sea_orm::sqlx::postgres::PgConnectOptions;
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbErr, TransactionTrait};

use super::{Db, OpenError, applied, refuse_newer};

const READERS: u32 = 10;
const WRITERS: u32 = 4;
/// Any number nobody else uses: "huiyin", migrating.
const MIGRATION_LOCK: i64 = 0x6875_6979_696e_0001;

pub(super) async fn open(url: &str) -> Result<Db, OpenError> {
    let reader = connect(url, READERS).await?;
    let writer = connect(url, WRITERS).await?;
    Ok(Db { reader, writer, file: None, lock: None })
}

async fn connect(url: &str, connections: u32) -> Result<DatabaseConnection, DbErr> {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections)
        .acquire_timeout(Duration::from_secs(3))
        .connect_timeout(Duration::from_secs(5))
        .sqlx_logging(false)
        .record_stmt_in_spans(false)
        .set_application_name("huiyin")
        .map_sqlx_postgres_opts(settings);
    Database::connect(options).await
}

fn settings(options: PgConnectOptions) -> PgConnectOptions {
    options.options([
        ("synchronous_commit", "on"),
        ("statement_timeout", "10s"),
        ("idle_in_transaction_session_timeout", "15s"),
        ("lock_timeout", "8s"),
        ("timezone", "UTC"),
    ])
}

/// Migrates while no other node does.
pub(super) async fn migrate_alone(db: &DatabaseConnection, known: &[String]) -> Result<(), OpenError> {
    // A lock of a transaction goes with it, however this process ends.
    let guard = db.begin().await?;
    guard.execute_unprepared("set local idle_in_transaction_session_timeout = 0").await?;
    guard.execute_unprepared(&format!("select pg_advisory_xact_lock({MIGRATION_LOCK})")).await?;
    refuse_newer(&applied(db).await?, known)?;
    Migrator::up(db, None).await?;
    guard.commit().await?;
    Ok(())
}
