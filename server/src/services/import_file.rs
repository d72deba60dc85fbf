//! Importing a file of answers: look at it, correct what was inferred, run, watch, stop.
//!
//! The file becomes a form, its first version, a board and its submissions. The upload is kept in the
//! data folder until its rows are stored, so that a stopped or interrupted import goes on where it was:
//! how far it came is committed together with the rows.

mod board;
mod convert;
mod definition;
mod infer;
mod refusal;
mod runner;
mod upload;

use api_types::{ImportPreview, ImportProgress, RefusedRow, RunImport};
use form_engine::Language;

use crate::app::App;
use crate::auth::Caller;
use crate::error::{ApiError, Conflict};
use crate::feed::Entity;
use crate::ids::ImportId;
use crate::services::query;
use crate::store::import_job::{self, ImportJob};
use crate::tabular::Sheet;

/// The most bytes of a file.
pub const MAX_FILE_BYTES: usize = 10 << 20;
/// Refused rows sent with the progress; the others are counted.
const SHOWN_REFUSALS: usize = 200;
/// An import that has not stored anything for so long is not being worked on any more.
const SILENT_MS: i64 = 60_000;

const READY: &str = "ready";
const RUNNING: &str = "running";
const DONE: &str = "done";
const CANCELLED: &str = "cancelled";
const FAILED: &str = "failed";

/// Reads an uploaded file and says what it would become. Nothing is imported yet.
///
/// # Errors
///
/// Files that are no table, in the caller's words.
pub async fn preview(
    app: &App,
    caller: &Caller,
    file: &str,
    bytes: Vec<u8>,
) -> Result<ImportPreview, ApiError> {
    if bytes.len() > MAX_FILE_BYTES {
        return Err(ApiError::TooLarge { limit_bytes: MAX_FILE_BYTES });
    }
    let id: ImportId = app.ids.next();
    let bytes = upload::keep(app, id, bytes).await?;
    let language = caller.language;
    let sheet = read(bytes, language).await;
    if sheet.is_err() {
        upload::forget(upload::path(app, id)).await;
    }
    let sheet = sheet?;
    let now_ms = app.clock.now_ms();
    let job = ImportJob {
        id,
        team_id: caller.team,
        created_by: caller.user,
        file: file.to_owned(),
        encoding: sheet.encoding.name().to_owned(),
        status: READY.to_owned(),
        request: None,
        rows: i64::try_from(sheet.rows.len()).unwrap_or(i64::MAX),
        done: 0,
        imported: 0,
        refused: 0,
        refusals: "[]".to_owned(),
        form_key: None,
        error: None,
        created_at: now_ms,
        updated_at: now_ms,
    };
    let team = caller.team;
    app.writer
        .run(Some(team), move |batch| {
            let job = job.clone();
            Box::pin(async move { Ok(import_job::insert(batch.write(), job).await?) })
        })
        .await?;
    Ok(infer::preview(&sheet, id, file, language))
}

/// Starts storing; the answer comes at once, and [`progress`] tells the rest.
///
/// # Errors
///
/// A form of that key that is not this import's; columns that are not the file's.
pub async fn run(
    app: &App,
    caller: &Caller,
    id: ImportId,
    request: RunImport,
) -> Result<ImportProgress, ApiError> {
    let job = find(app, caller, id).await?;
    if job.status == RUNNING && !is_silent(app, &job) {
        return Err(Conflict::InProgress.into());
    }
    if job.status == DONE {
        return Err(Conflict::Taken(request.form).into());
    }
    if job.form_key.as_ref().is_some_and(|form| *form != request.form) {
        return Err(ApiError::problem("import.form", "/form", "this import has begun to fill another form"));
    }
    let sheet = read(upload::load(app, id).await?, caller.language).await?;
    let zone = query::zone_of_team(app, caller.team).await?;
    let runner = runner::Runner::prepare(app, caller, job, sheet, request, zone)?;
    let job = runner.begin().await?;
    tokio::spawn(runner.run());
    Ok(view(app, job))
}

/// How far an import is.
///
/// # Errors
///
/// [`ApiError::NotFound`] for another team's, too.
pub async fn progress(app: &App, caller: &Caller, id: ImportId) -> Result<ImportProgress, ApiError> {
    let job = find(app, caller, id).await?;
    Ok(view(app, job))
}

/// Stops an import; what is stored stays, and it can be run on. One that is not running is forgotten.
///
/// # Errors
///
/// [`ApiError::NotFound`] for another team's, too.
pub async fn cancel(app: &App, caller: &Caller, id: ImportId) -> Result<ImportProgress, ApiError> {
    let (team, now_ms) = (caller.team, app.clock.now_ms());
    let job = app
        .writer
        .run(Some(team), move |batch| {
            Box::pin(async move {
                let found = import_job::get(batch.read(), team, id).await?;
                let mut job = found.ok_or_else(|| ApiError::not_found("import", id))?;
                if job.status != DONE {
                    job.status = CANCELLED.to_owned();
                    job.updated_at = now_ms;
                    import_job::update(batch.write(), job.clone()).await?;
                    batch.changed(team, Entity::Import, id, None);
                }
                Ok(job)
            })
        })
        .await?;
    if job.done == 0 {
        upload::forget(upload::path(app, id)).await;
    }
    Ok(view(app, job))
}

async fn find(app: &App, caller: &Caller, id: ImportId) -> Result<ImportJob, ApiError> {
    let found = import_job::get(app.db.read(), caller.team, id).await?;
    found.ok_or_else(|| ApiError::not_found("import", id))
}

/// Reads a file beside the threads that answer requests.
async fn read(bytes: Vec<u8>, language: Language) -> Result<Sheet, ApiError> {
    let sheet = tokio::task::spawn_blocking(move || crate::tabular::read(&bytes)).await;
    let sheet = sheet.map_err(ApiError::internal)?;
    sheet.map_err(|error| ApiError::problem(error.code(), "", refusal::unreadable(&error, language)))
}

fn is_silent(app: &App, job: &ImportJob) -> bool {
    app.clock.now_ms() - job.updated_at > SILENT_MS
}

fn view(app: &App, job: ImportJob) -> ImportProgress {
    let mut refusals: Vec<RefusedRow> = serde_json::from_str(&job.refusals).unwrap_or_default();
    refusals.truncate(SHOWN_REFUSALS);
    // The server was stopped while it ran: it can be run on.
    let status = if job.status == RUNNING && is_silent(app, &job) { FAILED } else { &job.status };
    let count = |number: i64| u64::try_from(number).unwrap_or(0);
    ImportProgress {
        id: job.id.to_string(),
        status: status.to_owned(),
        rows: count(job.rows),
        done: count(job.done),
        imported: count(job.imported),
        refused: count(job.refused),
        refusals,
        form: job.form_key,
    }
}
