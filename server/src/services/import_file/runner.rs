//! The run itself: the form first, then rows in portions, each committed with how far the import is.

use std::sync::Arc;

use api_types::{NotificationKind, ProblemView, RefusedRow, RunImport};
use chrono_tz::Tz;
use form_engine::{Form, FormDefinition, Language, compile};
use report_engine::Dashboard;
use serde_json::{Value, json};

use super::convert::Converter;
use super::{CANCELLED, DONE, FAILED, RUNNING, board, definition, upload};
use crate::app::App;
use crate::auth::Caller;
use crate::catalog::LiveForm;
use crate::error::{ApiError, Conflict};
use crate::feed::Entity;
use crate::ids::{AppId, DefinitionId, TeamId, UserId};
use crate::services::case::{Case, Draft};
use crate::services::notification;
use crate::store::app::AppRow;
use crate::store::definition::Definition;
use crate::store::import_job::ImportJob;
use crate::store::version::Version;
use crate::store::{self, import_job};
use crate::tabular::{Cell, Sheet, SheetRow, damage};
use crate::writer::Batch;

/// Rows committed together: small enough to cancel soon, and to leave room for customers' answers.
const PORTION: usize = 250;
/// Refused rows kept with their cells.
const KEPT_REFUSALS: usize = 10_000;

/// An import about to run.
pub(super) struct Runner {
    app: App,
    team: TeamId,
    user: UserId,
    language: Language,
    job: ImportJob,
    sheet: Sheet,
    request: RunImport,
    /// Local times without an offset are this zone's.
    zone: Tz,
    form: Form,
    /// What can be said only of whole columns.
    wholes: Vec<damage::Column>,
    documents: [(&'static str, Value); 2],
}

impl Runner {
    /// Makes the form and its board, and checks that both could be published.
    pub(super) fn prepare(
        app: &App,
        caller: &Caller,
        job: ImportJob,
        sheet: Sheet,
        request: RunImport,
        zone: Tz,
    ) -> Result<Self, ApiError> {
        let problems = definition::check(&sheet, &request);
        if !problems.is_empty() {
            return Err(ApiError::Invalid(problems));
        }
        let wholes = (0..sheet.headers.len()).map(|column| damage::column(&sheet, column)).collect();
        let form_document = definition::form(&request);
        let parsed = FormDefinition::parse(&form_document).map_err(ApiError::Invalid)?;
        let form = compile(&parsed).map_err(ApiError::Invalid)?;
        let board = board::dashboard(&request);
        Dashboard::parse(&board).map_err(ApiError::Invalid)?;
        Ok(Self {
            app: app.clone(),
            team: caller.team,
            user: caller.user,
            language: caller.language,
            job,
            sheet,
            request,
            zone,
            form,
            wholes,
            documents: [("form", form_document), ("dashboard", board)],
        })
    }

    /// Publishes the form and its board, unless this import has done so before, and says it is running.
    pub(super) async fn begin(&self) -> Result<ImportJob, ApiError> {
        let mut job = self.job.clone();
        let is_new = job.form_key.is_none();
        job.status = RUNNING.to_owned();
        job.form_key = Some(self.request.form.clone());
        job.request = serde_json::to_string(&self.request).ok();
        job.error = None;
        job.updated_at = self.app.clock.now_ms();
        let definitions = Arc::new(self.definitions(job.updated_at));
        let app = self.app_row(job.updated_at);
        let (team, job) = (self.team, Arc::new(job));
        self.app
            .writer
            .run(Some(team), move |batch| {
                let (job, definitions, app) = (job.clone(), definitions.clone(), app.clone());
                Box::pin(async move {
                    if is_new {
                        publish(batch, team, app, &definitions).await?;
                    }
                    import_job::update(batch.write(), ImportJob::clone(&job)).await?;
                    batch.changed(team, Entity::Import, job.id, None);
                    Ok(ImportJob::clone(&job))
                })
            })
            .await
    }

    fn app_row(&self, now_ms: i64) -> AppRow {
        let key = self.request.app.clone();
        let document = json!({"format": 1, "kind": "app", "key": key, "title": key}).to_string();
        AppRow {
            id: self.app.ids.next(),
            team_id: self.team,
            key,
            document,
            installed: None,
            created_at: now_ms,
            updated_at: now_ms,
        }
    }

    fn definitions(&self, now_ms: i64) -> Vec<(Definition, Version)> {
        let ids = &self.app.ids;
        let make = |(kind, document): &(&'static str, Value)| {
            let id: DefinitionId = ids.next();
            let text = document.to_string();
            let definition = Definition {
                id,
                team_id: self.team,
                app_id: AppId(uuid::Uuid::nil()),
                kind: (*kind).to_owned(),
                key: self.request.form.clone(),
                draft: text.clone(),
                rev: 1,
                live_version: Some(1),
                created_at: now_ms,
                updated_at: now_ms,
                saved_by: None,
                saved_at: None,
                held_by: None,
                held_at: None,
            };
            let version = Version {
                id: ids.next(),
                team_id: self.team,
                definition_id: id,
                number: 1,
                document: text,
                created_by: Some(self.user),
                created_at: now_ms,
            };
            (definition, version)
        };
        self.documents.iter().map(make).collect()
    }

    /// Stores the rows; ends as done, cancelled or failed, which the job's row tells.
    pub(super) async fn run(self) {
        let (file, id) = (upload::path(&self.app, self.job.id), self.job.id);
        let runner = Arc::new(self);
        match store_rows(runner.clone()).await {
            Ok(true) => upload::forget(file).await,
            Ok(false) => {}
            Err(error) => {
                tracing::warn!(%error, %id, "an import failed");
                if let Err(error) = runner.fail(error.to_string()).await {
                    tracing::warn!(%error, %id, "nor could that be stored");
                }
            }
        }
    }

    /// Judges the next rows from `start` on.
    fn portion(&self, start: usize) -> Portion {
        let rows = &self.sheet.rows[start..self.sheet.rows.len().min(start + PORTION)];
        let converter = Converter::new(&self.request.columns, &self.wholes);
        let is_last = start + rows.len() == self.sheet.rows.len();
        let mut portion = Portion { looked_at: rows.len(), is_last, ..Portion::default() };
        for row in rows {
            match self.judge(&converter, row) {
                Ok(document) => portion.documents.extend(document),
                Err(refused) => portion.refused.push(refused),
            }
        }
        portion
    }

    /// The row's document; `None` for a row of empty cells, which is nobody's answer.
    fn judge(&self, converter: &Converter<'_>, row: &SheetRow) -> Result<Option<Value>, RefusedRow> {
        let refused = |problems: Vec<ProblemView>| RefusedRow {
            row: row.number,
            cells: row.cells.iter().map(Cell::text).collect(),
            problems,
        };
        let refusals = converter.refusals(row);
        if !refusals.is_empty() {
            let problems = refusals.into_iter().map(|(header, refusal)| ProblemView {
                path: header.map_or_else(String::new, |header| form_engine::pointer::join("", header)),
                code: refusal.code().to_owned(),
                message: refusal.message(self.language),
            });
            return Err(refused(problems.collect()));
        }
        if row.cells.iter().all(Cell::is_empty) {
            return Ok(None);
        }
        let document = converter.document(row, self.zone);
        let judged = self.form.validate(document, self.language);
        judged.map(Some).map_err(|problems| refused(problems.into_iter().map(Into::into).collect()))
    }

    /// Stores a portion with how far the import is; false when it was cancelled meanwhile.
    async fn commit(self: Arc<Self>, portion: Portion) -> Result<bool, ApiError> {
        let (team, user, id, language) = (self.team, self.user, self.job.id, self.language);
        let (key, app) = (self.request.form.clone(), self.app.clone());
        let catalog = app.catalog(team).await?;
        let form = catalog.form(&key)?.clone();
        let portion = Arc::new(portion);
        let writer = self.app.writer.clone();
        writer
            .run(Some(team), move |batch| {
                let (portion, key, app) = (portion.clone(), key.clone(), app.clone());
                let (catalog, form) = (catalog.clone(), form.clone());
                Box::pin(async move {
                    let found = import_job::get(batch.read(), team, id).await?;
                    let mut job = found.ok_or_else(|| ApiError::not_found("import", id))?;
                    if job.status == CANCELLED {
                        return Ok(false);
                    }
                    let now_ms = app.clock.now_ms();
                    for document in &portion.documents {
                        let draft = draft(form.clone(), document.clone(), user, language, now_ms);
                        Case::open(&app, batch, catalog.clone(), draft).await?;
                    }
                    portion.note(&mut job, now_ms);
                    if portion.is_last {
                        notification::tell(
                            &app,
                            batch,
                            (team, user),
                            NotificationKind::Imported,
                            &facts(&job),
                        );
                    }
                    import_job::update(batch.write(), job).await?;
                    batch.changed(team, Entity::Import, id, Some(&key));
                    Ok(true)
                })
            })
            .await
    }

    async fn fail(self: Arc<Self>, error: String) -> Result<(), ApiError> {
        let (team, user, id, text) = (self.team, self.user, self.job.id, error);
        let (app, now_ms) = (self.app.clone(), self.app.clock.now_ms());
        let writer = self.app.writer.clone();
        writer
            .run(Some(team), move |batch| {
                let (text, app) = (text.clone(), app.clone());
                Box::pin(async move {
                    if let Some(mut job) = import_job::get(batch.read(), team, id).await? {
                        job.status = FAILED.to_owned();
                        job.error = Some(text);
                        job.updated_at = now_ms;
                        let told = facts(&job);
                        import_job::update(batch.write(), job).await?;
                        notification::tell(&app, batch, (team, user), NotificationKind::Imported, &told);
                        batch.changed(team, Entity::Import, id, None);
                    }
                    Ok(())
                })
            })
            .await
    }
}

/// What its owner is told of an import that has ended.
fn facts(job: &ImportJob) -> Value {
    json!({"file": job.file, "form": job.form_key, "imported": job.imported, "refused": job.refused,
        "failed": job.status == FAILED})
}

/// True when every row has been looked at, false when the import was cancelled.
async fn store_rows(runner: Arc<Runner>) -> Result<bool, ApiError> {
    let mut start = usize::try_from(runner.job.done).unwrap_or(0).min(runner.sheet.rows.len());
    loop {
        let judging = runner.clone();
        // Validating is work for a processor; requests are answered meanwhile.
        let portion = tokio::task::spawn_blocking(move || judging.portion(start)).await;
        let portion = portion.map_err(ApiError::internal)?;
        let (looked_at, is_last) = (portion.looked_at, portion.is_last);
        if !runner.clone().commit(portion).await? {
            return Ok(false);
        }
        if is_last {
            return Ok(true);
        }
        start += looked_at;
    }
}

/// Rows that are committed together.
#[derive(Debug, Default)]
struct Portion {
    documents: Vec<Value>,
    refused: Vec<RefusedRow>,
    looked_at: usize,
    is_last: bool,
}

impl Portion {
    /// Adds this portion to what the job tells of itself.
    fn note(&self, job: &mut ImportJob, now_ms: i64) {
        let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
        job.done += count(self.looked_at);
        job.imported += count(self.documents.len());
        job.refused += count(self.refused.len());
        if !self.refused.is_empty() {
            let mut refusals: Vec<RefusedRow> = serde_json::from_str(&job.refusals).unwrap_or_default();
            refusals.extend(self.refused.iter().cloned());
            refusals.truncate(KEPT_REFUSALS);
            job.refusals = serde_json::to_string(&refusals).unwrap_or_default();
        }
        if self.is_last {
            job.status = DONE.to_owned();
        }
        job.updated_at = now_ms;
    }
}

/// Stores new definitions as published; their app is made when the team has none of that key.
async fn publish(
    batch: &mut Batch,
    team: TeamId,
    app: AppRow,
    definitions: &[(Definition, Version)],
) -> Result<(), ApiError> {
    for (definition, _) in definitions {
        let taken = store::definition::by_key(batch.read(), team, &definition.kind, &definition.key).await?;
        if taken.is_some() {
            return Err(Conflict::Taken(definition.key.clone()).into());
        }
    }
    let known = store::app::by_key(batch.read(), team, &app.key).await?;
    let app_id = known.as_ref().map_or(app.id, |known| known.id);
    if known.is_none() {
        store::app::insert(batch.write(), app).await?;
    }
    for (definition, version) in definitions {
        let definition = Definition { app_id, ..definition.clone() };
        let id = definition.id;
        store::definition::insert(batch.write(), definition).await?;
        store::version::insert(batch.write(), version.clone()).await?;
        batch.changed(team, Entity::Definition, id, None);
    }
    Ok(store::team::definitions_changed(batch.write(), team).await?)
}

/// An answer from before this server: it makes the customer known, and starts nothing.
fn draft(form: Arc<LiveForm>, data: Value, user: UserId, language: Language, now_ms: i64) -> Draft {
    Draft {
        form,
        data,
        channel: store::submission::IMPORTED.to_owned(),
        language: language.as_str().to_owned(),
        by: Some(user),
        link: None,
        customer: None,
        known: Vec::new(),
        mail: None,
        quiet: true,
        at_ms: now_ms,
        depth: 0,
        cause: flow_engine::Cause::default(),
    }
}
