//! A new case: the submission, its customer, its number, and the flows it starts.

use std::sync::Arc;

use flow_engine::Cause;
use form_engine::{Identity, IdentityKind, Language, Record};
use serde_json::{Value, json};

use super::{Case, Note, serial};
use crate::app::App;
use crate::catalog::{Catalog, LiveForm};
use crate::error::ApiError;
use crate::feed::Entity;
use crate::ids::link::{self, Purpose};
use crate::ids::{SubmissionId, TeamId, UserId};
use crate::store::customer::Customer;
use crate::store::identity::CustomerIdentity;
use crate::store::submission::Submission;
use crate::writer::Batch;

/// The submission that led to another, and what the bond is called.
#[derive(Debug, Clone)]
pub struct Link {
    /// The one that came before.
    pub submission: SubmissionId,
    /// As the flow names it: `ticket`.
    pub name: String,
}

/// A submission to be made; its document has been judged, or comes from a flow.
pub struct Draft {
    /// What was filled in.
    pub form: Arc<LiveForm>,
    /// The document.
    pub data: Value,
    /// Where it came in.
    pub channel: String,
    /// The customer's language.
    pub language: String,
    /// Who keyed it in, when staff did.
    pub by: Option<UserId>,
    /// What it follows from.
    pub link: Option<Link>,
    /// The customer, where already known.
    pub customer: Option<Customer>,
    /// Who the sender is beyond what the document says.
    pub known: Vec<Identity>,
    /// The customer's mail address, where already known.
    pub mail: Option<String>,
    /// Starts no flow and sends nothing: answers from before this server.
    pub quiet: bool,
    /// When it was made.
    pub at_ms: i64,
    /// How many submissions led to it in this transaction.
    pub depth: u32,
    /// The automations that led to it.
    pub cause: Cause,
}

/// What became of a draft.
#[derive(Debug, Clone)]
pub struct Made {
    /// The submission.
    pub id: SubmissionId,
    /// Counts per form.
    pub number: i64,
    /// Whether it is a ticket.
    pub is_ticket: bool,
    /// The ticket whose progress page its sender gets.
    pub progress: Option<SubmissionId>,
}

impl<'a> Case<'a> {
    /// Makes the submission and starts its flows.
    ///
    /// # Errors
    ///
    /// Those of the database.
    pub async fn open(
        app: &'a App,
        batch: &'a mut Batch,
        catalog: Arc<Catalog>,
        draft: Draft,
    ) -> Result<Made, ApiError> {
        let (form, by) = (draft.form, draft.by);
        let data = if draft.depth > 0 { missing_gone(draft.data) } else { draft.data };
        let (mut customer, mut mail) = (draft.customer, draft.mail);
        let mut contacts = draft.known;
        let written = form.form.contacts(&data);
        contacts.extend(written.into_iter().filter(|one| !contacts.contains(one)).collect::<Vec<_>>());
        if customer.is_none() {
            customer = find_or_make(app, batch, catalog.team, &contacts, &data, draft.at_ms).await?;
        }
        mail = mail.or_else(|| address(&contacts));
        let data =
            serial::give(batch, form.definition, &form.form, data, draft.at_ms, &catalog.language).await?;
        let is_ticket = form.form.record() == Record::Ticket;
        let id: SubmissionId = app.ids.next();
        let token = is_ticket.then(|| link::hash(&app.links.token(Purpose::Progress, id)));
        let row = Submission {
            id,
            team_id: catalog.team,
            form_id: form.definition,
            form_key: form.form.key().to_owned(),
            version_number: form.version,
            is_ticket,
            number: batch.number(form.definition).await?,
            data: data.to_string(),
            customer_id: customer.as_ref().map(|customer| customer.id),
            parent_id: draft.link.as_ref().map(|link| link.submission),
            parent_link: draft.link.map(|link| link.name),
            channel: draft.channel,
            state: None,
            is_open: is_ticket,
            is_breached: false,
            assignee_id: None,
            department_key: None,
            tags: "[]".into(),
            language: draft.language,
            receipt: app.links.receipt(id),
            progress_hash: token,
            created_by: by,
            created_at: draft.at_ms,
            updated_at: draft.at_ms,
        };
        let mut case = Self {
            app,
            batch,
            catalog,
            form,
            row,
            stored: None,
            customer,
            mail,
            actor: by,
            now_ms: draft.at_ms,
            depth: draft.depth,
            cause: draft.cause,
            waiting: std::collections::VecDeque::new(),
            event: None,
            due_ms: None,
            opened: None,
        };
        let note = json!({"form": case.row.form_key, "channel": case.row.channel});
        case.note(Note::public("submitted", note)).await?;
        if !draft.quiet {
            case.start_flows().await?;
            case.start_waiting().await?;
        }
        let made = Made { id, number: case.row.number, is_ticket, progress: case.progress() };
        case.store().await?;
        Ok(made)
    }
}

/// A flow computes fields from what may be missing; what is missing there is missing here.
fn missing_gone(mut data: Value) -> Value {
    if let Some(fields) = data.as_object_mut() {
        fields.retain(|_, value| !value.is_null());
    }
    data
}

fn address(contacts: &[Identity]) -> Option<String> {
    contacts.iter().find(|contact| contact.kind == IdentityKind::Mail).map(|contact| contact.value.clone())
}

/// Whose submission it is: the customer any of `contacts` belongs to, else a new one. Two customers are never made
/// for one contact, since this runs inside the writer.
async fn find_or_make(
    app: &App,
    batch: &mut Batch,
    team: TeamId,
    contacts: &[Identity],
    data: &Value,
    now_ms: i64,
) -> Result<Option<Customer>, ApiError> {
    let Some(first) = contacts.first() else { return Ok(None) };
    let mut owner = None;
    let mut unknown = Vec::new();
    for contact in contacts {
        let kind = contact.kind.as_str();
        match batch.customer(team, kind, &contact.value).await? {
            Some(customer) => owner = owner.or(Some(customer)),
            None => unknown.push(contact),
        }
    }
    let customer = match owner {
        Some(customer) => customer,
        None => {
            let named = ["name", "姓名", "称呼"].iter().find_map(|key| data.get(key)?.as_str());
            let customer = Customer {
                id: app.ids.next(),
                team_id: team,
                name: named.unwrap_or(&first.value).to_owned(),
                tier: None,
                attributes: "{}".into(),
                tags: "[]".into(),
                created_at: now_ms,
                updated_at: now_ms,
            };
            batch.add(customer.clone());
            customer
        }
    };
    batch.changed(team, Entity::Customer, customer.id, None);
    for contact in unknown {
        let kind = contact.kind.as_str();
        batch.claims.belongs(kind, &contact.value, &customer);
        batch.add(CustomerIdentity {
            id: app.ids.next(),
            team_id: team,
            customer_id: customer.id,
            kind: kind.to_owned(),
            value: contact.value.clone(),
            created_at: now_ms,
        });
    }
    Ok(Some(customer))
}

/// The language a customer is written to in.
pub(super) fn language_of(stored: &str) -> Language {
    Language::parse(stored).unwrap_or(Language::Zh)
}
