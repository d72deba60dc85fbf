//! The change feed: every committed change once, in commit order, to whoever follows.
//!
//! The writer numbers changes as its last statement before COMMIT, so that a number never becomes visible
//! before a smaller one. A follower reads the table past the last number it saw and hands what it finds to
//! the subscribers; that way the changes of other nodes arrive by the same road as our own.

use std::sync::Arc;
use std::time::Duration;

use sea_orm::DbErr;
use tokio::sync::{Notify, broadcast};
use uuid::Uuid;

use crate::db::Db;
use crate::ids::TeamId;
use crate::store;

/// Subscribers further behind than this read the table again.
const BUFFER: usize = 8_192;
/// How many changes are read at a time.
const PAGE: u64 = 1_000;
/// How long another node's change may wait to be seen.
const POLL_SHARED: Duration = Duration::from_millis(200);
/// Our own commits wake the follower; this only guards against a lost wake-up.
const POLL_ALONE: Duration = Duration::from_secs(5);

/// What kind of thing changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Entity {
    /// A submission, its state, its timeline or its clocks.
    Submission,
    /// Work for a person.
    Task,
    /// A customer or their identities.
    Customer,
    /// A message that leaves the building.
    Outbox,
    /// A definition, version or app: what is compiled from them is old.
    Definition,
    /// A member, role or department.
    Member,
    /// An import of a file.
    Import,
    /// What concerns one person, whose id stands for it.
    Notification,
}

impl Entity {
    /// As on the wire and in the table.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Submission => "submission",
            Self::Task => "task",
            Self::Customer => "customer",
            Self::Outbox => "outbox",
            Self::Definition => "definition",
            Self::Member => "member",
            Self::Import => "import",
            Self::Notification => "notification",
        }
    }
}

/// A change on its way into the database; it has no number yet.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Changed {
    /// Whose.
    pub team: TeamId,
    /// What kind of thing.
    pub entity: Entity,
    /// Which.
    pub id: Uuid,
    /// Key of the form, for submissions and tasks.
    pub form: Option<String>,
}

/// A committed change.
pub use crate::store::change::ChangeRow as Change;

/// Where committed changes are heard of.
#[derive(Clone)]
pub struct Feed {
    sender: broadcast::Sender<Change>,
    wake: Arc<Notify>,
}

impl Feed {
    /// A feed that goes on after what is committed now.
    pub async fn follow(db: Arc<Db>) -> Result<Self, DbErr> {
        let last = store::change::last(db.read()).await?;
        let feed = Self { sender: broadcast::channel(BUFFER).0, wake: Arc::new(Notify::new()) };
        tokio::spawn(run(db, feed.sender.clone(), Arc::downgrade(&feed.wake), last));
        Ok(feed)
    }

    /// Everything committed from now on. Who lags is told, and reads [`store::change::since`].
    pub fn subscribe(&self) -> broadcast::Receiver<Change> {
        self.sender.subscribe()
    }

    /// Something was committed.
    pub(crate) fn wake(&self) {
        self.wake.notify_one();
    }
}

/// Ends when nobody holds the feed any more.
async fn run(db: Arc<Db>, sender: broadcast::Sender<Change>, wake: std::sync::Weak<Notify>, mut last: i64) {
    let poll = if db.is_shared() { POLL_SHARED } else { POLL_ALONE };
    while let Some(wake) = wake.upgrade() {
        match store::change::after(db.read(), last, PAGE).await {
            Ok(page) => {
                let more = page.len() as u64 == PAGE;
                for change in page {
                    last = change.seq;
                    // Nobody listening is no fault.
                    sender.send(change).ok();
                }
                if more {
                    continue;
                }
            }
            Err(error) => tracing::warn!(%error, "the change feed cannot be read; trying again"),
        }
        tokio::time::timeout(poll, wake.notified()).await.ok();
    }
}
