//! `huiyin import` and `huiyin export`: apps as one readable document, in and out; and tables of answers, in.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, bail};
use api_types::RunImport;

use super::{local, say};
use crate::app::App;
use crate::auth::Caller;
use crate::config::StorageOptions;
use crate::error::ApiError;
use crate::services::{apps, import_file, install, team};
use crate::store;

/// How often the progress of an import is looked at.
const PAUSE: Duration = Duration::from_millis(100);

/// Options of `huiyin import`.
#[derive(Debug, clap::Args)]
#[group(skip)]
pub struct ImportOptions {
    #[command(flatten)]
    storage: StorageOptions,
    /// An app (.json), or answers (.csv, .xlsx) that become a form and its submissions
    file: PathBuf,
    /// Name of the team; may be left out when there is one
    #[arg(long)]
    team: Option<String>,
    /// Only say what would be done
    #[arg(long)]
    dry_run: bool,
    /// Key of the app that a form made of answers joins
    #[arg(long, default_value = "imports", value_name = "APP")]
    into: String,
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

/// Installs an app, or imports answers, and prints the report; true when nothing was refused.
///
/// # Errors
///
/// When the file cannot be read, the team is unknown, or the database is in use.
pub async fn import(options: ImportOptions) -> anyhow::Result<bool> {
    let bytes = std::fs::read(&options.file)
        .with_context(|| format!("`{}` cannot be read", options.file.display()))?;
    let app = local(&options.storage).await?;
    let owner = owner(&app, options.team.as_deref()).await?;
    let is_app = options.file.extension().is_some_and(|end| end.eq_ignore_ascii_case("json"));
    let clean = if is_app {
        let wish = install::Wish::read(&bytes)
            .with_context(|| format!("`{}` cannot be imported", options.file.display()))?;
        let report = install::import(&app, &owner, wish, options.dry_run).await?;
        say(serde_json::to_string_pretty(&report)?);
        report.problems.is_empty() && !report.is_open()
    } else {
        answers(&app, &owner, &options, bytes).await?
    };
    app.close().await;
    Ok(clean)
}

/// The same import that the studio has, with what it infers.
async fn answers(app: &App, owner: &Caller, options: &ImportOptions, bytes: Vec<u8>) -> anyhow::Result<bool> {
    let name = options.file.file_name().unwrap_or_default().to_string_lossy();
    let preview = import_file::preview(app, owner, &name, bytes).await.map_err(spoken)?;
    if options.dry_run {
        say(serde_json::to_string_pretty(&preview)?);
        return Ok(preview.problems.is_empty());
    }
    let id = preview.id.parse()?;
    let request = RunImport {
        form: preview.form,
        title: preview.title,
        app: options.into.clone(),
        columns: preview.columns,
    };
    let mut progress = import_file::run(app, owner, id, request).await.map_err(spoken)?;
    while progress.status == "running" {
        eprint!("\r{} / {}", progress.done, progress.rows);
        tokio::time::sleep(PAUSE).await;
        progress = import_file::progress(app, owner, id).await?;
    }
    eprintln!("\r{} / {}", progress.done, progress.rows);
    say(serde_json::to_string_pretty(&progress)?);
    Ok(progress.status == "done" && progress.refused == 0)
}

/// Problems of what was given say what is wrong; the others say it themselves.
fn spoken(error: ApiError) -> anyhow::Error {
    let ApiError::Invalid(problems) = error else { return error.into() };
    let said: Vec<String> = problems.into_iter().map(|problem| problem.message).collect();
    anyhow::anyhow!("{}", said.join("; "))
}

/// Prints the app.
///
/// # Errors
///
/// When the team or the app is unknown, or the database is in use.
pub async fn export(options: ExportOptions) -> anyhow::Result<()> {
    let app = local(&options.storage).await?;
    let owner = owner(&app, options.team.as_deref()).await?;
    let document = apps::export(&app, &owner, &options.app, true).await?;
    app.close().await;
    say(serde_json::to_string_pretty(&document)?);
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
