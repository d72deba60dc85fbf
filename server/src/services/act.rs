//! What people do with a submission: its flow's events, replies, notes, calls, hand-overs.
//!
//! Each is one job of the writer on one [`Case`], so that two people never step on each other.

use api_types::{CallOutcome, NotificationKind, Role};
use flow_engine::{Event, Offer, Snapshot};
use form_engine::{Language, Problem, pointer};
use serde_json::{Value, json};

use super::case::{Case, Note, TOLD, shortened};
use crate::app::App;
use crate::auth::Caller;
use crate::error::{ApiError, Conflict};
use crate::ids::{SubmissionId, TeamId, UserId};
use crate::permission::Verb;
use crate::services::access::Access;
use crate::store;
use crate::store::submission::Submission;

/// Longest text a person may send.
const TEXT: usize = 10_000;

/// Something done to a submission.
#[derive(Debug, Clone)]
pub enum Act {
    /// An event of its flow, with the fields that come with it.
    Event {
        /// Name.
        name: String,
        /// Fields by key or pointer.
        data: Value,
    },
    /// Words to the customer.
    Reply(String),
    /// Words to colleagues.
    Comment(String),
    /// A call to the customer, and what came of it.
    Call {
        /// Did the customer hear it?
        outcome: CallOutcome,
        /// What was said.
        note: String,
    },
    /// To somebody else, or to nobody.
    Assign(Option<UserId>),
    /// The customer writes on the progress page.
    CustomerMessage(String),
    /// The customer says it is solved.
    CustomerConfirm,
    /// The customer says it is not.
    CustomerReject(String),
    /// The customer has looked at the progress page.
    Seen,
}

/// A colleague acts.
///
/// # Errors
///
/// [`ApiError::NotFound`], [`ApiError::Forbidden`]; [`ApiError::Conflict`] for an event nothing listens to now; [`ApiError::Invalid`] for
/// fields that are missing or wrong.
pub async fn act(app: &App, caller: &Caller, id: SubmissionId, act: Act) -> Result<(), ApiError> {
    let (row, _) = Access::of(app, caller).await?.find(app, id, Verb::Edit).await?;
    if let Act::Event { name, .. } = &act
        && is_own(caller, &row)
    {
        let offered = offers_of(app, caller.team, id).await?;
        let open = open_to(app, caller, &row, offered.clone()).await?;
        let named = |offers: &[Offer]| offers.iter().any(|offer| *offer.event == **name);
        if named(&offered) && !named(&open) {
            return Err(ApiError::Forbidden);
        }
    }
    run(app, caller.team, id, Some(caller.user), caller.language, act).await
}

/// Is it a request of the caller's own, which is others' to decide? Owners and admins decide everything.
fn is_own(caller: &Caller, row: &Submission) -> bool {
    // A program of an agent's may well bring in tickets and work on them.
    let by_hand = row.channel == store::submission::BY_STAFF || caller.role == Role::Member;
    row.created_by == Some(caller.user) && by_hand && caller.role > Role::Admin
}

/// Those of `offers` that the caller may take up. What somebody handed in themselves is decided by whoever has the task:
/// nobody grants their own request.
///
/// # Errors
///
/// Those of the database.
pub async fn open_to(
    app: &App,
    caller: &Caller,
    row: &Submission,
    offers: Vec<Offer>,
) -> Result<Vec<Offer>, ApiError> {
    if !is_own(caller, row) {
        return Ok(offers);
    }
    let tasks = store::task::of_submission(app.db.read(), caller.team, row.id).await?;
    let held = tasks.iter().filter(|task| task.status == "open" && task.assignee_id == Some(caller.user));
    let held: Vec<&str> = held.map(|task| task.state.as_str()).collect();
    let open = |offer: &Offer| offer.task.is_none() || held.contains(&offer.state.as_str());
    Ok(offers.into_iter().filter(open).collect())
}

/// The customer acts, on the progress page.
///
/// # Errors
///
/// As [`act()`].
pub async fn customer_acts(
    app: &App,
    team: TeamId,
    id: SubmissionId,
    language: Language,
    act: Act,
) -> Result<(), ApiError> {
    run(app, team, id, None, language, act).await
}

async fn run(
    app: &App,
    team: TeamId,
    id: SubmissionId,
    actor: Option<UserId>,
    language: Language,
    act: Act,
) -> Result<(), ApiError> {
    let catalog = app.catalog(team).await?;
    let app = app.clone();
    let writer = app.writer.clone();
    writer
        .run(Some(team), move |batch| {
            let (app, catalog, act) = (app.clone(), catalog.clone(), act.clone());
            Box::pin(async move {
                let mut case = Case::load(&app, batch, catalog, id, actor).await?;
                match act {
                    Act::Event { name, data } => event(&app, &mut case, &name, &data, language).await?,
                    Act::Reply(text) => reply(&mut case, &told(text)?).await?,
                    Act::Comment(text) => {
                        let text = told(text)?;
                        case.note(Note::internal("comment", json!({"text": text}))).await?;
                        case.inform_named(&text).await?;
                    }
                    Act::Call { outcome, note } => call(&mut case, outcome, &note).await?,
                    Act::Assign(user) => hand_over(&mut case, user).await?,
                    Act::CustomerMessage(text) => customer(&mut case, "message", Some(&told(text)?)).await?,
                    Act::CustomerConfirm => customer(&mut case, "confirm", None).await?,
                    Act::CustomerReject(text) => customer(&mut case, "reject", Some(&text)).await?,
                    Act::Seen => case.note(Note::internal("told", json!({"by": "page"}))).await?,
                }
                case.store().await
            })
        })
        .await
}

fn told(text: String) -> Result<String, ApiError> {
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return Err(ApiError::problem("request.empty", "/text", "expected words, found nothing"));
    }
    if trimmed.chars().count() > TEXT {
        return Err(ApiError::problem(
            "request.too_long",
            "/text",
            format!("expected at most {TEXT} characters"),
        ));
    }
    Ok(trimmed.to_owned())
}

/// An event of the flow. Fields that an action needs are judged like answers and stored in the submission.
async fn event(
    app: &App,
    case: &mut Case<'_>,
    name: &str,
    data: &Value,
    language: Language,
) -> Result<(), ApiError> {
    let offer = offers(app, case).await?.into_iter().find(|offer| offer.event == *name);
    let mut fields = serde_json::Map::new();
    let mut label = Value::Null;
    if let Some(offer) = offer {
        label = json!(offer.label);
        let mut document = case.data();
        let form = case.form().clone();
        let mut problems = Vec::new();
        for path in &offer.require {
            let given = pointer::get(data, path).cloned().unwrap_or(Value::Null);
            let given = if let Value::String(text) = given { json!(text.trim()) } else { given };
            let missing = given.is_null() || given == json!("");
            if missing {
                let title = form.form.title_at(path, language);
                let message = match language {
                    Language::Zh => format!("`{title}` 为必填项"),
                    Language::En => format!("`{title}` is required"),
                };
                problems.push(Problem::new("form.required", path.clone(), message));
            } else {
                problems.extend(form.form.check_field(path, &given, language));
                pointer::set(&mut document, path, given.clone());
                fields.insert(path.clone(), given);
            }
        }
        if !problems.is_empty() {
            return Err(ApiError::Invalid(problems));
        }
        case.set_data(&document);
    }
    let said = json!({"event": name, "label": label, "fields": fields});
    let note = if fields.is_empty() { Note::internal("action", said) } else { Note::public("action", said) };
    case.note(note).await?;
    if case.raise(Event::new(name, data.clone())).await? {
        Ok(())
    } else {
        Err(Conflict::NotAccepted { event: name.to_owned() }.into())
    }
}

/// What the flows of a submission offer now.
///
/// # Errors
///
/// Those of the database.
pub async fn offers(app: &App, case: &Case<'_>) -> Result<Vec<Offer>, ApiError> {
    offers_of(app, case.row.team_id, case.row.id).await
}

/// What the flows of a stored submission offer now.
///
/// # Errors
///
/// Those of the database.
pub async fn offers_of(app: &App, team: TeamId, id: SubmissionId) -> Result<Vec<Offer>, ApiError> {
    let mut offers = Vec::new();
    for instance in store::instance::of_submission(app.db.read(), team, id).await? {
        if !instance.is_done {
            let flow = app.flow_version(team, instance.flow_id, instance.version_number).await?;
            let snapshot: Snapshot = serde_json::from_str(&instance.snapshot).map_err(ApiError::internal)?;
            offers.extend(flow.machine.offers(&snapshot));
        }
    }
    Ok(offers)
}

/// Stands on the progress page, goes by mail where there is an address, and stops the clocks that wait for it.
async fn reply(case: &mut Case<'_>, text: &str) -> Result<(), ApiError> {
    let message = case.write_to_customer("reply", &json!({"reply": text})).await?;
    let delivery: &[&str] = if message.is_some() { &["page", "mail"] } else { &["page"] };
    let note = json!({"text": text, "delivery": delivery, "message": message});
    case.note(Note::public("reply", note)).await?;
    case.raise(Event::new("reply", json!({"text": text}))).await?;
    Ok(())
}

/// A call that reached the customer is a reply, and the proof that the customer was told.
async fn call(case: &mut Case<'_>, outcome: CallOutcome, note: &str) -> Result<(), ApiError> {
    case.note(Note::internal("call", json!({"outcome": outcome, "text": note.trim()}))).await?;
    match outcome {
        CallOutcome::Reached => {
            case.note(Note::public("told", json!({"by": "call"}))).await?;
            let text = json!({"text": note, "by": "call"});
            case.raise(Event::new("told", text.clone())).await?;
            case.raise(Event::new("reply", text)).await?;
        }
        CallOutcome::NoAnswer | CallOutcome::WrongNumber => {}
    }
    Ok(())
}

async fn hand_over(case: &mut Case<'_>, user: Option<UserId>) -> Result<(), ApiError> {
    let department = match user {
        Some(user) => Some(case.department_of(user).await?),
        None => None,
    };
    case.give(user, department.flatten()).await
}

async fn customer(case: &mut Case<'_>, what: &str, text: Option<&str>) -> Result<(), ApiError> {
    let kind = match what {
        "confirm" => "customer_confirm",
        "reject" => "customer_reject",
        _ => "customer_message",
    };
    let data = json!({"text": text.unwrap_or_default()});
    case.note(Note::public(kind, data.clone())).await?;
    let facts = json!({"what": what, "text": shortened(text.unwrap_or_default(), TOLD)});
    case.inform_responsible(NotificationKind::Customer, facts).await?;
    case.raise(Event::new(format!("customer.{what}"), data)).await?;
    Ok(())
}
