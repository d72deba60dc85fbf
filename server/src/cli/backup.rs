//! `huiyin backup`, `restore`, `verify`: copies of the database, made while it serves. A backup is one file, an embedded
//! database itself, also when it was made from PostgreSQL; so it can be put into either. The files people sent stand beside
//! it, in the folder `NAME.files`.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use super::say;
use crate::config::{Database, StorageOptions};
use crate::db::Db;
use crate::files::{self, Files};
use crate::services::audit;

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
    if options.file.exists() {
        bail!("`{}` exists already", options.file.display());
    }
    Db::back_up(&options.storage.database()?, &options.file)
        .await
        .context("the backup could not be written")?;
    let copied = Files::new(&options.storage.data_dir).back_up(&files::beside(&options.file)).await;
    say(format!("files: {}", copied.context("the files people sent could not be copied")?));
    report(&options.file).await
}

/// Puts a backup in the place of the database. Refused while a server runs on it, and into a PostgreSQL database that
/// holds teams.
///
/// # Errors
///
/// When the backup is not whole, a database is there and `--replace` is not given, or it is in use.
pub async fn restore(options: RestoreOptions) -> anyhow::Result<()> {
    let rows = Db::rows(&options.file).await.context("the backup is not whole")?;
    let target = match options.storage.database()? {
        Database::Sqlite(file) => file,
        Database::Postgres(url) => {
            std::fs::create_dir_all(&options.storage.data_dir)?;
            let scratch = options.storage.data_dir.join("restoring.db");
            Db::fill(&url, &options.file, &scratch).await.context("the backup could not be put in place")?;
            tell("restored", rows);
            return put_back(&options.file, &options.storage.data_dir).await;
        }
    };
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
    let backup = Database::Sqlite(options.file.clone());
    Db::back_up(&backup, &target).await.context("the backup could not be put in place")?;
    put_back(&options.file, &options.storage.data_dir).await?;
    report(&target).await
}

/// The files people sent, which lie beside a backup.
async fn put_back(backup: &Path, data_dir: &Path) -> anyhow::Result<()> {
    let restored = Files::new(data_dir).restore(&files::beside(backup)).await;
    say(format!("files: {}", restored.context("the files people sent could not be put back")?));
    Ok(())
}

/// Checks that a database is whole and that nobody changed its audit logs, and prints how many rows each table has.
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
    let has_log = tables.iter().any(|(table, _)| table == "audit");
    tell(&file.display().to_string(), tables);
    if has_log {
        for (team, chain) in audit::check_all(&Db::look_into(file).await?).await? {
            if let Some(line) = chain.broken_at {
                bail!("the audit log of team {team} is broken at line {line}");
            }
            say(format!("audit log of {team}: {} lines hold, last hash {}", chain.lines, chain.head));
        }
    }
    Ok(())
}

fn tell(what: &str, tables: Vec<(String, i64)>) {
    say(format!("ok: {what}"));
    for (table, rows) in tables {
        say(format!("{table}: {rows}"));
    }
}

fn embedded(storage: &StorageOptions) -> anyhow::Result<PathBuf> {
    match storage.database()? {
        Database::Sqlite(file) => Ok(file),
        Database::Postgres(_) => bail!("expected a file: PostgreSQL checks itself"),
    }
}

fn beside(file: &Path, end: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(end);
    name.into()
}
