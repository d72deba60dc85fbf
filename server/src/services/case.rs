//! A case: one submission with its customer and the flows beside it, while a writer's job works on it.
//!
//! The one mechanism behind submits, events, replies and timers: whatever happens to a submission happens to a
//! [`Case`], which runs the flow engine and turns its effects into rows. It runs inside the writer, where nobody
//! else touches the team.

mod answers;
mod assign;
mod child;
mod effects;
mod inform;
mod message;
mod note;
mod open;
mod raise;
mod serial;

use std::collections::VecDeque;
use std::sync::Arc;

use flow_engine::{Beginning, Cause, Event};
use form_engine::Language;
use serde_json::{Value, json};

use crate::app::App;
use crate::catalog::{Catalog, LiveFlow, LiveForm};
use crate::error::ApiError;
use crate::feed::Entity;
use crate::ids::link::Purpose;
use crate::ids::{SubmissionId, UploadId, UserId};
use crate::services::{quota, uploads};
use crate::store;
use crate::store::customer::Customer;
use crate::store::submission::Submission;
use crate::writer::{Batch, Row};

pub use answers::{By, Changed};
pub(in crate::services) use inform::TOLD;
pub(in crate::services) use message::shortened;
pub use note::Note;
pub use open::{Draft, Link};

/// How deep one submission may open others that open others.
const MAX_DEPTH: u32 = 8;

/// A flow that is to be started once what asked for it is done.
struct Waiting {
    flow: Arc<LiveFlow>,
    beginning: Beginning,
    depth: u32,
    /// What it was told before it began.
    told: Vec<Event>,
}

/// A submission being worked on.
pub struct Case<'a> {
    app: &'a App,
    batch: &'a mut Batch,
    catalog: Arc<Catalog>,
    form: Arc<LiveForm>,
    /// As it will be stored.
    pub row: Submission,
    /// As it is stored; none while it is new.
    stored: Option<Submission>,
    customer: Option<Customer>,
    /// The customer's mail address, if there is one.
    mail: Option<String>,
    actor: Option<UserId>,
    now_ms: i64,
    depth: u32,
    /// The automations that led here.
    cause: Cause,
    /// Flows that others asked for, to be started one after the other rather than inside each other.
    waiting: VecDeque<Waiting>,
    /// What is happening, for the words of messages.
    event: Option<Event>,
    /// When the next promise runs out.
    due_ms: Option<i64>,
    /// The first ticket this submission opened.
    opened: Option<SubmissionId>,
}

impl<'a> Case<'a> {
    /// A stored submission.
    ///
    /// # Errors
    ///
    /// [`ApiError::NotFound`], also when it is another team's.
    pub async fn load(
        app: &'a App,
        batch: &'a mut Batch,
        catalog: Arc<Catalog>,
        id: SubmissionId,
        actor: Option<UserId>,
    ) -> Result<Case<'a>, ApiError> {
        let team = catalog.team;
        let row = store::submission::get(batch.read(), team, id).await?;
        let row = row.ok_or_else(|| ApiError::NotFound { kind: "submission", id: id.to_string() })?;
        let form = app.form_version(team, row.form_id, row.version_number).await?;
        let mut customer = None;
        let mut mail = None;
        if let Some(id) = row.customer_id {
            customer = store::customer::get(batch.read(), team, id).await?;
            let identities = store::identity::of_customers(batch.read(), team, vec![id]).await?;
            mail = identities
                .into_iter()
                .find(|identity| identity.kind == "mail")
                .map(|identity| identity.value);
        }
        let now_ms = app.clock.now_ms();
        let stored = Some(row.clone());
        Ok(Self {
            app,
            batch,
            catalog,
            form,
            row,
            stored,
            customer,
            mail,
            actor,
            now_ms,
            depth: 0,
            cause: Cause::default(),
            waiting: VecDeque::new(),
            event: None,
            due_ms: None,
            opened: None,
        })
    }

    /// The form in the version the submission was made with.
    pub fn form(&self) -> &Arc<LiveForm> {
        &self.form
    }

    /// The document.
    pub fn data(&self) -> Value {
        serde_json::from_str(&self.row.data).unwrap_or(Value::Null)
    }

    /// Refuses another document that chooses what is full.
    ///
    /// # Errors
    ///
    /// See [`quota::leave_room`].
    async fn leave_room(&mut self, data: &Value, language: Language) -> Result<(), ApiError> {
        let live = self.catalog.form(self.form.form.key()).ok().unwrap_or(&self.form).clone();
        let before = self.data();
        quota::leave_room(self.batch, &live, Some(&before), data, language).await
    }

    /// Another document with the files it names checked, and those that are new to the submission.
    ///
    /// # Errors
    ///
    /// See [`uploads::settle`].
    async fn settle_files(
        &mut self,
        data: Value,
        language: Language,
    ) -> Result<(Value, Vec<UploadId>), ApiError> {
        uploads::settle(self.batch.read(), &self.form, Some(self.row.id), data, language).await
    }

    /// Binds files to the submission.
    ///
    /// # Errors
    ///
    /// See [`uploads::bind`].
    async fn bind_files(&mut self, files: &[UploadId]) -> Result<(), ApiError> {
        uploads::bind(self.batch, files, self.row.id).await
    }

    /// Replaces the document.
    pub fn set_data(&mut self, data: &Value) {
        self.row.data = data.to_string();
    }

    /// The first ticket it opened, or itself when it is one: what the customer's progress page shows.
    pub fn progress(&self) -> Option<SubmissionId> {
        if self.row.is_ticket { Some(self.row.id) } else { self.opened }
    }

    /// Absolute address of a submission's progress page.
    fn progress_url(&self, id: SubmissionId) -> String {
        progress_url(self.app, id)
    }

    async fn add(&mut self, row: impl Row) -> Result<(), ApiError> {
        // Rows of a new submission wait for the batch; nobody else can ask for them before.
        if self.stored.is_some() {
            self.batch.add_now(row).await?;
        } else {
            self.batch.add(row);
        }
        Ok(())
    }

    /// What flows read of the customer.
    fn customer_facts(&self) -> Value {
        self.customer.as_ref().map_or(Value::Null, customer_facts)
    }

    /// Stores the submission as it is now, counts whose open ticket it is, and tells the feed.
    ///
    /// # Errors
    ///
    /// Those of the database.
    pub async fn store(mut self) -> Result<(), ApiError> {
        self.start_waiting().await?;
        let holder = |row: &Submission| row.assignee_id.filter(|_| row.is_ticket && row.is_open);
        let (before, after) = (self.stored.as_ref().and_then(holder), holder(&self.row));
        let team = self.catalog.team;
        if before != after {
            let txn_staff = self.staff().await?;
            if let Some(user) = before {
                txn_staff.count(user, -1);
            }
            if let Some(user) = after {
                txn_staff.count(user, 1);
            }
        }
        let before = self.stored.as_ref().map(|row| row.data.as_str());
        if before != Some(self.row.data.as_str()) {
            let read = |text: &str| serde_json::from_str::<Value>(text).unwrap_or_default();
            let options = self.batch.options(self.row.form_id, &[]).await?;
            options.moved(before.map(read).as_ref(), Some(&read(&self.row.data)));
        }
        self.batch.changed(team, Entity::Submission, self.row.id, Some(&self.row.form_key));
        match &self.stored {
            None => self.batch.add(self.row),
            Some(stored) if *stored != self.row => {
                self.row.updated_at = self.now_ms;
                store::submission::update(self.batch.write(), &self.row).await?;
            }
            Some(_) => {}
        }
        Ok(())
    }

    async fn staff(&mut self) -> Result<&mut crate::writer::claims::Staff, ApiError> {
        Ok(self.batch.staff(self.catalog.team).await?)
    }
}

/// Absolute address of a submission's progress page.
pub fn progress_url(app: &App, id: SubmissionId) -> String {
    app.config.base_url.join(&format!("/t/{}", app.links.token(Purpose::Progress, id)))
}

/// What scripts and defaults may know of a customer.
pub fn customer_facts(customer: &store::customer::Customer) -> Value {
    let parsed = |text: &str| serde_json::from_str::<Value>(text).unwrap_or(Value::Null);
    json!({
        "id": customer.id, "name": customer.name, "tier": customer.tier,
        "tags": parsed(&customer.tags), "attributes": parsed(&customer.attributes),
    })
}
