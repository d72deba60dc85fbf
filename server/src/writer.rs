//! Group commit: every write of the server goes through here, and is acknowledged after COMMIT.
//!
//! A write has two phases. What can be done outside (reading, validating, running engines) is done before a
//! [`Job`] is handed over; [`Job::settle`] then decides, in the order of the queue and inside the transaction,
//! what only one at a time can decide (serial numbers, least-loaded, idempotency keys), and adds its rows to the
//! [`Batch`]. What the jobs of a batch look up is read together before the first ([`Lookups`]), and their rows go in
//! together after the last, one statement per table.
//!
//! If a batch fails it is replayed with a savepoint per job, so that only the guilty one is refused.

mod batch;
pub mod claims;
mod commit;
pub mod options;
mod rows;

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use tokio::sync::{mpsc, oneshot};

pub use batch::Batch;
pub use claims::Lookups;
pub use rows::Row;

use crate::clock::Clock;
use crate::db::Db;
use crate::error::ApiError;
use crate::feed::Changed;
use crate::ids::TeamId;

/// Jobs waiting beyond this many are refused at once: the caller may try again, and the queue stays short.
const QUEUE: usize = 2_048;
/// Jobs settled in one transaction.
const BATCH: usize = 256;

/// A boxed future, as closures given to [`Writer::run`] return.
pub type Settling<'a, T> = Pin<Box<dyn Future<Output = Result<T, ApiError>> + Send + 'a>>;

/// A write, prepared.
pub trait Job: Send + Sync + 'static {
    /// What the caller gets after COMMIT.
    type Output: Send + 'static;

    /// Whose rows it reads and writes; none for people and their sessions. While a batch is settled, no other
    /// batch of the team is, on any node.
    fn team(&self) -> Option<TeamId>;

    /// Says what it will look up, where many jobs look up their like.
    fn looks_up(&self, _lookups: &mut Lookups) {}

    /// Decides and adds rows. May run again after a rollback, so it must not keep anything from the first time.
    ///
    /// # Errors
    ///
    /// A refusal leaves the rest of the batch alone.
    fn settle<'a>(
        &'a self,
        batch: &'a mut Batch,
    ) -> impl Future<Output = Result<Self::Output, ApiError>> + Send + 'a;
}

/// The way in. Cheap to clone.
#[derive(Clone)]
pub struct Writer {
    queue: mpsc::Sender<Box<dyn commit::Queued>>,
}

/// Called with what was committed, before anybody is told of the success.
pub(crate) type OnCommit = Arc<dyn Fn(&[Changed]) + Send + Sync>;

impl Writer {
    /// Starts the one task that writes.
    pub(crate) fn start(db: Arc<Db>, clock: Clock, on_commit: OnCommit) -> Self {
        let (queue, jobs) = mpsc::channel(QUEUE);
        tokio::spawn(commit::run(jobs, commit::Committer { db, clock, on_commit }));
        Self { queue }
    }

    /// Hands `job` over and waits until it is on disk. The job is done also when the caller goes away.
    ///
    /// # Errors
    ///
    /// The job's refusal; [`ApiError::Overloaded`] when the queue is full; [`ApiError::StorageFull`] when the disk is.
    pub async fn settle<J: Job>(&self, job: J) -> Result<J::Output, ApiError> {
        let (tell, told) = oneshot::channel();
        let queued = Box::new(commit::Pending { job, output: None, tell });
        self.queue.try_send(queued).map_err(|_| ApiError::Overloaded)?;
        metrics::gauge!("huiyin_writer_queue").set((QUEUE - self.queue.capacity()) as f64);
        told.await.unwrap_or_else(|_| Err(ApiError::internal("the writer gave up on the job")))
    }

    /// Runs a small write that needs no type of its own:
    /// `writer.run(team, move |batch| Box::pin(async move { … }))`. What the closure captures it clones for each run.
    ///
    /// # Errors
    ///
    /// As [`Writer::settle`].
    pub async fn run<T, F>(&self, team: Option<TeamId>, work: F) -> Result<T, ApiError>
    where
        T: Send + 'static,
        F: for<'a> Fn(&'a mut Batch) -> Settling<'a, T> + Send + Sync + 'static,
    {
        self.settle(Work { team, work }).await
    }
}

struct Work<F> {
    team: Option<TeamId>,
    work: F,
}

impl<T, F> Job for Work<F>
where
    T: Send + 'static,
    F: for<'a> Fn(&'a mut Batch) -> Settling<'a, T> + Send + Sync + 'static,
{
    type Output = T;

    fn team(&self) -> Option<TeamId> {
        self.team
    }

    fn settle<'a>(&'a self, batch: &'a mut Batch) -> impl Future<Output = Result<T, ApiError>> + Send + 'a {
        (self.work)(batch)
    }
}
