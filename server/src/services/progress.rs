//! What a customer may know of their own case: the facts behind the progress page.

use std::sync::Arc;

use chrono_tz::Tz;
use flow_engine::{PublicStep, Snapshot};
use form_engine::{Language, Text};

use super::act::{Act, customer_acts};
use super::{department, query};
use crate::app::App;
use crate::catalog::LiveForm;
use crate::error::ApiError;
use crate::ids::link::{self, Purpose};
use crate::store;
use crate::store::clock::ClockRow;
use crate::store::event::EventRow;
use crate::store::submission::Submission;

/// A customer's case.
pub struct Progress {
    /// The ticket.
    pub ticket: Submission,
    /// What the customer answered: the ticket itself, or the submission it came from.
    pub answered: Submission,
    /// The form of that, in the version it was answered in.
    pub form: Arc<LiveForm>,
    /// Who signs.
    pub team_name: String,
    /// Whose clock and days are spoken of.
    pub zone: Tz,
    /// Who has it.
    pub department: Option<Text>,
    /// The way, with the time each step was reached last.
    pub steps: Vec<(PublicStep, Option<i64>)>,
    /// The step it is at.
    pub current: usize,
    /// The words of the present state.
    pub words: Option<Text>,
    /// Nothing more can happen.
    pub is_over: bool,
    /// Promises.
    pub clocks: Vec<ClockRow>,
    /// The timeline, oldest first; internal lines too.
    pub events: Vec<EventRow>,
    /// Address of a survey about the handling.
    pub survey: Option<String>,
}

/// The ticket a progress link is about.
///
/// # Errors
///
/// [`ApiError::NotFound`] for a link nobody was given.
pub async fn find(app: &App, token: &str) -> Result<Submission, ApiError> {
    let found = store::submission::by_progress_of_any_team(app.db.read(), &link::hash(token)).await?;
    // The token itself is not repeated: it would stand in logs.
    found.ok_or_else(|| ApiError::not_found("progress", "of this link"))
}

/// The case a progress link opens.
///
/// # Errors
///
/// [`ApiError::NotFound`] for a link nobody was given.
pub async fn read(app: &App, token: &str) -> Result<Progress, ApiError> {
    let db = app.db.read();
    let ticket = find(app, token).await?;
    let team = ticket.team_id;
    let parent = match ticket.parent_id {
        Some(parent) => store::submission::get(db, team, parent).await?,
        None => None,
    };
    let answered = parent.unwrap_or_else(|| ticket.clone());
    let form = app.form_version(team, answered.form_id, answered.version_number).await?;
    let catalog = app.catalog(team).await?;
    let department = match &ticket.department_key {
        Some(key) => {
            store::department::get(db, team, key).await?.map(|found| department::title(&found.title))
        }
        None => None,
    };
    let mut progress = Progress {
        zone: query::zone_of_team(app, team).await?,
        team_name: catalog.team_name.clone(),
        department,
        form,
        steps: Vec::new(),
        current: 0,
        words: None,
        is_over: true,
        clocks: store::clock::of_submission(db, team, ticket.id).await?,
        events: store::event::of_submission(db, team, ticket.id).await?,
        survey: None,
        answered,
        ticket,
    };
    walk(app, &mut progress).await?;
    if let Some(invitation) = store::invitation::open_for(db, team, progress.ticket.id).await?
        && let Ok(form) = catalog.form(&invitation.form_key)
        && let Some(slug) = &form.form.publish().slug
    {
        let token = app.links.token(Purpose::Invitation, invitation.id);
        progress.survey = Some(format!("/f/{slug}?i={token}"));
    }
    Ok(progress)
}

/// Where the flow beside the ticket stands, and when it came there.
async fn walk(app: &App, progress: &mut Progress) -> Result<(), ApiError> {
    let (team, id) = (progress.ticket.team_id, progress.ticket.id);
    let visits = store::visit::of_submission(app.db.read(), team, id).await?;
    for instance in store::instance::of_submission(app.db.read(), team, id).await? {
        let flow = app.flow_version(team, instance.flow_id, instance.version_number).await?;
        let machine = &flow.machine;
        if machine.steps().is_empty() {
            continue;
        }
        let snapshot: Snapshot = serde_json::from_str(&instance.snapshot).map_err(ApiError::internal)?;
        let here = snapshot.active().iter().rev().find_map(|key| machine.public(key));
        let reached = |step: &PublicStep| {
            let of_step = visits.iter().filter(|visit| {
                visit.instance_id == instance.id
                    && machine.public(&visit.state).is_some_and(|public| public.step == step.step)
            });
            of_step.map(|visit| visit.entered_at).max()
        };
        progress.steps = machine.steps().iter().map(|step| (step.clone(), reached(step))).collect();
        progress.current =
            here.and_then(|here| machine.steps().iter().position(|step| step.step == here.step)).unwrap_or(0);
        progress.words = here.map(|here| here.text.clone());
        progress.is_over = instance.is_done;
    }
    Ok(())
}

/// The customer has the page open: whatever was said to them before, they have been told now.
///
/// # Errors
///
/// Those of the writer.
pub async fn seen(app: &App, progress: &Progress, language: Language) -> Result<(), ApiError> {
    let last =
        |kinds: &[&str]| progress.events.iter().rposition(|event| kinds.contains(&event.kind.as_str()));
    let said = progress.events.iter().rposition(|event| event.is_public && is_answer(event));
    if said.is_some() && said > last(&["told"]) {
        customer_acts(app, progress.ticket.team_id, progress.ticket.id, language, Act::Seen).await?;
    }
    Ok(())
}

/// A reply, or an action that tells the customer something (a solution).
pub fn is_answer(event: &EventRow) -> bool {
    matches!(event.kind.as_str(), "reply" | "action")
}
