//! Customers: who they are, how to reach them, and everything they said and were told.

use std::collections::HashMap;

use api_types::{CustomerDetail, CustomerEvent, CustomerPage, CustomerView, IdentityView};
use serde_json::Value;

use crate::app::App;
use crate::auth::Caller;
use crate::clock::rfc3339;
use crate::error::ApiError;
use crate::ids::CustomerId;
use crate::services::access::Access;
use crate::services::submissions::{form_titles, people};
use crate::services::timeline::Reader;
use crate::store;
use crate::store::customer::Customer;

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
    let mut items = Vec::new();
    for row in rows {
        items.push(view(app, &access, row).await?);
    }
    Ok(CustomerPage { items, next })
}

/// A customer as a card.
///
/// # Errors
///
/// When the database does not answer.
pub async fn view(app: &App, access: &Access, row: Customer) -> Result<CustomerView, ApiError> {
    let identities = store::identity::of_customers(app.db.read(), row.team_id, vec![row.id]).await?;
    let submissions = store::submission::of_customer(app.db.read(), row.team_id, row.id, SUBMISSIONS).await?;
    let submissions = access.seen(app, submissions).await?;
    let nps = submissions.iter().filter(|(one, _)| one.form_key == "nps");
    let score = nps.into_iter().find_map(|(_, judged)| judged.data.get("score").and_then(Value::as_f64));
    let view = |identity: store::identity::CustomerIdentity| IdentityView {
        kind: identity.kind,
        value: identity.value,
    };
    let identities: Vec<IdentityView> = identities.into_iter().map(view).collect();
    let first = identities.first().map(|identity| identity.value.clone());
    Ok(CustomerView {
        id: row.id.to_string(),
        name: if row.name.is_empty() { first.unwrap_or_default() } else { row.name },
        identities,
        tags: serde_json::from_str(&row.tags).unwrap_or_default(),
        tier: row.tier,
        submissions: submissions.len() as u64,
        open_tickets: submissions.iter().filter(|(one, _)| one.is_ticket && one.is_open).count() as u64,
        last_score: score,
        created_at: rfc3339(row.created_at),
    })
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
    let submissions = store::submission::of_customer(app.db.read(), caller.team, id, SUBMISSIONS).await?;
    let submissions = access.seen(app, submissions).await?;
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
    Ok(CustomerDetail { customer: view(app, &access, row).await?, timeline })
}
