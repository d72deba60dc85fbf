//! The task that writes: collects what waits, settles it in one transaction, tells everybody.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use sea_orm::{ConnectionTrait, DatabaseTransaction, DbErr, TransactionTrait};
use tokio::sync::{mpsc, oneshot};

use super::{BATCH, Batch, Job, Lookups, OnCommit, Settling};
use crate::clock::Clock;
use crate::db::Db;
use crate::error::ApiError;
use crate::feed::Changed;
use crate::ids::TeamId;
use crate::store;

/// Serialises the numbering of changes between nodes; any number nobody else uses.
const FEED_LOCK: i64 = 0x6875_6979_696e_0002;

/// A job whose output type is forgotten.
pub(super) trait Queued: Send {
    fn team(&self) -> Option<TeamId>;
    fn looks_up(&self, lookups: &mut Lookups);
    /// Settles and keeps the output for later.
    fn settle<'a>(&'a mut self, batch: &'a mut Batch) -> Settling<'a, ()>;
    /// Tells the caller: the kept output, or why there is none.
    fn tell(self: Box<Self>, outcome: Result<(), ApiError>);
}

pub(super) struct Pending<J: Job> {
    pub(super) job: J,
    pub(super) output: Option<J::Output>,
    pub(super) tell: oneshot::Sender<Result<J::Output, ApiError>>,
}

impl<J: Job> Queued for Pending<J> {
    fn team(&self) -> Option<TeamId> {
        self.job.team()
    }

    fn looks_up(&self, lookups: &mut Lookups) {
        self.job.looks_up(lookups);
    }

    fn settle<'a>(&'a mut self, batch: &'a mut Batch) -> Settling<'a, ()> {
        Box::pin(async move {
            self.output = None;
            self.output = Some(self.job.settle(batch).await?);
            Ok(())
        })
    }

    fn tell(self: Box<Self>, outcome: Result<(), ApiError>) {
        let Self { job: _, output, tell } = *self;
        let told = outcome.map(|()| output.expect("a settled job has kept its output"));
        // The caller may have gone away; the write stands.
        tell.send(told).ok();
    }
}

/// What committing needs.
#[derive(Clone)]
pub(super) struct Committer {
    pub(super) db: Arc<Db>,
    pub(super) clock: Clock,
    pub(super) on_commit: OnCommit,
}

type Waiting = Box<dyn Queued>;
type Outcomes = Vec<Result<(), ApiError>>;

/// Takes whatever waits, up to a batch, until every [`super::Writer`] is gone. While one batch commits, the next gathers.
pub(super) async fn run(mut queue: mpsc::Receiver<Waiting>, committer: Committer) {
    let mut waiting = Vec::with_capacity(BATCH);
    while queue.recv_many(&mut waiting, BATCH).await > 0 {
        let jobs = std::mem::take(&mut waiting);
        let committer = committer.clone();
        // In a task of its own: a panic in a job loses its batch, not the writer.
        if let Err(fault) = tokio::spawn(async move { committer.commit(jobs).await }).await {
            tracing::error!(%fault, "a batch was lost to a panic; nothing of it was stored");
        }
    }
}

/// Why a batch did not go through as a whole.
enum Setback {
    /// One job is to blame; alone, the others will pass.
    Replay,
    /// The database is; nothing would pass now.
    GiveUp(ApiError),
}

impl From<DbErr> for Setback {
    fn from(error: DbErr) -> Self {
        let error = ApiError::from(error);
        let ApiError::Storage(cause) = &error else { return Self::GiveUp(error) };
        tracing::debug!(%cause, "a batch is replayed");
        Self::Replay
    }
}

impl Committer {
    async fn commit(&self, mut jobs: Vec<Waiting>) {
        metrics::histogram!("huiyin_writer_batch").record(jobs.len() as f64);
        let settled = match self.together(&mut jobs).await {
            Err(Setback::Replay) => self.one_by_one(&mut jobs).await,
            settled => settled,
        };
        match settled {
            Ok(outcomes) => jobs.into_iter().zip(outcomes).for_each(|(job, outcome)| job.tell(outcome)),
            Err(Setback::GiveUp(error)) => tell_all(jobs, &error),
            Err(Setback::Replay) => tell_all(jobs, &ApiError::Overloaded),
        }
    }

    /// All jobs, then all rows, in one transaction.
    async fn together(&self, jobs: &mut [Waiting]) -> Result<Outcomes, Setback> {
        let txn = self.begin(locks_of(jobs)).await?;
        let mut batch = Batch::new(txn);
        let mut lookups = Lookups::default();
        jobs.iter().for_each(|job| job.looks_up(&mut lookups));
        batch.look_up(lookups).await?;
        let mut outcomes = Vec::with_capacity(jobs.len());
        for job in jobs {
            batch.begin_job();
            let outcome = job.settle(&mut batch).await;
            match outcome {
                Ok(()) => outcomes.push(Ok(())),
                Err(error) if is_storage(&error) => return Err(setback(error)),
                Err(_) if batch.has_written() => return Err(Setback::Replay),
                Err(refusal) => outcomes.push(Err(refusal)),
            }
        }
        let (txn, changes) = batch.flush().await?;
        self.finish(txn, changes).await?;
        Ok(outcomes)
    }

    /// Each job behind a savepoint, its rows at once: only the guilty one is refused.
    async fn one_by_one(&self, jobs: &mut [Waiting]) -> Result<Outcomes, Setback> {
        metrics::counter!("huiyin_writer_replays").increment(1);
        let txn = self.begin(locks_of(jobs)).await?;
        let mut outcomes = Vec::with_capacity(jobs.len());
        let mut changes = Vec::new();
        for job in jobs {
            match alone(&txn, job).await {
                Ok(its_changes) => {
                    changes.extend(its_changes);
                    outcomes.push(Ok(()));
                }
                Err(error @ (ApiError::StorageFull | ApiError::Overloaded)) => {
                    return Err(Setback::GiveUp(error));
                }
                Err(refusal) => outcomes.push(Err(refusal)),
            }
        }
        self.finish(txn, changes).await?;
        Ok(outcomes)
    }

    /// Begins, and takes the teams concerned for this batch: in a team, one batch settles at a time on all nodes.
    async fn begin(&self, locks: BTreeSet<i64>) -> Result<DatabaseTransaction, Setback> {
        let txn = self.db.begin().await?;
        if self.db.is_shared() {
            // In order, so that two nodes never wait for each other.
            for lock in locks {
                txn.execute_unprepared(&format!("select pg_advisory_xact_lock({lock})")).await?;
            }
        }
        Ok(txn)
    }

    /// Numbers the changes as the last thing before COMMIT: whoever numbers next waits until these are visible.
    async fn finish(&self, txn: DatabaseTransaction, changes: Vec<Changed>) -> Result<(), Setback> {
        let mut seen = HashSet::new();
        let changes: Vec<Changed> =
            changes.into_iter().filter(|change| seen.insert(change.clone())).collect();
        if !changes.is_empty() {
            if self.db.is_shared() {
                txn.execute_unprepared(&format!("select pg_advisory_xact_lock({FEED_LOCK})")).await?;
            }
            number(&txn, &changes, self.clock.now_ms()).await?;
        }
        txn.commit().await?;
        (self.on_commit)(&changes);
        Ok(())
    }
}

async fn alone(txn: &DatabaseTransaction, job: &mut Waiting) -> Result<Vec<Changed>, ApiError> {
    // Dropping the batch on the way out rolls back to its savepoint.
    let mut batch = Batch::new(txn.begin().await?);
    job.settle(&mut batch).await?;
    let (savepoint, changes) = batch.flush().await?;
    savepoint.commit().await?;
    Ok(changes)
}

async fn number(txn: &DatabaseTransaction, changes: &[Changed], now_ms: i64) -> Result<(), DbErr> {
    let last = store::change::last(txn).await?;
    let numbered = changes.iter().zip(last + 1..).map(|(change, seq)| store::change::ChangeRow {
        seq,
        team_id: change.team,
        entity: change.entity.as_str().to_owned(),
        entity_id: change.id,
        form_key: change.form.clone(),
        at: now_ms,
    });
    store::change::insert_all(txn, numbered.collect()).await
}

/// An advisory lock per team: 64 of the id's random bits.
fn locks_of(jobs: &[Waiting]) -> BTreeSet<i64> {
    let teams = jobs.iter().filter_map(|job| job.team());
    teams.map(|team| i64::from_be_bytes(team.0.as_u64_pair().1.to_be_bytes())).collect()
}

fn is_storage(error: &ApiError) -> bool {
    matches!(error, ApiError::Storage(_) | ApiError::StorageFull | ApiError::Overloaded)
}

fn setback(error: ApiError) -> Setback {
    if matches!(error, ApiError::Storage(_)) { Setback::Replay } else { Setback::GiveUp(error) }
}

fn tell_all(jobs: Vec<Waiting>, error: &ApiError) {
    tracing::warn!(%error, jobs = jobs.len(), "a batch was not stored");
    for job in jobs {
        let passing =
            if matches!(error, ApiError::StorageFull) { ApiError::StorageFull } else { ApiError::Overloaded };
        job.tell(Err(passing));
    }
}
