//! What a job sees while it is settled: the transaction, the rows so far, and the claims of the jobs before it.

use sea_orm::{DatabaseTransaction, DbErr};
use uuid::Uuid;

use super::rows::{Row, Rows};
use crate::feed::{Changed, Entity};
use crate::ids::TeamId;

/// Several jobs in one transaction.
pub struct Batch {
    txn: DatabaseTransaction,
    rows: Rows,
    changes: Vec<Changed>,
    written: bool,
}

impl Batch {
    pub(super) fn new(txn: DatabaseTransaction) -> Self {
        Self { txn, rows: Rows::default(), changes: Vec::new(), written: false }
    }

    /// For reading what is committed, and what [`Batch::write`] wrote in this batch; not the rows still waiting.
    pub fn read(&self) -> &DatabaseTransaction {
        &self.txn
    }

    /// For updates and single inserts, done at once. A job reads and refuses first and writes then; one that
    /// refuses after writing costs the whole batch a replay.
    pub fn write(&mut self) -> &DatabaseTransaction {
        self.written = true;
        &self.txn
    }

    /// Adds a row, inserted with the others of its table at the end of the batch.
    pub fn add(&mut self, row: impl Row) {
        self.written = true;
        row.join(&mut self.rows);
    }

    /// Says on the change feed that something changed.
    pub fn changed(&mut self, team: TeamId, entity: Entity, id: impl Into<Uuid>, form: Option<&str>) {
        self.written = true;
        self.changes.push(Changed { team, entity, id: id.into(), form: form.map(str::to_owned) });
    }

    /// Starts the next job; whatever was written so far is not its doing.
    pub(super) fn begin_job(&mut self) {
        self.written = false;
    }

    pub(super) fn has_written(&self) -> bool {
        self.written
    }

    /// Inserts what waits. The transaction stays open for the numbering.
    pub(super) async fn flush(self) -> Result<(DatabaseTransaction, Vec<Changed>), DbErr> {
        let Self { txn, rows, changes, written: _ } = self;
        rows.insert(&txn).await?;
        Ok((txn, changes))
    }
}
