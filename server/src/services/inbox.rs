//! The inbox: tickets by how soon they need somebody.

use std::collections::HashMap;

use api_types::{InboxCount, InboxPage, InboxView, TicketLine};

use crate::app::App;
use crate::auth::Caller;
use crate::clock::rfc3339;
use crate::error::ApiError;
use crate::ids::SubmissionId;
use crate::permission::Verb;
use crate::services::access::{Access, Judged};
use crate::services::case::shortened;
use crate::services::department;
use crate::services::gist;
use crate::services::submissions::{clock_view, entered_by, people, state_title};
use crate::store;
use crate::store::clock::ClockRow;
use crate::store::inbox::{Place, Sight, View};
use crate::store::submission::Submission;

/// Every view, in the order of the rail.
const VIEWS: [InboxView; 6] = [
    InboxView::Mine,
    InboxView::Unassigned,
    InboxView::Department,
    InboxView::Open,
    InboxView::Breached,
    InboxView::Closed,
];
/// Letters of a summary.
const SUMMARY: usize = 120;

/// A page of tickets, most urgent first; closed ones newest first.
///
/// # Errors
///
/// A cursor that is none.
pub async fn list(
    app: &App,
    caller: &Caller,
    view: InboxView,
    search: &str,
    limit: u32,
    cursor: Option<&str>,
) -> Result<InboxPage, ApiError> {
    let db = app.db.read();
    let after = cursor.map(Place::decode);
    if after.as_ref().is_some_and(Option::is_none) {
        return Err(ApiError::problem("request.cursor", "/cursor", "expected a cursor"));
    }
    let limit = limit.clamp(1, 200);
    let access = Access::of(app, caller).await?;
    let sight = Sight { visible: access.visible(app, Verb::See).await?, unread: access.unread_forms() };
    let asked = stored(caller, view);
    let mut places = store::inbox::page(
        db,
        caller.team,
        &asked,
        &sight,
        search.trim(),
        after.flatten(),
        u64::from(limit) + 1,
    )
    .await?;
    let more = places.len() > limit as usize;
    places.truncate(limit as usize);
    let next = places.last().filter(|_| more).map(Place::encode);
    let ids: Vec<SubmissionId> = places.iter().map(|place| place.id).collect();
    let mut counts = Vec::new();
    for view in VIEWS {
        let tickets = store::inbox::count(db, caller.team, &stored(caller, view), &sight).await?;
        counts.push(InboxCount { view, tickets });
    }
    Ok(InboxPage { counts, items: lines(app, caller, &access, &ids).await?, next })
}

fn stored(caller: &Caller, view: InboxView) -> View {
    match view {
        InboxView::Mine => View::Of(caller.user),
        InboxView::Unassigned => View::Unassigned,
        InboxView::Department => View::Department(caller.department.clone().unwrap_or_default()),
        InboxView::Open => View::Open,
        InboxView::Breached => View::Breached,
        InboxView::Closed => View::Closed,
    }
}

async fn lines(
    app: &App,
    caller: &Caller,
    access: &Access,
    ids: &[SubmissionId],
) -> Result<Vec<TicketLine>, ApiError> {
    let db = app.db.read();
    let rows = store::submission::by_ids(db, caller.team, ids).await?;
    let clocks = store::clock::of_submissions(db, caller.team, ids.to_vec()).await?;
    let customers: Vec<_> = rows.iter().filter_map(|row| row.customer_id).collect();
    let customers = store::customer::by_ids(db, caller.team, customers).await?;
    let names: HashMap<_, _> = customers.into_iter().map(|customer| (customer.id, customer.name)).collect();
    let catalog = app.catalog(caller.team).await?;
    let people = people(app, caller).await?;
    let departments: HashMap<String, String> = store::department::list(db, caller.team)
        .await?
        .into_iter()
        .map(|row| (row.key, department::title(&row.title).get(caller.language.as_str()).to_owned()))
        .collect();
    let seen = access.seen(app, rows).await?;
    let mut by_id: HashMap<_, _> = seen.into_iter().map(|(row, judged)| (row.id, (row, judged))).collect();
    let line = |(row, judged): (Submission, Judged)| {
        let (data, form) = (judged.data, catalog.form(&row.form_key).map(|live| &live.form).ok());
        let known = row.customer_id.filter(|_| !access.hides_person(&row.form_key));
        let state = row.state.clone().unwrap_or_default();
        TicketLine {
            id: row.id.to_string(),
            number: u64::try_from(row.number).unwrap_or_default(),
            customer: known
                .and_then(|id| names.get(&id).cloned())
                .or_else(|| entered_by(&row, &people).filter(|_| !access.hides_person(&row.form_key)))
                .unwrap_or_default(),
            summary: shortened(form.and_then(|form| gist::words(form, &data)).unwrap_or_default(), SUMMARY),
            score: form.and_then(|form| gist::recommends(form, &data)),
            state_title: state_title(&catalog, &row.form_key, &state, caller.language)
                .unwrap_or_else(|| state.clone()),
            state,
            assignee_name: row.assignee_id.and_then(|id| people.get(&id.to_string()).cloned()),
            assignee: row.assignee_id.map(|id| id.to_string()),
            department_title: row.department_key.as_ref().and_then(|key| departments.get(key).cloned()),
            clock: next_clock(&clocks, row.id).map(|clock| clock_view(clock, caller)),
            breached: row.is_breached,
            tags: serde_json::from_str(&row.tags).unwrap_or_default(),
            created_at: rfc3339(row.created_at),
            form: row.form_key,
        }
    };
    Ok(ids.iter().filter_map(|id| by_id.remove(id)).map(line).collect())
}

/// The promise that runs out next, or ran out first.
fn next_clock(clocks: &[ClockRow], submission: SubmissionId) -> Option<ClockRow> {
    let open =
        clocks.iter().filter(|clock| clock.submission_id == Some(submission) && clock.stopped_at.is_none());
    open.filter(|clock| clock.state != "cancelled")
        .min_by_key(|clock| clock.due_at.unwrap_or(i64::MAX))
        .cloned()
}
