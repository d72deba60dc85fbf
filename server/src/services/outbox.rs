//! The mailbox: every message that left the building, or would have.

use api_types::{OutboxPage, OutboxView, Role};

use crate::app::App;
use crate::auth::Caller;
use crate::clock::rfc3339;
use crate::error::ApiError;
use crate::ids::{MessageId, SubmissionId, TeamId};
use crate::services::access::Access;
use crate::services::letter;
use crate::store;
use crate::store::outbox::Message;

/// A mail as it is written, before it is in the outbox.
pub struct Mail<'a> {
    /// Whose.
    pub team: TeamId,
    /// The submission it is about.
    pub about: Option<SubmissionId>,
    /// `mail`, or another kind of message.
    pub kind: &'a str,
    /// Address.
    pub to: &'a str,
    /// Becomes one line.
    pub subject: &'a str,
    /// Plain.
    pub text: String,
    /// When it is to go.
    pub now_ms: i64,
}

impl Mail<'_> {
    /// The row that waits in the outbox, with an identity of our own host.
    pub fn waiting(self, app: &App) -> Message {
        let id: MessageId = app.ids.next();
        let url = app.config.base_url.as_str();
        let host = url.split("://").nth(1).unwrap_or(url).split(['/', ':']).next().unwrap_or_default();
        Message {
            id,
            team_id: self.team,
            submission_id: self.about,
            kind: self.kind.to_owned(),
            recipient: self.to.to_owned(),
            subject: self.subject.split_whitespace().collect::<Vec<_>>().join(" "),
            text: self.text,
            status: "pending".into(),
            attempts: 0,
            error: None,
            message_id: format!("<{id}@{host}>"),
            due_at: self.now_ms,
            lease_until: 0,
            lease_token: None,
            created_at: self.now_ms,
            sent_at: None,
        }
    }
}

/// How many a page holds.
const PAGE: u64 = 50;

/// The team's messages, newest first; those about one submission where one is named. A page may hold fewer than it could: what is about a
/// submission the caller may not see, or whose customer is kept from them, is left out, and messages about no submission (invitations,
/// new passwords) are for admins.
///
/// # Errors
///
/// A cursor that is none.
pub async fn list(
    app: &App,
    caller: &Caller,
    about: Option<SubmissionId>,
    cursor: Option<&str>,
) -> Result<OutboxPage, ApiError> {
    let before = cursor.map(str::parse::<MessageId>).transpose();
    let before = before.map_err(|_| ApiError::problem("request.cursor", "/cursor", "expected a cursor"))?;
    let mut rows = store::outbox::page(app.db.read(), caller.team, about, before, PAGE + 1).await?;
    let more = rows.len() as u64 > PAGE;
    rows.truncate(PAGE as usize);
    let next = rows.last().filter(|_| more).map(|row| row.id.to_string());
    let delivers = app.config.mail.smtp.is_some();
    let about: Vec<SubmissionId> = rows.iter().filter_map(|row| row.submission_id).collect();
    let readable = readable(app, caller, &about).await?;
    let is_for = |row: &Message| match row.submission_id {
        Some(id) => readable.contains(&id),
        None => caller.is(Role::Admin),
    };
    Ok(OutboxPage { items: rows.into_iter().filter(is_for).map(view).collect(), next, delivers })
}

/// One message.
///
/// # Errors
///
/// [`ApiError::NotFound`] for another team's, too.
pub async fn get(app: &App, caller: &Caller, id: MessageId) -> Result<OutboxView, ApiError> {
    let found = store::outbox::get(app.db.read(), caller.team, id).await?;
    let row = found.ok_or_else(|| ApiError::not_found("message", id))?;
    let is_for = match row.submission_id {
        Some(about) => !readable(app, caller, &[about]).await?.is_empty(),
        None => caller.is(Role::Admin),
    };
    if is_for { Ok(view(row)) } else { Err(ApiError::not_found("message", id)) }
}

/// Those of the submissions whose mails the caller may read: a mail says who the customer is.
async fn readable(app: &App, caller: &Caller, ids: &[SubmissionId]) -> Result<Vec<SubmissionId>, ApiError> {
    let access = Access::of(app, caller).await?;
    let rows = store::submission::by_ids(app.db.read(), caller.team, ids).await?;
    let seen = access.seen(app, rows).await?.into_iter();
    let whole = seen.filter(|(_, judged)| judged.reach.hidden().is_empty());
    Ok(whole.map(|(row, _)| row.id).collect())
}

fn view(row: Message) -> OutboxView {
    OutboxView {
        id: row.id.to_string(),
        // What a mail is about beside that is for whoever sends it.
        kind: row.kind.split('.').next().unwrap_or_default().to_owned(),
        to: row.recipient,
        subject: row.subject,
        text: letter::without_link(&row.text),
        status: row.status,
        attempts: u32::try_from(row.attempts).unwrap_or_default(),
        error: row.error,
        submission: row.submission_id.map(|id| id.to_string()),
        message_id: row.message_id,
        created_at: rfc3339(row.created_at),
        sent_at: row.sent_at.map(rfc3339),
    }
}
