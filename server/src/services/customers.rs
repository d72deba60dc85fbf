//! Customers: who they are, how to reach them, and everything they said and were told.

use std::collections::HashMap;

use api_types::{CustomerDetail, CustomerEvent, CustomerPage, CustomerView, IdentityView};

use crate::app::App;
use crate::auth::Caller;
use crate::catalog::Catalog;
use crate::clock::rfc3339;
use crate::error::ApiError;
use crate::ids::CustomerId;
use crate::services::access::{Access, Judged};
use crate::services::gist;
use crate::services::submissions::{form_titles, people};
use crate::services::timeline::Reader;
use crate::store;
use crate::store::customer::Customer;
use crate::store::identity::CustomerIdentity;
use crate::store::submission::Submission;

/// How many a page holds.
const PAGE: u64 = 50;
/// How far back a customer's page looks.
const SUBMISSIONS: u64 = 100;

/// The team's customers, newest first; those whose name or identity holds `search`.
///
/// # Errors
///
/// A cursor that is none.
pub async fn list(
    app: &App,
    caller: &Caller,
    search: &str,
    cursor: Option<&str>,
) -> Result<CustomerPage, ApiError> {
    let before = cursor.map(str::parse::<CustomerId>).transpose();
    let before = before.map_err(|_| ApiError::problem("request.cursor", "/cursor", "expected a cursor"))?;
    let mut rows = store::customer::page(app.db.read(), caller.team, search.trim(), before, PAGE + 1).await?;
    let more = rows.len() as u64 > PAGE;
    rows.truncate(PAGE as usize);
    let next = rows.last().filter(|_| more).map(|row| row.id.to_string());
    let access = Access::of(app, caller).await?;
    Ok(CustomerPage { items: views(app, caller, &access, rows).await?, next })
}

/// Customers as cards, in their order.
///
/// # Errors
///
/// When the database does not answer.
pub async fn views(
    app: &App,
    caller: &Caller,
    access: &Access,
    rows: Vec<Customer>,
) -> Result<Vec<CustomerView>, ApiError> {
    let (db, team) = (app.db.read(), caller.team);
    let catalog = app.catalog(team).await?;
    let ids: Vec<CustomerId> = rows.iter().map(|row| row.id).collect();
    let mut identities: HashMap<CustomerId, Vec<CustomerIdentity>> = HashMap::new();
    for identity in store::identity::of_customers(db, team, ids.clone()).await? {
        identities.entry(identity.customer_id).or_default().push(identity);
    }
    let submissions = store::submission::of_customers(db, team, ids, SUBMISSIONS).await?;
    let mut seen: HashMap<CustomerId, Vec<(Submission, Judged)>> = HashMap::new();
    for (submission, judged) in access.seen(app, submissions).await? {
        if let Some(customer) = submission.customer_id {
            seen.entry(customer).or_default().push((submission, judged));
        }
    }
    let card = |row: Customer| {
        let identities = identities.remove(&row.id).unwrap_or_default();
        let submissions = seen.remove(&row.id).unwrap_or_default();
        view(&catalog, row, identities, &submissions)
    };
    Ok(rows.into_iter().map(card).collect())
}

/// A customer as a card; their submissions newest first.
fn view(
    catalog: &Catalog,
    row: Customer,
    identities: Vec<CustomerIdentity>,
    submissions: &[(Submission, Judged)],
) -> CustomerView {
    let score = submissions
        .iter()
        .find_map(|(one, judged)| gist::recommends(&catalog.form(&one.form_key).ok()?.form, &judged.data));
    let view = |identity: CustomerIdentity| IdentityView { kind: identity.kind, value: identity.value };
    let identities: Vec<IdentityView> = identities.into_iter().map(view).collect();
    let first = identities.first().map(|identity| identity.value.clone());
    CustomerView {
        id: row.id.to_string(),
        name: if row.name.is_empty() { first.unwrap_or_default() } else { row.name },
        identities,
        tags: serde_json::from_str(&row.tags).unwrap_or_default(),
        tier: row.tier,
        submissions: submissions.len() as u64,
        open_tickets: submissions.iter().filter(|(one, _)| one.is_ticket && one.is_open).count() as u64,
        last_score: score,
        created_at: rfc3339(row.created_at),
    }
}

/// One customer with everything that happened, newest first.
///
/// # Errors
///
/// [`ApiError::NotFound`] for another team's, too.
pub async fn get(app: &App, caller: &Caller, id: CustomerId) -> Result<CustomerDetail, ApiError> {
    let found = store::customer::get(app.db.read(), caller.team, id).await?;
    let row = found.ok_or_else(|| ApiError::not_found("customer", id))?;
    let access = Access::of(app, caller).await?;
    let submissions = store::submission::of_customers(app.db.read(), caller.team, vec![id], SUBMISSIONS);
    let submissions = access.seen(app, submissions.await?).await?;
    let ids: Vec<_> = submissions.iter().map(|(submission, _)| submission.id).collect();
    let titles = form_titles(app, caller).await?;
    let people = people(app, caller).await?;
    let reader = Reader { language: caller.language, people: &people, forms: &titles, access: &access };
    let by_id: HashMap<_, _> = submissions.iter().map(|seen| (seen.0.id, seen)).collect();
    let events = store::event::of_submissions(app.db.read(), caller.team, ids, 500).await?;
    let mut timeline: Vec<CustomerEvent> = events
        .into_iter()
        .filter_map(|event| {
            let (submission, judged) = by_id.get(&event.submission_id?)?;
            Some(CustomerEvent {
                submission: submission.id.to_string(),
                form_title: titles.get(&submission.form_key).cloned().unwrap_or_default(),
                number: u64::try_from(submission.number).unwrap_or_default(),
                event: reader.view(event, &judged.reach),
            })
        })
        .collect();
    timeline.sort_by(|one, other| other.event.at.cmp(&one.event.at));
    let identities = store::identity::of_customers(app.db.read(), caller.team, vec![id]).await?;
    let catalog = app.catalog(caller.team).await?;
    Ok(CustomerDetail { customer: view(&catalog, row, identities, &submissions), timeline })
}
