//! `GET /api/v1/live`: what has changed, as server-sent events.
//!
//! An event says that something changed, never what; whoever may not see it would learn nothing, and is not told
//! anyway. A client that was away sends the last id it saw and gets what it missed.

use std::convert::Infallible;
use std::time::Duration;

use api_types::{ChangeView, Role};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Sse;
use axum::response::sse::{Event, KeepAlive};
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::mpsc;
use tokio_stream::Stream;
use tokio_stream::wrappers::ReceiverStream;

use crate::app::App;
use crate::auth::Caller;
use crate::error::ApiError;
use crate::feed::Change;
use crate::ids::TeamId;
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
    Ok(stream(app, team, seen, move |change| may_see(&caller, &change.entity).then(|| as_event(change))))
}

/// The changes of `team` after `seen`, in the words of `tell`; what it says nothing of is not sent.
pub fn stream(
    app: App,
    team: TeamId,
    seen: Option<i64>,
    tell: impl Fn(&Change) -> Option<Event> + Send + Sync + 'static,
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

impl<T: Fn(&Change) -> Option<Event> + Send + Sync> Reader<T> {
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
            Some(seen) => self.catch_up(seen).await,
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
        match (self.tell)(change) {
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

/// The same roles that may read the lists these changes are about.
fn may_see(caller: &Caller, entity: &str) -> bool {
    match entity {
        "task" | "definition" => true,
        "submission" | "member" => caller.is(Role::Viewer),
        "customer" | "outbox" => caller.is(Role::Agent),
        "import" => caller.is(Role::Designer),
        _ => false,
    }
}
