//! Submissions as staff read them: the list of a form, and one with everything around it.

use std::collections::HashMap;

use api_types::{
    ActionView, ClockState, ClockView, FieldView, LinkView, SubmissionDetail, SubmissionPage, SubmissionView,
    TaskView,
};
use form_engine::{Condition, Language, Text};
use report_engine::sql::{self, Cursor};
use report_engine::{PageRequest, resolve_page};
use serde_json::Value;
use uuid::Uuid;

use crate::app::App;
use crate::auth::Caller;
use crate::catalog::{Catalog, LiveForm};
use crate::clock::rfc3339;
use crate::error::ApiError;
use crate::ids::SubmissionId;
use crate::permission::Verb;
use crate::services::access::{Access, Judged};
use crate::services::act::{offers_of, open_to};
use crate::services::case::progress_url;
use crate::services::query::dataset;
use crate::services::timeline::Reader;
use crate::services::{customers, department, forms, uploads};
use crate::store;
use crate::store::clock::ClockRow;
use crate::store::report;
use crate::store::submission::Submission;
use crate::store::task::Task;

/// Most rows of a page.
const MOST: u32 = 200;

/// Which submissions, in which order.
#[derive(Debug, Clone)]
pub struct Wanted<'a> {
    /// What the caller wants them for.
    pub verb: Verb,
    /// A condition as JSON text.
    pub filter: Option<&'a str>,
    /// Member names, `-` before those that fall; newest first when absent.
    pub order: Option<&'a str>,
    /// How many.
    pub limit: Option<u32>,
    /// Where the page before ended.
    pub cursor: Option<&'a str>,
}

/// A page of a form's submissions.
///
/// # Errors
///
/// A form that is not there; problems of filter, order or cursor.
pub async fn list(
    app: &App,
    caller: &Caller,
    form: &str,
    wanted: Wanted<'_>,
) -> Result<SubmissionPage, ApiError> {
    let access = Access::of(app, caller).await?;
    let found = if form.starts_with('$') { None } else { dataset::find(app, caller, &access, form).await? };
    let asked = found.ok_or_else(|| ApiError::not_found("form", form))?;
    let filter = wanted.filter.map(condition).transpose()?;
    let order = order(wanted.order.unwrap_or("-created_at"));
    let limit = wanted.limit.unwrap_or(50).clamp(1, MOST);
    let request = PageRequest { filter: filter.as_ref(), order: &order, limit: limit + 1 };
    let situation = access.situation(asked.form(), wanted.verb);
    let page = resolve_page(&request, &asked.dataset, &situation).map_err(ApiError::Invalid)?;
    let cursor = wanted.cursor.map(|text| Cursor::decode(text).ok_or_else(no_cursor)).transpose()?;
    let db = app.db.read();
    let statement = sql::page(&page, report::dialect(db), &asked.relation, "id", cursor.as_ref());
    let mut rows = report::rows(db, statement).await?;
    let more = rows.len() > limit as usize;
    rows.truncate(limit as usize);
    let ids: Vec<SubmissionId> =
        rows.iter().filter_map(|row| row.first()).filter_map(id).map(SubmissionId).collect();
    let next = match (rows.last(), ids.last()) {
        (Some(row), Some(last)) if more => {
            Some(Cursor { values: row[1..].to_vec(), id: last.0.into_bytes() }.encode())
        }
        (_, _) => None,
    };
    let rows = store::submission::by_ids(db, caller.team, &ids).await?;
    let mut by_id: HashMap<SubmissionId, (Submission, Judged)> =
        access.seen(app, rows).await?.into_iter().map(|(row, judged)| (row.id, (row, judged))).collect();
    let items = ids.iter().filter_map(|id| by_id.remove(id)).map(|(row, judged)| view(row, judged)).collect();
    Ok(SubmissionPage { items, next })
}

fn condition(text: &str) -> Result<Condition, ApiError> {
    let value: Value = serde_json::from_str(text)
        .map_err(|error| ApiError::problem("request.filter", "/filter", format!("expected JSON: {error}")))?;
    if value.as_object().is_some_and(serde_json::Map::is_empty) {
        return Ok(Condition::All(Vec::new()));
    }
    Condition::parse(&value, "/filter").map_err(ApiError::Invalid)
}

fn order(text: &str) -> Vec<(String, bool)> {
    let one = |name: &str| match name.strip_prefix('-') {
        Some(name) => (name.to_owned(), true),
        None => (name.to_owned(), false),
    };
    text.split(',').map(str::trim).filter(|name| !name.is_empty()).map(one).collect()
}

fn no_cursor() -> ApiError {
    ApiError::problem("request.cursor", "/cursor", "expected a cursor")
}

fn id(value: &Value) -> Option<Uuid> {
    value.as_str()?.parse().ok()
}

/// A submission as a line, as far as it may be seen.
pub fn view(row: Submission, judged: Judged) -> SubmissionView {
    SubmissionView {
        id: row.id.to_string(),
        form: row.form_key,
        number: u64::try_from(row.number).unwrap_or_default(),
        data: judged.data,
        state: row.state,
        assignee: row.assignee_id.map(|id| id.to_string()),
        department: row.department_key,
        customer: row.customer_id.map(|id| id.to_string()),
        channel: row.channel,
        tags: serde_json::from_str(&row.tags).unwrap_or_default(),
        created_at: rfc3339(row.created_at),
        updated_at: rfc3339(row.updated_at),
        version: u32::try_from(row.version_number).unwrap_or_default(),
    }
}

/// Names of the team's people by id.
///
/// # Errors
///
/// When the database does not answer.
pub async fn people(app: &App, caller: &Caller) -> Result<HashMap<String, String>, ApiError> {
    Ok(report::people(app.db.read(), caller.team).await?.into_iter().collect())
}

/// Titles of the team's published forms by key, in the caller's language.
///
/// # Errors
///
/// When the database does not answer.
pub async fn form_titles(app: &App, caller: &Caller) -> Result<HashMap<String, String>, ApiError> {
    let catalog = app.catalog(caller.team).await?;
    let language = caller.language.as_str();
    let titled = |live: &LiveForm| (live.form.key().to_owned(), live.form.title().get(language).to_owned());
    Ok(catalog.forms().into_iter().map(|live| titled(live)).collect())
}

/// The title of a state that a submission of `form` is in: a state of a flow that the form starts, if one knows it.
pub fn state_title(catalog: &Catalog, form: &str, state: &str, language: Language) -> Option<String> {
    let started = catalog.started_by(form).into_iter();
    let title = started.filter_map(|live| live.machine.state_title(state)).next();
    let anywhere = || catalog.flows().find_map(|live| live.machine.state_title(state));
    title.or_else(anywhere).map(|title| title.get(language.as_str()).to_owned())
}

/// One submission with its customer, timeline, tasks, clocks and what the caller may do with it.
///
/// # Errors
///
/// [`ApiError::NotFound`] for another team's, too.
pub async fn get(app: &App, caller: &Caller, id: SubmissionId) -> Result<SubmissionDetail, ApiError> {
    let db = app.db.read();
    let access = Access::of(app, caller).await?;
    let (row, judged) = access.find(app, id, Verb::See).await?;
    let form = app.form_version(caller.team, row.form_id, row.version_number).await?;
    let (people, titles) = (people(app, caller).await?, form_titles(app, caller).await?);
    let reader = Reader { language: caller.language, people: &people, forms: &titles, access: &access };
    let events = store::event::of_submission(db, caller.team, id).await?;
    let tasks = store::task::of_submission(db, caller.team, id).await?;
    let clocks = store::clock::of_submission(db, caller.team, id).await?;
    let catalog = app.catalog(caller.team).await?;
    let state_title = |state: &String| state_title(&catalog, &row.form_key, state, caller.language);
    // The card tells how to reach the customer: not to those from whom a rule keeps that.
    let known = row.customer_id.filter(|_| !access.hides_person(&row.form_key));
    let customer = match known {
        Some(customer) => store::customer::get(db, caller.team, customer).await?,
        None => None,
    };
    let customer_card = match customer {
        Some(customer) => customers::views(app, caller, &access, vec![customer]).await?.pop(),
        None => None,
    };
    let works = judged.reach.may(Verb::Edit);
    let fields = forms::fields(&form.form, caller.language);
    let fields: Vec<_> = fields.into_iter().filter(|field| judged.reach.sees(&field.path)).collect();
    let kept = |field: &&FieldView| works && !judged.reach.edits(&field.path);
    let files = store::upload::of_submission(db, caller.team, id).await?;
    let files = files.into_iter().filter(|file| judged.reach.sees(&file.field));
    Ok(SubmissionDetail {
        files: files.map(uploads::view).collect(),
        verbs: judged.reach.verbs().iter().map(|verb| verb.word().to_owned()).collect(),
        read_only: fields.iter().filter(kept).map(|field| field.path.clone()).collect(),
        form_title: form.form.title().get(caller.language.as_str()).to_owned(),
        ticket: row.is_ticket,
        entered_by: entered_by(&row, &people).filter(|_| !access.hides_person(&row.form_key)),
        fields,
        state_title: row.state.as_ref().map(|state| state_title(state).unwrap_or_else(|| state.clone())),
        assignee_name: row.assignee_id.and_then(|id| people.get(&id.to_string()).cloned()),
        department_title: department_title(app, caller, row.department_key.as_deref()).await?,
        progress_url: (works && row.progress_hash.is_some()).then(|| progress_url(app, id)),
        customer_card,
        timeline: events.into_iter().map(|event| reader.view(event, &judged.reach)).collect(),
        tasks: tasks.into_iter().map(|task| task_view(task, &row, caller, &people)).collect(),
        clocks: clocks.into_iter().map(|clock| clock_view(clock, caller)).collect(),
        actions: if works { actions(app, caller, &form, &row).await? } else { Vec::new() },
        links: links(app, caller, &access, &row, &titles).await?,
        submission: view(row, judged),
    })
}

/// The name of the colleague who handed it in.
pub fn entered_by(row: &Submission, people: &HashMap<String, String>) -> Option<String> {
    let by = row.created_by.filter(|_| row.channel == store::submission::BY_STAFF)?;
    people.get(&by.to_string()).cloned()
}

async fn department_title(app: &App, caller: &Caller, key: Option<&str>) -> Result<Option<String>, ApiError> {
    let Some(key) = key else { return Ok(None) };
    let found = store::department::get(app.db.read(), caller.team, key).await?;
    Ok(found.map(|row| department::title(&row.title).get(caller.language.as_str()).to_owned()))
}

/// A task as staff read it.
pub fn task_view(
    task: Task,
    submission: &Submission,
    caller: &Caller,
    people: &HashMap<String, String>,
) -> TaskView {
    let title: Text = serde_json::from_str(&task.title).unwrap_or_else(|_| Text::from(task.state.as_str()));
    TaskView {
        id: task.id.to_string(),
        submission: submission.id.to_string(),
        form: submission.form_key.clone(),
        number: u64::try_from(submission.number).unwrap_or_default(),
        title: title.get(caller.language.as_str()).to_owned(),
        state: task.state,
        assignee_name: task.assignee_id.and_then(|id| people.get(&id.to_string()).cloned()),
        assignee: task.assignee_id.map(|id| id.to_string()),
        status: task.status,
        created_at: rfc3339(task.created_at),
        finished_at: task.finished_at.map(rfc3339),
    }
}

/// A clock as staff read it.
pub fn clock_view(clock: ClockRow, caller: &Caller) -> ClockView {
    let title: Text = serde_json::from_str(&clock.title).unwrap_or_else(|_| Text::from(clock.name.as_str()));
    let state = match clock.state.as_str() {
        "running" => ClockState::Running,
        "paused" => ClockState::Paused,
        "met" => ClockState::Met,
        "breached" => ClockState::Breached,
        _ => ClockState::Cancelled,
    };
    ClockView {
        name: clock.name,
        title: title.get(caller.language.as_str()).to_owned(),
        state,
        due_at: clock.due_at.map(rfc3339),
        started_at: rfc3339(clock.started_at),
        stopped_at: clock.stopped_at.map(rfc3339),
        warned: clock.warned,
    }
}

async fn actions(
    app: &App,
    caller: &Caller,
    form: &LiveForm,
    row: &Submission,
) -> Result<Vec<ActionView>, ApiError> {
    let offers = offers_of(app, caller.team, row.id).await?;
    let offers = open_to(app, caller, row, offers).await?;
    let language = caller.language;
    let view = |offer: flow_engine::Offer| ActionView {
        event: offer.event.to_string(),
        label: offer.label.get(language.as_str()).to_owned(),
        require: offer
            .require
            .iter()
            .filter_map(|path| form.form.field(path))
            .map(|field| forms::view(field, language))
            .collect(),
    };
    Ok(offers.into_iter().map(view).collect())
}

async fn links(
    app: &App,
    caller: &Caller,
    access: &Access,
    row: &Submission,
    titles: &HashMap<String, String>,
) -> Result<Vec<LinkView>, ApiError> {
    let db = app.db.read();
    let link = |other: Submission, direction: &str| LinkView {
        id: other.id.to_string(),
        form_title: titles.get(&other.form_key).cloned().unwrap_or_default(),
        form: other.form_key,
        number: u64::try_from(other.number).unwrap_or_default(),
        direction: direction.to_owned(),
        created_at: rfc3339(other.created_at),
    };
    let parent = match row.parent_id {
        Some(parent) => store::submission::get(db, caller.team, parent).await?,
        None => None,
    };
    let parent = access.seen(app, parent.into_iter().collect()).await?;
    let children = store::submission::children(db, caller.team, row.id).await?;
    let children = access.seen(app, children).await?;
    let from = parent.into_iter().map(|(other, _)| link(other, "from"));
    Ok(from.chain(children.into_iter().map(|(other, _)| link(other, "to"))).collect())
}
