//! `huiyin import` and `huiyin export`: an app as one readable document, in and out.

use std::path::PathBuf;

use anyhow::{Context, bail};

use super::local;
use crate::app::App;
use crate::auth::Caller;
use crate::config::StorageOptions;
use crate::services::{apps, install, team};
use crate::store;

/// Options of `huiyin import`.
#[derive(Debug, clap::Args)]
#[group(skip)]
pub struct ImportOptions {
    #[command(flatten)]
    storage: StorageOptions,
    /// The app, JSON
    file: PathBuf,
    /// Name of the team; may be left out when there is one
    #[arg(long)]
    team: Option<String>,
    /// Only say what would be done
    #[arg(long)]
    dry_run: bool,
}

/// Options of `huiyin export`.
#[derive(Debug, clap::Args)]
#[group(skip)]
pub struct ExportOptions {
    #[command(flatten)]
    storage: StorageOptions,
    /// Key of the app
    app: String,
    /// Name of the team; may be left out when there is one
    #[arg(long)]
    team: Option<String>,
}

/// Installs the app and prints the report; true when there was no problem.
///
/// # Errors
///
/// When the file is no JSON, the team is unknown, or the database is in use.
pub async fn import(options: ImportOptions) -> anyhow::Result<bool> {
    let text = std::fs::read_to_string(&options.file)
        .with_context(|| format!("`{}` cannot be read", options.file.display()))?;
    let document =
        serde_json::from_str(&text).with_context(|| format!("`{}` is no JSON", options.file.display()))?;
    let app = local(&options.storage).await?;
    let owner = owner(&app, options.team.as_deref()).await?;
    let report = install::install(&app, &owner, &document, options.dry_run).await?;
    app.close().await;
    println!("{}", serde_json::to_string_pretty(&report)?);
    Ok(report.problems.is_empty())
}

/// Prints the app.
///
/// # Errors
///
/// When the team or the app is unknown, or the database is in use.
pub async fn export(options: ExportOptions) -> anyhow::Result<()> {
    let app = local(&options.storage).await?;
    let owner = owner(&app, options.team.as_deref()).await?;
    let document = apps::export(&app, &owner, &options.app).await?;
    app.close().await;
    println!("{}", serde_json::to_string_pretty(&document)?);
    Ok(())
}

async fn owner(app: &App, name: Option<&str>) -> anyhow::Result<Caller> {
    let mut teams = store::team::all(app.db.read()).await?;
    if let Some(name) = name {
        teams.retain(|team| team.name == name);
    }
    match teams.as_slice() {
        [team] => Ok(team::owner(app, team.id).await?),
        [] => bail!("there is no such team: make one with `huiyin user create`"),
        _ => bail!("there are several teams: name one with --team"),
    }
}
