//! A copy of the database every day, kept for as many days as configured.

use std::path::{Path, PathBuf};

use chrono::DateTime;

use crate::app::App;
use crate::db::Db;
use crate::files;

const DAY_MS: i64 = 86_400_000;
const PREFIX: &str = "huiyin-";
const SUFFIX: &str = ".db";

/// Makes today's copy if there is none, and lets old ones go. Every node keeps its own: the copies then lie on as many
/// disks.
pub async fn keep(app: &App) {
    if app.config.backup_days == 0 {
        return;
    }
    let folder = app.config.data_dir.join("backups");
    if let Err(error) = today(app, &folder, app.clock.now_ms()).await {
        tracing::error!(%error, "today's backup could not be made; trying again soon");
    }
}

async fn today(app: &App, folder: &Path, now_ms: i64) -> anyhow::Result<()> {
    tokio::fs::create_dir_all(folder).await?;
    let name = |ms| {
        DateTime::from_timestamp_millis(ms).map(|day| format!("{PREFIX}{}{SUFFIX}", day.format("%Y-%m-%d")))
    };
    let Some(target) = name(now_ms).map(|name| folder.join(name)) else { return Ok(()) };
    if !tokio::fs::try_exists(&target).await? {
        // Under another name until it is whole: a copy that stands under its own name can be relied on.
        let part = target.with_extension("part");
        tokio::fs::remove_file(&part).await.ok();
        Db::back_up(&app.config.database, &part).await?;
        app.files.back_up(&files::beside(&target)).await?;
        tokio::fs::rename(&part, &target).await?;
        tracing::info!(file = %target.display(), "backed up");
    }
    let oldest = name(now_ms - i64::from(app.config.backup_days) * DAY_MS).unwrap_or_default();
    for file in old(folder, &oldest).await? {
        if let Err(error) = tokio::fs::remove_dir_all(files::beside(&file)).await
            && error.kind() != std::io::ErrorKind::NotFound
        {
            return Err(error.into());
        }
        tokio::fs::remove_file(file).await?;
    }
    Ok(())
}

async fn old(folder: &Path, oldest: &str) -> std::io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut entries = tokio::fs::read_dir(folder).await?;
    while let Some(entry) = entries.next_entry().await? {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with(PREFIX) && name.ends_with(SUFFIX) && name.as_str() < oldest {
            found.push(entry.path());
        }
    }
    Ok(found)
}
