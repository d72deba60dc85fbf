//! Definitions: what authors save, and what stands against publishing it.

use api_types::{
    DefinitionKind, DefinitionSummary, DefinitionView, NewDefinition, SavedDraft, VersionDocument,
    VersionView,
};
use form_engine::{Form, FormDefinition, Problem, Text};
use serde_json::Value;

use crate::app::App;
use crate::auth::Caller;
use crate::clock::rfc3339;
use crate::error::{ApiError, Conflict};
use crate::feed::Entity;
use crate::ids::DefinitionId;
use crate::permission::RoleDocument;
use crate::services::department::is_key;
use crate::store;
use crate::store::definition::Definition;

/// Longer drafts are refused: what a schema may cost is bounded before it is compiled.
pub const DRAFT_BYTES: usize = 512 * 1024;

/// The kind's word in documents and in the database.
pub fn kind_word(kind: DefinitionKind) -> &'static str {
    match kind {
        DefinitionKind::Form => "form",
        DefinitionKind::Flow => "flow",
        DefinitionKind::Dashboard => "dashboard",
        DefinitionKind::Calendar => "calendar",
        DefinitionKind::Role => "role",
    }
}

/// The kind a word stands for.
pub fn kind_of(word: &str) -> Option<DefinitionKind> {
    serde_json::from_value(word.into()).ok()
}

/// What every definition says about itself.
pub struct Head {
    /// What it describes.
    pub kind: DefinitionKind,
    /// Unique per team and kind.
    pub key: String,
}

/// The head of a document.
///
/// # Errors
///
/// Every member of it that is missing or wrong.
pub fn head(document: &Value) -> Result<Head, Vec<Problem>> {
    let mut problems = Vec::new();
    if document.get("format").and_then(Value::as_u64) != Some(1) {
        problems.push(Problem::new("definition.format", "/format", "expected 1"));
    }
    let word = document.get("kind").and_then(Value::as_str).unwrap_or_default();
    let kind = kind_of(word);
    if kind.is_none() {
        let message = format!("expected `form`, `flow`, `dashboard`, `calendar` or `role`, found `{word}`");
        problems.push(Problem::new("definition.kind", "/kind", message));
    }
    let key = document.get("key").and_then(Value::as_str).unwrap_or_default();
    if !is_key(key) {
        let message = format!("expected up to 64 lower-case letters, digits and hyphens, found `{key}`");
        problems.push(Problem::new("definition.key", "/key", message));
    }
    match (kind, problems.is_empty()) {
        (Some(kind), true) => Ok(Head { kind, key: key.to_owned() }),
        (_, _) => Err(problems),
    }
}

/// Everything that stands against publishing `document`; empty when it can be.
pub fn check(document: &Value) -> Vec<Problem> {
    let head = match head(document) {
        Ok(head) => head,
        Err(problems) => return problems,
    };
    let checked = match head.kind {
        DefinitionKind::Form => FormDefinition::parse(document)
            .and_then(|form| form_engine::compile(&form))
            .and_then(|form| themed(&form).and_then(|()| stopped(&form))),
        DefinitionKind::Flow => flow_engine::compile(document).map(drop),
        DefinitionKind::Dashboard => report_engine::Dashboard::parse(document).map(drop),
        DefinitionKind::Calendar => flow_engine::Calendar::parse(document).map(drop),
        DefinitionKind::Role => RoleDocument::parse(document).map(drop),
    };
    checked.err().unwrap_or_default()
}

/// What pages cannot make of a form's theme.
fn themed(form: &Form) -> Result<(), Vec<Problem>> {
    let problems = api_types::Theme::problems(&form.definition().theme);
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

/// What is suspicious about a form that can be published: questions nobody can see, rules that never apply, texts
/// that lack a language. Other definitions are not looked at.
pub fn warnings(document: &Value) -> Vec<Problem> {
    if head(document).is_ok_and(|head| head.kind != DefinitionKind::Form) {
        return Vec::new();
    }
    let form = FormDefinition::parse(document).and_then(|form| form_engine::compile(&form));
    let findings = form.map(|form| form_engine::review(&form)).unwrap_or_default().into_iter();
    let warns = findings.filter(|finding| finding.weight != form_engine::Weight::Stops);
    warns.map(|finding| finding.problem).collect()
}

/// What a form that compiles has against publishing it all the same; versions already live stay so.
fn stopped(form: &form_engine::Form) -> Result<(), Vec<Problem>> {
    let findings = form_engine::review(form).into_iter();
    let stops = findings.filter(|finding| finding.weight == form_engine::Weight::Stops);
    let problems: Vec<Problem> = stops.map(|finding| finding.problem).collect();
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

/// The title a document gives itself, or its key.
pub fn title(document: &Value, key: &str) -> Text {
    let written = document.get("title").and_then(|title| serde_json::from_value::<Text>(title.clone()).ok());
    written.filter(|title| !title.is_empty()).unwrap_or_else(|| Text::from(key))
}

/// A document as drafts keep it: indented, in the author's order.
pub fn written(document: &Value) -> String {
    serde_json::to_string_pretty(document).expect("a JSON value can be written")
}

/// The team's definitions.
///
/// # Errors
///
/// When the database does not answer.
pub async fn list(
    app: &App,
    caller: &Caller,
    kind: Option<DefinitionKind>,
    of_app: Option<&str>,
) -> Result<Vec<DefinitionSummary>, ApiError> {
    let apps = store::app::list(app.db.read(), caller.team).await?;
    let definitions = store::definition::list(app.db.read(), caller.team).await?;
    let mut summaries = Vec::new();
    for definition in definitions {
        let app_key = apps.iter().find(|row| row.id == definition.app_id).map_or("", |row| row.key.as_str());
        let wanted = kind.is_none_or(|kind| kind_word(kind) == definition.kind);
        if wanted && of_app.is_none_or(|wanted| wanted == app_key) {
            summaries.push(summary(app, caller, &definition, app_key).await?);
        }
    }
    Ok(summaries)
}

async fn summary(
    app: &App,
    caller: &Caller,
    definition: &Definition,
    app_key: &str,
) -> Result<DefinitionSummary, ApiError> {
    let live = match definition.live_version {
        Some(number) => store::version::get(app.db.read(), caller.team, definition.id, number).await?,
        None => None,
    };
    let draft: Value = serde_json::from_str(&definition.draft).unwrap_or_default();
    Ok(DefinitionSummary {
        id: definition.id.to_string(),
        kind: kind_of(&definition.kind).ok_or_else(|| ApiError::internal("a definition of no kind"))?,
        app: app_key.to_owned(),
        key: definition.key.clone(),
        title: title(&draft, &definition.key).get(caller.language.as_str()).to_owned(),
        live: definition.live_version.and_then(|number| u32::try_from(number).ok()),
        changed: live.is_none_or(|version| version.document != definition.draft),
        updated_at: rfc3339(definition.updated_at),
    })
}

/// One definition with its draft and what stands against it.
///
/// # Errors
///
/// [`ApiError::NotFound`] for another team's, too.
pub async fn get(app: &App, caller: &Caller, id: DefinitionId) -> Result<DefinitionView, ApiError> {
    let definition = existing(app, caller, id).await?;
    let apps = store::app::list(app.db.read(), caller.team).await?;
    let app_key = apps.iter().find(|row| row.id == definition.app_id).map_or("", |row| row.key.as_str());
    let document: Value = serde_json::from_str(&definition.draft).unwrap_or_default();
    let members = store::membership::with_users(app.db.read(), caller.team).await?;
    Ok(DefinitionView {
        summary: summary(app, caller, &definition, app_key).await?,
        rev: u32::try_from(definition.rev).unwrap_or_default(),
        saved_by: members
            .into_iter()
            .find(|(_, user)| Some(user.id) == definition.saved_by)
            .map(|(_, user)| user.name),
        problems: check(&document).into_iter().map(Into::into).collect(),
        warnings: warnings(&document).into_iter().map(Into::into).collect(),
        draft: definition.draft,
    })
}

async fn existing(app: &App, caller: &Caller, id: DefinitionId) -> Result<Definition, ApiError> {
    let found = store::definition::get(app.db.read(), caller.team, id).await?;
    found.ok_or_else(|| ApiError::not_found("definition", id))
}

/// Makes a definition in an app that is there. It is a draft until it is published.
///
/// # Errors
///
/// A document without a head; an app the team does not have; a key that is taken.
pub async fn create(app: &App, caller: &Caller, wanted: &NewDefinition) -> Result<DefinitionId, ApiError> {
    let head = head(&wanted.document).map_err(|problems| under(problems, "/document"))?;
    let id: DefinitionId = app.ids.next();
    let now_ms = app.clock.now_ms();
    let (team, author) = (caller.team, caller.user);
    let (app_key, draft) = (wanted.app.clone(), written(&wanted.document));
    app.writer
        .run(Some(team), move |batch| {
            let (app_key, draft, key) = (app_key.clone(), draft.clone(), head.key.clone());
            let kind = kind_word(head.kind);
            Box::pin(async move {
                let Some(home) = store::app::by_key(batch.read(), team, &app_key).await? else {
                    return Err(ApiError::problem(
                        "definition.app",
                        "/app",
                        format!("there is no app `{app_key}`"),
                    ));
                };
                if store::definition::by_key(batch.read(), team, kind, &key).await?.is_some() {
                    return Err(Conflict::Taken(key).into());
                }
                let definition = Definition {
                    id,
                    team_id: team,
                    app_id: home.id,
                    kind: kind.to_owned(),
                    key,
                    draft,
                    rev: 1,
                    live_version: None,
                    created_at: now_ms,
                    updated_at: now_ms,
                    saved_by: Some(author),
                    saved_at: Some(now_ms),
                    held_by: None,
                    held_at: None,
                };
                store::definition::insert(batch.write(), definition).await?;
                batch.changed(team, Entity::Definition, id, None);
                Ok(id)
            })
        })
        .await
}

fn under(problems: Vec<Problem>, prefix: &str) -> ApiError {
    ApiError::Invalid(problems.into_iter().map(|problem| problem.under(prefix)).collect())
}

/// Keeps a draft, also one that cannot be published; kind and key stay what they were.
///
/// # Errors
///
/// Text that is no JSON; [`Conflict::Stale`] when somebody saved in between.
pub async fn save(
    app: &App,
    caller: &Caller,
    id: DefinitionId,
    rev: u32,
    draft: &str,
) -> Result<SavedDraft, ApiError> {
    let document = parse(draft)?;
    let definition = existing(app, caller, id).await?;
    let same = document.get("key").and_then(Value::as_str) == Some(definition.key.as_str())
        && document.get("kind").and_then(Value::as_str) == Some(definition.kind.as_str());
    if !same {
        let message = format!("expected the definition `{}` of kind `{}`", definition.key, definition.kind);
        return Err(ApiError::problem("definition.key", "/key", message));
    }
    let (team, author) = (caller.team, caller.user);
    let (draft, now_ms) = (draft.to_owned(), app.clock.now_ms());
    let stored_rev = i32::try_from(rev).map_err(|_| Conflict::Stale)?;
    app.writer
        .run(Some(team), move |batch| {
            let saved = Definition {
                draft: draft.clone(),
                rev: stored_rev + 1,
                updated_at: now_ms,
                saved_by: Some(author),
                saved_at: Some(now_ms),
                ..definition.clone()
            };
            Box::pin(async move {
                if !store::definition::save(batch.write(), &saved, stored_rev).await? {
                    return Err(Conflict::Stale.into());
                }
                batch.changed(team, Entity::Definition, id, None);
                Ok(())
            })
        })
        .await?;
    Ok(SavedDraft {
        rev: rev + 1,
        problems: check(&document).into_iter().map(Into::into).collect(),
        warnings: warnings(&document).into_iter().map(Into::into).collect(),
    })
}

/// A draft's text as a document.
///
/// # Errors
///
/// Text that is too long, or no JSON.
pub fn parse(draft: &str) -> Result<Value, ApiError> {
    if draft.len() > DRAFT_BYTES {
        return Err(ApiError::TooLarge { limit_bytes: DRAFT_BYTES });
    }
    serde_json::from_str(draft)
        .map_err(|error| ApiError::problem("definition.json", "/draft", error.to_string()))
}

/// What was published as `number`.
///
/// # Errors
///
/// [`ApiError::NotFound`] for a version that never was, and for another team's.
pub async fn version(
    app: &App,
    caller: &Caller,
    id: DefinitionId,
    number: u32,
) -> Result<VersionDocument, ApiError> {
    let absent = || ApiError::not_found("version", number);
    let stored = i32::try_from(number).map_err(|_| absent())?;
    let found = store::version::get(app.db.read(), caller.team, id, stored).await?;
    found.map(|version| VersionDocument { number, document: version.document }).ok_or_else(absent)
}

/// A definition's versions, newest first.
///
/// # Errors
///
/// [`ApiError::NotFound`] for another team's, too.
pub async fn versions(app: &App, caller: &Caller, id: DefinitionId) -> Result<Vec<VersionView>, ApiError> {
    let definition = existing(app, caller, id).await?;
    let members = store::membership::with_users(app.db.read(), caller.team).await?;
    let versions = store::version::list(app.db.read(), caller.team, id).await?;
    let view = |version: store::version::Version| VersionView {
        number: u32::try_from(version.number).unwrap_or_default(),
        published_at: rfc3339(version.created_at),
        published_by: version
            .created_by
            .and_then(|author| members.iter().find(|(_, user)| user.id == author))
            .map(|(_, user)| user.name.clone()),
        live: definition.live_version == Some(version.number),
    };
    Ok(versions.into_iter().map(view).collect())
}
