//! The embedded database: one file, one process, one connection that writes and four that read.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;
use std::time::Duration;

use migrations::{Migrator, MigratorTrait};
use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbErr};

use super::{Db, OpenError, applied, known, refuse_newer, scalar};

/// Before it, resetting the WAL could corrupt the database.
const LEAST_VERSION: [u32; 3] = [3, 51, 3];
const READERS: u32 = 4;

pub(super) async fn open(file: &Path, data_dir: &Path) -> Result<Db, OpenError> {
    let lock = hold(data_dir)?;
    let writer = connect(file, 1, false).await?;
    check(&writer).await?;
    let reader = connect(file, READERS, true).await?;
    Ok(Db { reader, writer, file: Some(file.to_owned()), lock: Some(lock) })
}

/// Takes the data folder for this process, until it ends in whatever way.
pub(super) fn hold(data_dir: &Path) -> Result<File, OpenError> {
    let folder = |source| OpenError::Folder { path: data_dir.to_owned(), source };
    std::fs::create_dir_all(data_dir).map_err(folder)?;
    let path = data_dir.join("huiyin.lock");
    let lock = OpenOptions::new().create(true).truncate(false).write(true).open(&path).map_err(folder)?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(TryLockError::WouldBlock) => Err(OpenError::InUse(data_dir.to_owned())),
        Err(TryLockError::Error(source)) => Err(folder(source)),
    }
}

async fn connect(file: &Path, connections: u32, read_only: bool) -> Result<DatabaseConnection, DbErr> {
    let file = file.to_owned();
    // The URL only names the driver; the file's name may hold anything and is given below.
    let mut options = ConnectOptions::new("sqlite::memory:");
    options
        .max_connections(connections)
        .min_connections(connections)
        .acquire_timeout(Duration::from_secs(if read_only { 5 } else { 20 }))
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
        .sqlx_logging(false)
        .record_stmt_in_spans(false)
        .map_sqlx_sqlite_opts(move |options| settings(options, &file, read_only));
    Database::connect(options).await
}

/// No `mmap_size`: it makes a stray write in the process a corrupt file.
fn settings(options: SqliteConnectOptions, file: &Path, read_only: bool) -> SqliteConnectOptions {
    let options = options
        .filename(file)
        .in_memory(false)
        .shared_cache(false)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(5))
        .pragma("wal_autocheckpoint", "1000")
        .pragma("journal_size_limit", "67108864")
        .pragma("cache_size", "-65536")
        .pragma("temp_store", "memory");
    if read_only { options.pragma("query_only", "on") } else { options }
}

async fn check(db: &DatabaseConnection) -> Result<(), OpenError> {
    let found = scalar(db, "select sqlite_version()").await?;
    let version: Vec<u32> = found.split('.').filter_map(|part| part.parse().ok()).collect();
    if version.as_slice() < LEAST_VERSION.as_slice() {
        return Err(OpenError::TooOld { found });
    }
    for (pragma, expected) in [("journal_mode", "wal"), ("synchronous", "2"), ("foreign_keys", "1")] {
        let found = scalar(db, &format!("pragma {pragma}")).await?;
        if found != expected {
            return Err(OpenError::Pragma { pragma, expected, found });
        }
    }
    Ok(())
}

/// `VACUUM INTO` on a connection of its own: it reads a snapshot, so that writing goes on meanwhile.
pub(super) async fn copy(file: &Path, target: &Path) -> Result<(), DbErr> {
    let connection = existing(file).await?;
    let quoted = target.display().to_string().replace('\'', "''");
    let copied = connection.execute_unprepared(&format!("vacuum into '{quoted}'")).await;
    connection.close().await?;
    copied?;
    sync(target)
}

/// Brings the schema of `file` up to date, making the file if need be, and lets `fill` write; the file is whole and
/// closed afterwards, and gone if anything failed.
pub(super) async fn write(
    file: &Path,
    fill: impl AsyncFnOnce(&DatabaseConnection) -> Result<(), OpenError>,
) -> Result<(), OpenError> {
    let connection = connect(file, 1, false).await?;
    let written = async {
        refuse_newer(&applied(&connection).await?, &known())?;
        Migrator::up(&connection, None).await?;
        fill(&connection).await
    };
    let written = written.await;
    // The last connection takes the log into the file.
    connection.close().await?;
    if written.is_err() {
        std::fs::remove_file(file).ok();
    }
    written?;
    sync(file)?;
    Ok(())
}

fn sync(file: &Path) -> Result<(), DbErr> {
    let synced = File::open(file).and_then(|copy| copy.sync_all());
    synced.map_err(|error| DbErr::Custom(format!("`{}` was not synced: {error}", file.display())))
}

/// SQLite's own integrity check, then how many rows each table has.
pub(super) async fn rows(file: &Path) -> Result<Vec<(String, i64)>, DbErr> {
    let connection = existing(file).await?;
    let verdict = scalar(&connection, "pragma integrity_check").await?;
    if verdict != "ok" {
        return Err(DbErr::Custom(format!("`{}` is damaged: {verdict}", file.display())));
    }
    let names = "select group_concat(name) from (select name from sqlite_schema where type = 'table' \
                 and name not like 'sqlite_%' order by name)";
    let mut tables = Vec::new();
    for table in scalar(&connection, names).await?.split(',') {
        let count = scalar(&connection, &format!("select count(*) from \"{table}\"")).await?;
        tables.push((table.to_owned(), count.parse().unwrap_or(0)));
    }
    connection.close().await?;
    Ok(tables)
}

/// A connection to a file that must be there: SQLite would make an empty one.
pub(super) async fn existing(file: &Path) -> Result<DatabaseConnection, DbErr> {
    if !file.is_file() {
        return Err(DbErr::Custom(format!("`{}` is not there", file.display())));
    }
    connect(file, 1, false).await
}
