//! `GET /api/v1/live`: what has changed, as server-sent events.
//!
//! An event says that something changed, never what; whoever may not see it would learn nothing, and is not told
//! anyway. A client that was away sends the last id it saw and gets what it missed.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use api_types::{ChangeView, Role};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Sse;
use axum::response::sse::{Event, KeepAlive};
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{Mutex, mpsc};
use tokio_stream::Stream;
use tokio_stream::wrappers::ReceiverStream;

use crate::app::App;
use crate::auth::Caller;
use crate::error::ApiError;
use crate::feed::Change;
use crate::ids::{SubmissionId, TaskId, TeamId};
use crate::permission::Verb;
use crate::services::access::Access;
use crate::store;

/// Missed changes beyond this many are summed up as one: load everything again.
const CATCH_UP: u64 = 1_000;

/// The browser comes back by itself, and its rights are looked at afresh.
const AT_MOST: Duration = Duration::from_secs(10 * 60);
/// A reader this far behind is closed; it comes back and catches up.
const BUFFER: usize = 256;

/// `GET /api/v1/live`
#[utoipa::path(get, path = "/api/v1/live", tag = "live", responses(
    (status = 200, description = "Events `change` with a `ChangeView`, and `reload` after too long an absence",
     content_type = "text/event-stream", body = ChangeView)))]
pub async fn get(
    State(app): State<App>,
    caller: Caller,
    headers: HeaderMap,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, ApiError> {
    let seen = headers.get("last-event-id").and_then(|value| value.to_str().ok()?.parse::<i64>().ok());
    let team = caller.team;
    let listener = Arc::new(Listener { app: app.clone(), caller, access: Mutex::new(None) });
    // Who has seen nothing yet goes on from here after an interruption, also when it comes before the first change.
    let seen = match seen {
        Some(seen) => seen,
        None => store::change::last(app.db.read()).await?,
    };
    Ok(stream(app, team, Some(seen), move |change| {
        let listener = listener.clone();
        Box::pin(async move { listener.may_see(&change).await.then(|| as_event(&change)) })
    }))
}

/// Somebody who is told of changes, with what they may see as of the last change of people, roles or definitions.
struct Listener {
    app: App,
    caller: Caller,
    access: Mutex<Option<Arc<Access>>>,
}

/// An event about a change, or that there is nothing to say.
pub type Told = Pin<Box<dyn Future<Output = Option<Event>> + Send>>;

/// The changes of `team` after `seen`, in the words of `tell`; what it says nothing of is not sent.
pub fn stream(
    app: App,
    team: TeamId,
    seen: Option<i64>,
    tell: impl Fn(Change) -> Told + Send + Sync + 'static,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let (sender, receiver) = mpsc::channel(BUFFER);
    tokio::spawn(Reader { app, team, sender, tell }.follow(seen));
    Sse::new(ReceiverStream::new(receiver)).keep_alive(KeepAlive::new().interval(Duration::from_secs(15)))
}

/// Somebody who listens.
struct Reader<T> {
    app: App,
    team: TeamId,
    sender: mpsc::Sender<Result<Event, Infallible>>,
    tell: T,
}

impl<T: Fn(Change) -> Told + Send + Sync> Reader<T> {
    /// Sends until the reader goes away, time is up or the server stops.
    async fn follow(self, seen: Option<i64>) {
        tokio::select! {
            () = self.app.stop.requested() => {}
            () = self.sender.closed() => {}
            () = tokio::time::sleep(AT_MOST) => {}
            () = self.send_changes(seen) => {}
        }
    }

    async fn send_changes(&self, seen: Option<i64>) {
        // Subscribed before the table is read: nothing falls between.
        let mut changes = self.app.feed.subscribe();
        let mut last = match seen {
            Some(seen) => self.begin(seen).await,
            None => Some(0),
        };
        while let Some(past) = last {
            last = match changes.recv().await {
                Ok(change) if change.team_id != self.team || change.seq <= past => Some(past),
                Ok(change) => self.send(&change).await.then_some(change.seq),
                Err(RecvError::Lagged(_)) => self.catch_up(past).await,
                Err(RecvError::Closed) => None,
            };
        }
    }

    /// Gives the reader a place to come back to, then what was committed after it.
    async fn begin(&self, seen: i64) -> Option<i64> {
        let place = Event::default().id(seen.to_string());
        self.sender.send(Ok(place)).await.ok()?;
        self.catch_up(seen).await
    }

    /// Sends what was committed after `seen`; the number of the last, or `None` when the stream is over.
    async fn catch_up(&self, seen: i64) -> Option<i64> {
        let db = self.app.db.read();
        let missed = store::change::since(db, self.team, seen, CATCH_UP + 1).await.ok()?;
        let last = missed.last().map_or(seen, |change| change.seq);
        if missed.len() as u64 > CATCH_UP {
            let newest = store::change::last(db).await.ok()?;
            let event = Event::default().event("reload").id(newest.to_string()).data("{}");
            return self.sender.send(Ok(event)).await.ok().map(|()| newest);
        }
        for change in &missed {
            if !self.send(change).await {
                return None;
            }
        }
        Some(last)
    }

    /// False when the reader is gone.
    async fn send(&self, change: &Change) -> bool {
        match (self.tell)(change.clone()).await {
            Some(event) => self.sender.send(Ok(event)).await.is_ok(),
            None => true,
        }
    }
}

fn as_event(change: &Change) -> Event {
    let view = ChangeView {
        seq: change.seq,
        entity: change.entity.clone(),
        id: change.entity_id.to_string(),
        form: change.form_key.clone(),
    };
    let data = serde_json::to_string(&view).expect("a change has only text keys");
    Event::default().event("change").id(change.seq.to_string()).data(data)
}

impl Listener {
    /// Whoever may read what the change is about is told of it.
    async fn may_see(&self, change: &Change) -> bool {
        if matches!(change.entity.as_str(), "member" | "definition") {
            *self.access.lock().await = None;
        }
        let caller = &self.caller;
        match change.entity.as_str() {
            "definition" => true,
            "submission" => self.sees_submission(change).await.unwrap_or(false),
            "task" => caller.is(Role::Viewer) || self.sees_task(change).await.unwrap_or(false),
            "member" => caller.is(Role::Viewer),
            "customer" | "outbox" => caller.is(Role::Agent),
            "import" => caller.is(Role::Designer),
            "notification" => change.entity_id == caller.user.0,
            _ => false,
        }
    }

    async fn access(&self) -> Result<Arc<Access>, ApiError> {
        let mut known = self.access.lock().await;
        if let Some(access) = &*known {
            return Ok(access.clone());
        }
        let access = Arc::new(Access::of(&self.app, &self.caller).await?);
        *known = Some(access.clone());
        Ok(access)
    }

    async fn sees_submission(&self, change: &Change) -> Result<bool, ApiError> {
        if self.caller.is(Role::Admin) {
            return Ok(true);
        }
        let (access, db) = (self.access().await?, self.app.db.read());
        match store::submission::get(db, self.caller.team, SubmissionId(change.entity_id)).await? {
            Some(row) => Ok(access.judge(&self.app, &row).await?.reach.may(Verb::See)),
            // It is gone: whoever could have seen some of its form looks again.
            None => Ok(change.form_key.as_ref().is_some_and(|form| access.form(form).may(Verb::See))),
        }
    }

    /// Tasks are told to their holder, and to whoever just lost one.
    async fn sees_task(&self, change: &Change) -> Result<bool, ApiError> {
        let task = store::task::get(self.app.db.read(), self.caller.team, TaskId(change.entity_id)).await?;
        Ok(task.is_none_or(|task| task.assignee_id == Some(self.caller.user)))
    }
}
