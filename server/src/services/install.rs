//! Installing an app: one document with forms, flows, boards and calendars becomes published definitions.
//!
//! All or nothing, and the same for the starter app, for users and for the command line. What the team has already is compared first: equal
//! definitions are left alone, different ones get a new version. Departments the app names are made where the team lacks them; people are never in an app.

use api_types::{DefinitionKind, ImportItem, ImportReport};
use form_engine::{Problem, Text};
use serde_json::{Map, Value};

use crate::app::App;
use crate::auth::Caller;
use crate::error::ApiError;
use crate::feed::Entity;
use crate::ids::{AppId, DefinitionId, DepartmentId, TeamId, UserId, VersionId};
use crate::services::definition::{check, kind_word, written};
use crate::services::department::is_key;
use crate::services::publish::{make_version, slug};
use crate::store;
use crate::store::app::AppRow;
use crate::store::definition::Definition;
use crate::store::department::Department;
use crate::store::slug::Slug;
use crate::writer::Batch;

/// Where an app document keeps its definitions, in the order they are installed.
pub const LISTS: [(&str, DefinitionKind); 5] = [
    ("calendars", DefinitionKind::Calendar),
    ("roles", DefinitionKind::Role),
    ("forms", DefinitionKind::Form),
    ("flows", DefinitionKind::Flow),
    ("dashboards", DefinitionKind::Dashboard),
];

/// One definition of the app, checked.
#[derive(Clone)]
struct Part {
    kind: DefinitionKind,
    key: String,
    document: Value,
    /// Used if the definition or its version is new.
    id: DefinitionId,
    version: VersionId,
}

/// The app, checked and with ids for whatever turns out to be new.
#[derive(Clone)]
struct Plan {
    key: String,
    /// The document without its definitions.
    rest: String,
    parts: Vec<Part>,
    departments: Vec<(DepartmentId, String, Text)>,
    id: AppId,
    team: TeamId,
    author: UserId,
    now_ms: i64,
}

/// Says what installing `document` would do, and does it unless `dry_run`.
///
/// # Errors
///
/// When the database does not answer. Problems of the document are in the report; with any, nothing is installed.
pub async fn install(
    app: &App,
    caller: &Caller,
    document: &Value,
    dry_run: bool,
) -> Result<ImportReport, ApiError> {
    let plan = match plan(app, caller, document) {
        Ok(plan) => plan,
        Err(problems) => {
            let problems = problems.into_iter().map(Into::into).collect();
            return Ok(ImportReport { problems, ..ImportReport::default() });
        }
    };
    app.writer
        .run(Some(caller.team), move |batch| {
            let plan = plan.clone();
            Box::pin(async move { settle(batch, plan, dry_run).await })
        })
        .await
}

fn plan(app: &App, caller: &Caller, document: &Value) -> Result<Plan, Vec<Problem>> {
    let mut problems = Vec::new();
    if document.get("format").and_then(Value::as_u64) != Some(1) {
        problems.push(Problem::new("app.format", "/format", "expected 1"));
    }
    if document.get("kind").and_then(Value::as_str) != Some("app") {
        problems.push(Problem::new("app.kind", "/kind", "expected `app`"));
    }
    let key = document.get("key").and_then(Value::as_str).unwrap_or_default();
    if !is_key(key) {
        problems.push(Problem::new("app.key", "/key", format!("expected a key, found `{key}`")));
    }
    let parts = parts(app, document, &mut problems);
    let departments = departments(app, document, &mut problems);
    if !problems.is_empty() {
        return Err(problems);
    }
    let own = |name: &str| LISTS.iter().all(|(list, _)| *list != name);
    let rest: Map<String, Value> = document
        .as_object()
        .into_iter()
        .flatten()
        .filter(|(name, _)| own(name))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    Ok(Plan {
        key: key.to_owned(),
        rest: written(&Value::Object(rest)),
        parts,
        departments,
        id: app.ids.next(),
        team: caller.team,
        author: caller.user,
        now_ms: app.clock.now_ms(),
    })
}

fn parts(app: &App, document: &Value, problems: &mut Vec<Problem>) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for (list, kind) in LISTS {
        for (index, one) in document.get(list).and_then(Value::as_array).into_iter().flatten().enumerate() {
            let place = format!("/{list}/{index}");
            let found = check(one);
            let key = one.get("key").and_then(Value::as_str).unwrap_or_default().to_owned();
            if one.get("kind").and_then(Value::as_str) != Some(kind_word(kind)) {
                let message = format!("expected `{}`", kind_word(kind));
                problems.push(Problem::new("app.kind", format!("{place}/kind"), message));
            } else if parts.iter().any(|part| part.kind == kind && part.key == key) {
                let message = format!("`{key}` stands here twice");
                problems.push(Problem::new("app.key_twice", format!("{place}/key"), message));
            }
            problems.extend(found.into_iter().map(|problem| problem.under(&place)));
            parts.push(Part {
                kind,
                key,
                document: one.clone(),
                id: app.ids.next(),
                version: app.ids.next(),
            });
        }
    }
    parts
}

fn departments(
    app: &App,
    document: &Value,
    problems: &mut Vec<Problem>,
) -> Vec<(DepartmentId, String, Text)> {
    let listed = document.get("departments").and_then(Value::as_array).into_iter().flatten();
    let mut departments = Vec::new();
    for (index, one) in listed.enumerate() {
        let key = one.get("key").and_then(Value::as_str).unwrap_or_default();
        if is_key(key) {
            let title = crate::services::definition::title(one, key);
            departments.push((app.ids.next(), key.to_owned(), title));
        } else {
            let message = format!("expected a key, found `{key}`");
            problems.push(Problem::new("app.department", format!("/departments/{index}/key"), message));
        }
    }
    departments
}

async fn settle(batch: &mut Batch, plan: Plan, dry_run: bool) -> Result<ImportReport, ApiError> {
    let mut report = ImportReport::default();
    let home = store::app::by_key(batch.read(), plan.team, &plan.key).await?;
    let home_id = home.as_ref().map_or(plan.id, |home| home.id);
    if !dry_run {
        keep_app(batch, &plan, home, home_id).await?;
    }
    for (id, key, title) in &plan.departments {
        if store::department::get(batch.read(), plan.team, key).await?.is_none() {
            report.missing.push(key.clone());
            if !dry_run {
                make_department(batch, &plan, *id, key, title).await?;
            }
        }
    }
    for part in &plan.parts {
        keep_part(batch, &plan, part, home_id, dry_run, &mut report).await?;
    }
    Ok(report)
}

async fn keep_app(batch: &mut Batch, plan: &Plan, home: Option<AppRow>, id: AppId) -> Result<(), ApiError> {
    let created_at = home.as_ref().map_or(plan.now_ms, |home| home.created_at);
    let row = AppRow {
        id,
        team_id: plan.team,
        key: plan.key.clone(),
        document: plan.rest.clone(),
        created_at,
        updated_at: plan.now_ms,
    };
    if home.is_some() {
        store::app::save(batch.write(), &row).await?;
    } else {
        store::app::insert(batch.write(), row).await?;
    }
    store::team::definitions_changed(batch.write(), plan.team).await?;
    batch.changed(plan.team, Entity::Definition, id, None);
    Ok(())
}

async fn make_department(
    batch: &mut Batch,
    plan: &Plan,
    id: DepartmentId,
    key: &str,
    title: &Text,
) -> Result<(), ApiError> {
    let department = Department {
        id,
        team_id: plan.team,
        key: key.to_owned(),
        title: serde_json::to_string(title).map_err(ApiError::internal)?,
        head_id: None,
        created_at: plan.now_ms,
        parent_key: None,
    };
    store::department::insert(batch.write(), department).await?;
    batch.changed(plan.team, Entity::Member, id, None);
    Ok(())
}

async fn keep_part(
    batch: &mut Batch,
    plan: &Plan,
    part: &Part,
    home: AppId,
    dry_run: bool,
    report: &mut ImportReport,
) -> Result<(), ApiError> {
    let kind = kind_word(part.kind);
    let before = store::definition::by_key(batch.read(), plan.team, kind, &part.key).await?;
    let id = before.as_ref().map_or(part.id, |before| before.id);
    let (document, mapped) = free_slug(batch, id, kind, &part.document).await?;
    let draft = written(&document);
    let item = ImportItem { kind: part.kind, key: part.key.clone(), slug: mapped };
    match &before {
        Some(before) if before.draft == draft && before.live_version.is_some() => return Ok(()),
        Some(_) => report.change.push(item),
        None => report.create.push(item),
    }
    if dry_run {
        return Ok(());
    }
    let rev = before.as_ref().map_or(1, |before| before.rev + 1);
    let definition = Definition {
        id,
        team_id: plan.team,
        app_id: before.as_ref().map_or(home, |before| before.app_id),
        kind: kind.to_owned(),
        key: part.key.clone(),
        draft,
        rev,
        live_version: None,
        created_at: plan.now_ms,
        updated_at: plan.now_ms,
    };
    if before.is_some() {
        store::definition::save(batch.write(), &definition, rev - 1).await?;
    } else {
        store::definition::insert(batch.write(), definition.clone()).await?;
    }
    if let Some(slug) = slug(kind, &document)
        && store::slug::get_of_any_team(batch.read(), slug).await?.is_none()
    {
        let row = Slug { slug: slug.to_owned(), team_id: plan.team, definition_id: id };
        store::slug::insert(batch.write(), row).await?;
    }
    make_version(batch, &definition, part.version, Some(plan.author), plan.now_ms).await?;
    Ok(())
}

/// Addresses are unique on the server: a form whose own is another's gets the first free one after it, in its document as well.
async fn free_slug(
    batch: &Batch,
    id: DefinitionId,
    kind: &str,
    document: &Value,
) -> Result<(Value, Option<String>), ApiError> {
    let Some(wanted) = slug(kind, document) else { return Ok((document.clone(), None)) };
    let own = store::slug::get_of_any_team(batch.read(), wanted).await?;
    if own.is_none_or(|row| row.definition_id == id) {
        return Ok((document.clone(), None));
    }
    let mut number = 2;
    loop {
        let next = format!("{wanted}-{number}");
        let taken = store::slug::get_of_any_team(batch.read(), &next).await?;
        if taken.is_none_or(|row| row.definition_id == id) {
            let mut mapped = document.clone();
            form_engine::pointer::set(&mut mapped, "/publish/slug", Value::from(next.clone()));
            return Ok((mapped, Some(next)));
        }
        number += 1;
    }
}
