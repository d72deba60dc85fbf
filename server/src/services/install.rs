//! Installing an app: one document with forms, flows, boards and calendars becomes published definitions.
//!
//! All or nothing, and the same for the starter app, for users and for the command line. What the team has is compared
//! first: equal definitions are left alone, and what was changed here since the last import is merged with what the
//! document changed. Departments the app names are made where the team lacks them; people are never in an app.

mod names;
mod plan;
mod present;
mod write;

use std::collections::BTreeMap;

use api_types::{DefinitionKind, ImportMap, ImportReport, Role, Side};
use form_engine::{Language, Problem};
use serde_json::Value;

use crate::app::App;
use crate::auth::Caller;
use crate::document::merge::{self, Decisions};
use crate::document::rename::Names;
use crate::document::{shape, strict};
use crate::error::ApiError;

pub use present::Installed;

/// What is noted of the last import of an app.
pub fn installed_of(row: &crate::store::app::AppRow) -> Option<Installed> {
    Installed::of(row)
}

/// What is to be installed, and how.
#[derive(Clone)]
pub struct Wish {
    document: Value,
    names: Names,
    decisions: Decisions,
    /// Of the text it was read from.
    problems: Vec<Problem>,
}

impl Wish {
    /// The app as it is.
    pub fn of(document: Value) -> Self {
        Self { document, names: Names::default(), decisions: Decisions::new(), problems: Vec::new() }
    }

    /// An app document, or `{"document", "map", "resolve"}`.
    ///
    /// # Errors
    ///
    /// Text that is no JSON, and a request of another shape.
    pub fn read(bytes: &[u8]) -> Result<Self, ApiError> {
        let (value, problems) =
            strict::read(bytes).map_err(|error| ApiError::Malformed(error.to_string()))?;
        if value.get("document").is_none() || value.get("kind").is_some() {
            return Ok(Self { problems, ..Self::of(value) });
        }
        let Value::Object(mut members) = value else { return Ok(Self { problems, ..Self::of(value) }) };
        let document = members.shift_remove("document").unwrap_or_default();
        let map = taken::<ImportMap>(members.shift_remove("map"), "/map")?;
        let resolve = taken::<BTreeMap<String, Side>>(members.shift_remove("resolve"), "/resolve")?;
        if let Some(other) = members.keys().next() {
            let path = form_engine::pointer::join("", other);
            return Err(ApiError::problem("request.shape", path, "expected `document`, `map` and `resolve`"));
        }
        let problems = problems.into_iter().map(|mut problem| {
            if let Some(inside) = problem.path.strip_prefix("/document") {
                problem.path = inside.to_owned();
            }
            problem
        });
        Ok(Self { document, names: names(map), decisions: decisions(resolve), problems: problems.collect() })
    }

    /// With other names and decisions.
    #[must_use]
    pub fn with(self, map: ImportMap, resolve: BTreeMap<String, Side>) -> Self {
        Self { names: names(map), decisions: decisions(resolve), ..self }
    }
}

fn taken<T: Default + serde::de::DeserializeOwned>(value: Option<Value>, path: &str) -> Result<T, ApiError> {
    let Some(value) = value else { return Ok(T::default()) };
    serde_json::from_value(value).map_err(|error| ApiError::problem("request.shape", path, error.to_string()))
}

fn names(map: ImportMap) -> Names {
    Names { keys: map.keys, slugs: map.slugs, departments: map.departments, senders: map.senders }
}

fn decisions(resolve: BTreeMap<String, Side>) -> Decisions {
    let side = |side| match side {
        Side::Mine => merge::Side::Mine,
        Side::Theirs => merge::Side::Theirs,
    };
    resolve.into_iter().map(|(path, whose)| (path, side(whose))).collect()
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
    import(app, caller, Wish::of(document.clone()), dry_run).await
}

/// The same, with names and decisions.
///
/// # Errors
///
/// As [`install`]; [`Conflict::Stale`](crate::error::Conflict::Stale) when somebody changed the team's definitions meanwhile.
pub async fn import(app: &App, caller: &Caller, wish: Wish, dry_run: bool) -> Result<ImportReport, ApiError> {
    // Compiling an app takes its time: beside the threads that answer requests.
    let (wish, problems) = beside(move || {
        let mut problems = wish.problems.clone();
        problems.extend(shape::problems(&wish.document));
        (wish, problems)
    })
    .await?;
    if !problems.is_empty() {
        let problems = problems.into_iter().map(Into::into).collect();
        return Ok(ImportReport { problems, ..ImportReport::default() });
    }
    let present = present::Present::load(app, caller.team).await?;
    let mut named = names::settle(&present, &wish.document, &wish.names);
    named.free_slugs(app.db.read(), &present).await?;
    let (plan, mut report) = beside(move || plan::plan(present, named, &wish.decisions)).await?;
    refuse_roles(caller, &mut report);
    if dry_run || report.is_open() || !report.problems.is_empty() {
        return Ok(report);
    }
    write::write(app, caller, plan).await?;
    Ok(report)
}

/// Whoever could install roles could give themselves anything: they are for admins, as publishing them is.
fn refuse_roles(caller: &Caller, report: &mut ImportReport) {
    let mut touched = report.create.iter().chain(&report.change);
    if !caller.is(Role::Admin) && touched.any(|item| item.kind == DefinitionKind::Role) {
        let message = match caller.language {
            Language::Zh => "应用里有角色，需要管理员来安装",
            Language::En => "the app brings roles: an admin has to install it",
        };
        report.problems.push(Problem::new("app.roles_need_admin", "/roles", message).into());
    }
}

async fn beside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, ApiError> {
    tokio::task::spawn_blocking(work).await.map_err(ApiError::internal)
}
