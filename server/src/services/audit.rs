//! The audit log: who did what to what, with before and after.
//!
//! A line is part of the job that does the thing, so neither is there without the other. The lines of a team are a chain: whoever
//! changes one, or takes one out, has to write every later one anew, and the last hash, kept elsewhere, gives them away.

use api_types::{AuditPage, AuditView, ChainView};
use serde_json::Value;

use crate::app::App;
use crate::auth::{Caller, Via};
use crate::clock::rfc3339;
use crate::error::ApiError;
use crate::ids::{TeamId, UserId};
use crate::store;
use crate::store::audit::{AuditLine, Wanted};

/// Lines a page holds.
const PAGE: u64 = 50;
/// Lines read at a time while the chain is checked.
const CHECKED: u64 = 1_000;

/// A thing that was done, before it is known by whom.
#[derive(Debug, Clone)]
pub struct Deed {
    /// `created`, `changed`, `published` …
    pub action: &'static str,
    /// `member`, `definition`, `submission` …
    pub kind: &'static str,
    /// Id or key.
    pub subject: String,
    /// As people know it.
    pub title: String,
    /// What stood there.
    pub before: Option<Value>,
    /// What stands there now.
    pub after: Option<Value>,
}

impl Deed {
    /// Something done to a thing.
    pub fn new(action: &'static str, kind: &'static str, subject: impl ToString, title: &str) -> Self {
        let (subject, title) = (subject.to_string(), title.to_owned());
        Self { action, kind, subject, title, before: None, after: None }
    }

    /// With what stood there before.
    #[must_use]
    pub fn before(self, before: Value) -> Self {
        Self { before: Some(before), ..self }
    }

    /// With what stands there now.
    #[must_use]
    pub fn after(self, after: Value) -> Self {
        Self { after: Some(after), ..self }
    }

    /// The line, done by the caller.
    pub fn by(self, caller: &Caller, now_ms: i64) -> AuditLine {
        let via = match caller.via {
            Via::Session(_) => "session",
            Via::Token(_) => "token",
            Via::Console => "console",
            Via::SeenBy(_) => "see_as",
        };
        self.line(caller.team, Some((caller.user, &caller.name)), via, now_ms)
    }

    /// The line, done through a link by a person, or by somebody who is no member: then nobody is named.
    pub fn by_link(self, team: TeamId, who: Option<(UserId, &str)>, now_ms: i64) -> AuditLine {
        self.line(team, who, "link", now_ms)
    }

    fn line(self, team: TeamId, who: Option<(UserId, &str)>, via: &str, now_ms: i64) -> AuditLine {
        AuditLine {
            team_id: team,
            seq: 0,
            at: now_ms,
            actor_id: who.map(|(user, _)| user),
            actor_name: who.map_or("", |(_, name)| name).to_owned(),
            via: via.to_owned(),
            action: self.action.to_owned(),
            kind: self.kind.to_owned(),
            subject: self.subject,
            title: self.title,
            before: self.before.map(|value| value.to_string()),
            after: self.after.map(|value| value.to_string()),
            hash: Vec::new(),
        }
    }
}

/// Writes down something that changes no row: taking data away, looking as somebody else.
///
/// # Errors
///
/// Those of the writer; what was asked for is refused with them.
pub async fn note(app: &App, caller: &Caller, deed: Deed) -> Result<(), ApiError> {
    keep(app, deed.by(caller, app.clock.now_ms())).await
}

/// Writes a line down by itself.
///
/// # Errors
///
/// Those of the writer.
pub async fn keep(app: &App, line: AuditLine) -> Result<(), ApiError> {
    app.writer
        .run(Some(line.team_id), move |batch| {
            let line = line.clone();
            Box::pin(async move {
                batch.audit(line);
                Ok(())
            })
        })
        .await
}

/// A page of the log, newest first.
///
/// # Errors
///
/// When the database does not answer.
pub async fn list(app: &App, caller: &Caller, wanted: &Wanted) -> Result<AuditPage, ApiError> {
    let mut lines = store::audit::page(app.db.read(), caller.team, wanted, PAGE + 1).await?;
    let more = lines.len() as u64 > PAGE;
    lines.truncate(PAGE as usize);
    let next = lines.last().filter(|_| more).map(|line| line.seq.to_string());
    Ok(AuditPage { items: lines.into_iter().map(view).collect(), next })
}

/// A line as it is read.
pub fn view(line: AuditLine) -> AuditView {
    let read = |text: Option<String>| text.and_then(|text| serde_json::from_str(&text).ok());
    AuditView {
        seq: line.seq,
        at: rfc3339(line.at),
        actor: line.actor_id.map(|id| id.to_string()),
        actor_name: line.actor_name,
        via: line.via,
        action: line.action,
        kind: line.kind,
        subject: line.subject,
        title: line.title,
        before: read(line.before),
        after: read(line.after),
        hash: hex(&line.hash),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Reads a team's whole chain and says whether it holds.
///
/// # Errors
///
/// When the database does not answer.
pub async fn check(db: &impl sea_orm::ConnectionTrait, team: TeamId) -> Result<ChainView, ApiError> {
    let (mut seq, mut hash) = (0, Vec::new());
    loop {
        let lines = store::audit::from(db, team, seq, CHECKED).await?;
        if lines.is_empty() {
            return Ok(ChainView { lines: seq, broken_at: None, head: hex(&hash) });
        }
        for line in lines {
            if line.seq != seq + 1 || line.sealed(&hash) != line.hash {
                return Ok(ChainView { lines: seq, broken_at: Some(seq + 1), head: hex(&hash) });
            }
            (seq, hash) = (line.seq, line.hash);
        }
    }
}

/// Checks the chains of every team of a database.
///
/// # Errors
///
/// When the database does not answer.
pub async fn check_all(db: &impl sea_orm::ConnectionTrait) -> Result<Vec<(TeamId, ChainView)>, ApiError> {
    let mut chains = Vec::new();
    for team in store::audit::teams_of_any(db).await? {
        chains.push((team, check(db, team).await?));
    }
    Ok(chains)
}
