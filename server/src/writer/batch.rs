//! What a job sees while it is settled: the transaction, the rows so far, and the claims of the jobs before it.

use form_engine::OptionQuota;
use sea_orm::{DatabaseTransaction, DbErr};
use uuid::Uuid;

use super::claims::{Claims, Lookups, Staff};
use super::options::{self, Options};
use super::rows::{Row, Rows};
use crate::feed::{Changed, Entity};
use crate::ids::{DefinitionId, TeamId};
use crate::store;
use crate::store::audit::AuditLine;
use crate::store::customer::Customer;
use crate::store::idempotency::Idempotency;

/// Several jobs in one transaction.
pub struct Batch {
    txn: DatabaseTransaction,
    rows: Rows,
    changes: Vec<Changed>,
    audit: Vec<AuditLine>,
    written: bool,
    /// What jobs of this batch have decided; gone with the batch if it fails.
    pub claims: Claims,
}

impl Batch {
    pub(super) fn new(txn: DatabaseTransaction) -> Self {
        Self {
            txn,
            rows: Rows::default(),
            changes: Vec::new(),
            audit: Vec::new(),
            written: false,
            claims: Claims::default(),
        }
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

    /// The people of a team, with the work they got in this batch.
    pub async fn staff(&mut self, team: TeamId) -> Result<&mut Staff, DbErr> {
        self.claims.staff(&self.txn, team).await
    }

    /// The next number of a form.
    pub async fn number(&mut self, form: DefinitionId) -> Result<i64, DbErr> {
        self.claims.number(&self.txn, form).await
    }

    /// The last number a form has given.
    pub async fn last_number(&mut self, form: DefinitionId) -> Result<i64, DbErr> {
        self.claims.last_number(&self.txn, form).await
    }

    /// The next value of one of a form's counters.
    pub async fn serial(&mut self, form: DefinitionId, counter: &str) -> Result<i64, DbErr> {
        self.claims.serial(&self.txn, form, counter).await
    }

    /// How many submissions a form has.
    pub async fn count(&mut self, form: DefinitionId) -> Result<i64, DbErr> {
        self.claims.count(&self.txn, form).await
    }

    /// How many chose the options of a form: those of `quotas`, and all that are counted already.
    pub async fn options(
        &mut self,
        form: DefinitionId,
        quotas: &[OptionQuota],
    ) -> Result<&mut Options, DbErr> {
        let unknown = self.claims.options(&self.txn, form).await?.unknown(quotas);
        if !unknown.is_empty() {
            // Counting sees what is in the database; rows of this batch still wait.
            std::mem::take(&mut self.rows).insert(&self.txn).await?;
            let counted = options::count(&self.txn, form, &unknown).await?;
            self.claims.options(&self.txn, form).await?.learn(counted);
        }
        self.claims.options(&self.txn, form).await
    }

    /// Options of the form are counted afresh when next asked for: its quotas may be others now.
    pub async fn recount_options(&mut self, form: DefinitionId) -> Result<(), DbErr> {
        self.claims.forget_options(form);
        store::counter::forget_options(self.write(), form).await
    }

    /// What was answered under a key of a form, in this batch or before.
    pub async fn answered(&mut self, form: DefinitionId, key: &str) -> Result<Option<Idempotency>, DbErr> {
        self.claims.answered(&self.txn, form, key).await
    }

    /// Whose contact this is, since this batch or before.
    pub async fn customer(
        &mut self,
        team: TeamId,
        kind: &'static str,
        value: &str,
    ) -> Result<Option<Customer>, DbErr> {
        self.claims.customer(&self.txn, team, kind, value).await
    }

    /// Reads what its jobs will ask, all at once.
    pub(super) async fn look_up(&mut self, lookups: Lookups) -> Result<(), DbErr> {
        self.claims.look_up(&self.txn, lookups).await
    }

    /// Inserts a row at once, for rows that later jobs of the batch must see.
    pub async fn add_now(&mut self, row: impl Row) -> Result<(), DbErr> {
        let mut rows = Rows::default();
        row.join(&mut rows);
        rows.insert(self.write()).await
    }

    /// Says on the change feed that something changed.
    pub fn changed(&mut self, team: TeamId, entity: Entity, id: impl Into<Uuid>, form: Option<&str>) {
        self.written = true;
        self.changes.push(Changed { team, entity, id: id.into(), form: form.map(str::to_owned) });
    }

    /// Writes a line into the audit log of its team, which the job must have named as its own.
    pub fn audit(&mut self, line: AuditLine) {
        self.written = true;
        self.audit.push(line);
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
        let Self { txn, rows, changes, audit, written: _, claims } = self;
        rows.insert(&txn).await?;
        store::audit::append(&txn, audit).await?;
        claims.store(&txn).await?;
        Ok((txn, changes))
    }
}
