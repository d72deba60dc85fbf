//! Opening the database: the embedded one with settings that were verified, or PostgreSQL by URL.
//!
//! Reads go through [`Db::read`]; the connection that writes is handed to the writer alone. A start is
//! refused when a setting did not take, when the schema is newer than this binary, or when another
//! process holds the data folder.

mod postgres;
mod sqlite;
mod transfer;

use std::fs::File;
use std::path::{Path, PathBuf};

use migrations::{Migrator, MigratorTrait};
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, SqliteTransactionMode,
    Statement, TransactionOptions, TransactionTrait,
};

use crate::config::Database;

/// An open database.
pub struct Db {
    reader: DatabaseConnection,
    writer: DatabaseConnection,
    file: Option<PathBuf>,
    /// Held while it is open: one process per embedded database.
    lock: Option<File>,
}

/// Why the database was not opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Another process serves this data folder.
    #[error("`{0}` is in use by another process")]
    InUse(PathBuf),
    /// The data folder cannot be made or written.
    #[error("data folder `{path}`: {source}")]
    Folder {
        /// The folder.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// WAL files of these versions can be corrupted by a reset.
    #[error("SQLite {found} is too old: expected at least 3.51.3")]
    TooOld {
        /// The linked version.
        found: String,
    },
    /// A setting the promises rest on did not take.
    #[error("`pragma {pragma}` is `{found}`: expected `{expected}`")]
    Pragma {
        /// Which.
        pragma: &'static str,
        /// What it must be.
        expected: &'static str,
        /// What it is.
        found: String,
    },
    /// A newer release has been here.
    #[error("the schema holds `{0}`, which this release does not know: start the newer release")]
    Newer(String),
    /// This release has not been here yet.
    #[error("the schema lacks `{0}`: start this release once, then try again")]
    Older(String),
    /// A backup is never written over another.
    #[error("`{0}` exists already")]
    Exists(PathBuf),
    /// Teams would be lost.
    #[error("the database holds teams already: expected an empty one")]
    Occupied,
    /// The database said no.
    #[error("the database cannot be opened")]
    Database(#[from] DbErr),
}

impl Db {
    /// Opens `database`, keeping everything of the embedded one in `data_dir`. The schema is not touched.
    ///
    /// # Errors
    ///
    /// See [`OpenError`].
    pub async fn open(database: &Database, data_dir: &Path) -> Result<Self, OpenError> {
        match database {
            Database::Sqlite(file) => sqlite::open(file, data_dir).await,
            Database::Postgres(url) => postgres::open(url).await,
        }
    }

    /// Brings the schema up to date, after a backup when there is anything to lose.
    ///
    /// # Errors
    ///
    /// [`OpenError::Newer`] when a newer release has been here.
    pub async fn migrate(&self) -> Result<(), OpenError> {
        let known = known();
        if self.backend() == DbBackend::Postgres {
            return postgres::migrate_alone(&self.writer, &known).await;
        }
        let applied = applied(&self.writer).await?;
        refuse_newer(&applied, &known)?;
        if !applied.is_empty()
            && applied.len() < known.len()
            && let Some(file) = &self.file
        {
            let copy = file.with_extension(format!("before-{}.db", known.len()));
            // Under another name until it is whole; one of a start that failed is replaced.
            let part = copy.with_extension("part");
            std::fs::remove_file(&part).ok();
            sqlite::copy(file, &part).await?;
            std::fs::rename(&part, &copy)
                .map_err(|source| OpenError::Folder { path: copy.clone(), source })?;
        }
        Ok(Migrator::up(&self.writer, None).await?)
    }

    /// For reading. On the embedded database these connections cannot write.
    pub fn read(&self) -> &DatabaseConnection {
        &self.reader
    }

    /// The dialect.
    pub fn backend(&self) -> DbBackend {
        self.reader.get_database_backend()
    }

    /// True when other nodes may be writing too.
    pub fn is_shared(&self) -> bool {
        self.backend() == DbBackend::Postgres
    }

    /// File of the embedded database.
    pub fn file(&self) -> Option<&Path> {
        self.file.as_deref()
    }

    /// Begins a transaction that may write; the writer's, and nobody else's.
    ///
    /// # Errors
    ///
    /// When the database does not answer.
    pub(crate) async fn begin(&self) -> Result<DatabaseTransaction, DbErr> {
        // A deferred transaction that turns out to write fails at once with BUSY, ignoring the timeout.
        let sqlite_transaction_mode = (!self.is_shared()).then_some(SqliteTransactionMode::Immediate);
        let options = TransactionOptions { sqlite_transaction_mode, ..TransactionOptions::default() };
        self.writer.begin_with_options(options).await
    }

    /// Copies `database`, consistent as of now, to a file that does not exist yet, also while servers run on it. The
    /// file is an embedded database, whichever it is made from.
    ///
    /// # Errors
    ///
    /// When `target` exists, the disk is full, or `database` is none, or of another release.
    pub async fn back_up(database: &Database, target: &Path) -> Result<(), OpenError> {
        match database {
            Database::Sqlite(file) => Ok(sqlite::copy(file, target).await?),
            Database::Postgres(url) => {
                if target.exists() {
                    return Err(OpenError::Exists(target.to_owned()));
                }
                let source = postgres::open(url).await?;
                let copied = sqlite::write(target, async |copy| source.pour_into(copy).await).await;
                source.close().await;
                copied
            }
        }
    }

    /// Fills an empty PostgreSQL database from a file that [`Db::back_up`] wrote; `scratch` names a file to work on.
    ///
    /// # Errors
    ///
    /// [`OpenError::Occupied`] when teams live there already; [`OpenError::Newer`] when the file is of a newer release.
    pub async fn fill(url: &str, file: &Path, scratch: &Path) -> Result<(), OpenError> {
        let target = postgres::open(url).await?;
        let filled = async {
            target.migrate().await?;
            if scalar(&target.writer, "select count(*) from team").await? != "0" {
                return Err(OpenError::Occupied);
            }
            // A copy, because a backup of an older release is brought up to date first.
            sqlite::copy(file, scratch).await?;
            let poured =
                sqlite::write(scratch, async |copy| Ok(transfer::all(copy, &target.writer).await?)).await;
            std::fs::remove_file(scratch).ok();
            poured
        };
        let filled = filled.await;
        target.close().await;
        filled
    }

    /// Copies every row into an embedded database of the same schema.
    async fn pour_into(&self, copy: &DatabaseConnection) -> Result<(), OpenError> {
        let known = known();
        let applied = applied(&self.reader).await?;
        refuse_newer(&applied, &known)?;
        match known.into_iter().find(|name| !applied.contains(name)) {
            Some(missing) => Err(OpenError::Older(missing)),
            None => Ok(transfer::all(&self.reader, copy).await?),
        }
    }

    /// Takes a data folder for this process until the answer is dropped.
    ///
    /// # Errors
    ///
    /// [`OpenError::InUse`] while a server runs on it.
    pub fn hold(data_dir: &Path) -> Result<std::fs::File, OpenError> {
        sqlite::hold(data_dir)
    }

    /// Checks that an embedded database is whole; how many rows each table has.
    ///
    /// # Errors
    ///
    /// When it is not, or is no database.
    pub async fn rows(file: &Path) -> Result<Vec<(String, i64)>, DbErr> {
        sqlite::rows(file).await
    }

    /// An embedded database that must be there, as it is.
    ///
    /// # Errors
    ///
    /// When it cannot be opened.
    pub async fn look_into(file: &Path) -> Result<DatabaseConnection, DbErr> {
        sqlite::existing(file).await
    }

    /// Closes every connection and lets go of the data folder, so that the files are whole and free.
    pub async fn close(&self) {
        for pool in [&self.reader, &self.writer] {
            if let Err(error) = pool.close_by_ref().await {
                tracing::warn!(%error, "a connection did not close");
            }
        }
        // Not left to the last handle: tasks that end a little later would keep the folder from its next owner.
        if let Some(Err(error)) = self.lock.as_ref().map(File::unlock) {
            tracing::warn!(%error, "the data folder was not unlocked");
        }
    }

    /// Takes pages from the embedded database until nothing fits any more, as a full disk does; for tests.
    #[doc(hidden)]
    pub async fn limit_pages(&self, pages: u64) -> Result<(), DbErr> {
        self.writer.execute_unprepared(&format!("pragma max_page_count = {pages}")).await.map(drop)
    }
}

async fn applied(db: &DatabaseConnection) -> Result<Vec<String>, DbErr> {
    let models = Migrator::get_migration_models(db).await?;
    Ok(models.into_iter().map(|model| model.version).collect())
}

/// Every change of the schema this release knows.
fn known() -> Vec<String> {
    Migrator::migrations().iter().map(|change| change.name().to_owned()).collect()
}

fn refuse_newer(applied: &[String], known: &[String]) -> Result<(), OpenError> {
    match applied.iter().find(|name| !known.contains(name)) {
        Some(name) => Err(OpenError::Newer(name.clone())),
        None => Ok(()),
    }
}

/// The first column of the first row of `sql`, as text.
async fn scalar(db: &DatabaseConnection, sql: &str) -> Result<String, DbErr> {
    let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await?;
    let row = row.ok_or_else(|| DbErr::RecordNotFound(sql.to_owned()))?;
    row.try_get_by_index::<String>(0)
        .or_else(|_| row.try_get_by_index::<i64>(0).map(|number| number.to_string()))
}
