//! `huiyin backup`, `restore`, `verify`: copies of the embedded database, made while it serves.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use super::say;
use crate::config::{Database, StorageOptions};
use crate::db::Db;

/// Options of `huiyin backup`.
#[derive(Debug, clap::Args)]
#[group(skip)]
pub struct BackupOptions {
    #[command(flatten)]
    storage: StorageOptions,
    /// File to write; must not exist
    file: PathBuf,
}

/// Options of `huiyin restore`.
#[derive(Debug, clap::Args)]
#[group(skip)]
pub struct RestoreOptions {
    #[command(flatten)]
    storage: StorageOptions,
    /// A file that `huiyin backup` wrote
    file: PathBuf,
    /// Replace a database that is there; it is kept beside under another name
    #[arg(long)]
    replace: bool,
}

/// Options of `huiyin verify`.
#[derive(Debug, clap::Args)]
#[group(skip)]
pub struct VerifyOptions {
    #[command(flatten)]
    storage: StorageOptions,
    /// A backup; the database itself when absent
    file: Option<PathBuf>,
}

/// Copies the database, consistent as of now, whether or not a server is running on it, and checks the copy.
///
/// # Errors
///
/// When the file exists, the disk is full, or the copy is not whole.
pub async fn backup(options: BackupOptions) -> anyhow::Result<()> {
    let source = embedded(&options.storage)?;
    if options.file.exists() {
        bail!("`{}` exists already", options.file.display());
    }
    Db::copy(&source, &options.file).await.context("the backup could not be written")?;
    report(&options.file).await
}

/// Puts a backup in the place of the database. Refused while a server runs on it.
///
/// # Errors
///
/// When the backup is not whole, a database is there and `--replace` is not given, or it is in use.
pub async fn restore(options: RestoreOptions) -> anyhow::Result<()> {
    let target = embedded(&options.storage)?;
    Db::rows(&options.file).await.context("the backup is not whole")?;
    let _held = Db::hold(&options.storage.data_dir)?;
    if target.exists() {
        if !options.replace {
            bail!("`{}` exists: give --replace to put the backup in its place", target.display());
        }
        // What the log still holds belongs to the old database, so it goes with it.
        for end in ["", "-wal", "-shm"] {
            let old = beside(&target, end);
            if old.exists() {
                std::fs::rename(&old, beside(&target, &format!(".replaced{end}")))?;
            }
        }
    }
    Db::copy(&options.file, &target).await.context("the backup could not be put in place")?;
    report(&target).await
}

/// Checks that a database is whole, and prints how many rows each table has.
///
/// # Errors
///
/// When it is not.
pub async fn verify(options: VerifyOptions) -> anyhow::Result<()> {
    let file = match options.file {
        Some(file) => file,
        None => embedded(&options.storage)?,
    };
    report(&file).await
}

async fn report(file: &Path) -> anyhow::Result<()> {
    let tables = Db::rows(file).await?;
    say(format!("ok: {}", file.display()));
    for (table, rows) in tables {
        say(format!("{table}: {rows}"));
    }
    Ok(())
}

fn embedded(storage: &StorageOptions) -> anyhow::Result<PathBuf> {
    match storage.database()? {
        Database::Sqlite(file) => Ok(file),
        Database::Postgres(_) => bail!("PostgreSQL is backed up with its own tools: pg_dump and pg_restore"),
    }
}

fn beside(file: &Path, end: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(end);
    name.into()
}
