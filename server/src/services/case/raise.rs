//! Events: what happens to a case's flows, and what they do about it.

use flow_engine::{Calendars, ClockStatus, Event, Inputs, Machine, Snapshot, Step};
use serde_json::{Value, json};

use super::Case;
use crate::catalog::LiveFlow;
use crate::error::ApiError;
use crate::ids::InstanceId;
use crate::store;
use crate::store::instance::Instance;

impl Case<'_> {
    /// Starts the flows that a submission of this form starts.
    pub(super) async fn start_flows(&mut self) -> Result<(), ApiError> {
        let catalog = self.catalog.clone();
        for flow in catalog.started_by(&self.row.form_key) {
            self.start_flow(flow).await?;
        }
        Ok(())
    }

    /// Starts `flow` beside the submission.
    pub(super) async fn start_flow(&mut self, flow: &LiveFlow) -> Result<(), ApiError> {
        let id: InstanceId = self.app.ids.next();
        let taken = self.take(id, |inputs, now_ms| flow_engine::start(&flow.machine, inputs, now_ms))?;
        let mut instance = Instance {
            id,
            team_id: self.catalog.team,
            submission_id: Some(self.row.id),
            flow_id: flow.definition,
            flow_key: flow.machine.key().to_owned(),
            version_number: flow.version,
            snapshot: String::new(),
            state: String::new(),
            is_done: false,
            step: 1,
            created_at: self.now_ms,
            updated_at: self.now_ms,
        };
        record(&mut instance, &taken.snapshot)?;
        self.stand(&flow.machine, &taken.snapshot);
        self.add(instance).await?;
        self.perform(id, &flow.machine, taken.effects, true).await
    }

    /// Hands `event` to every flow beside the submission; true when one of them answered.
    ///
    /// # Errors
    ///
    /// Those of the database.
    pub async fn raise(&mut self, event: Event) -> Result<bool, ApiError> {
        let team = self.catalog.team;
        let mut answered = false;
        for instance in store::instance::of_submission(self.batch.read(), team, self.row.id).await? {
            answered |= self.hand(instance, &event).await?;
        }
        Ok(answered)
    }

    /// Hands `event` to one flow.
    ///
    /// # Errors
    ///
    /// Those of the database.
    pub async fn hand(&mut self, mut instance: Instance, event: &Event) -> Result<bool, ApiError> {
        if instance.is_done {
            return Ok(false);
        }
        let flow =
            self.app.flow_version(self.catalog.team, instance.flow_id, instance.version_number).await?;
        let snapshot: Snapshot = serde_json::from_str(&instance.snapshot).map_err(ApiError::internal)?;
        let step = self.take(instance.id, |inputs, now_ms| {
            flow_engine::transition(&flow.machine, &snapshot, event, inputs, now_ms)
        })?;
        // A promise may break without any transition answering: what changed counts, not what was taken.
        if !step.taken && step.effects.is_empty() && step.snapshot == snapshot {
            return Ok(false);
        }
        record(&mut instance, &step.snapshot)?;
        instance.step += 1;
        instance.updated_at = self.now_ms;
        if !store::instance::advance(self.batch.write(), &instance).await? {
            return Err(ApiError::Conflict(crate::error::Conflict::Stale));
        }
        self.stand(&flow.machine, &step.snapshot);
        self.event = Some(event.clone());
        self.perform(instance.id, &flow.machine, step.effects, false).await?;
        self.event = None;
        Ok(step.taken)
    }

    fn take(
        &self,
        instance: InstanceId,
        run: impl FnOnce(&Inputs<'_>, i64) -> Result<Step, flow_engine::StepError>,
    ) -> Result<Step, ApiError> {
        let (data, customer) = (self.data(), self.customer_facts());
        let facts = json!({
            "session": instance, "channel": self.row.channel, "assignee": self.row.assignee_id,
            "department": self.row.department_key, "created_at": self.row.created_at, "number": self.row.number,
            "version": self.row.version_number, "state": self.row.state,
        });
        let calendars: &Calendars = &self.catalog.calendars;
        let inputs = Inputs { data: &data, customer: &customer, calendars, facts: &facts };
        run(&inputs, self.now_ms).map_err(ApiError::internal)
    }

    /// Where the submission stands, told from where its flow does.
    fn stand(&mut self, machine: &Machine, snapshot: &Snapshot) {
        self.row.state = snapshot.active().last().map(ToString::to_string);
        let readings = machine.readings(snapshot);
        let running = readings.iter().filter(|reading| reading.status == ClockStatus::Running);
        self.due_ms = running.filter_map(|reading| reading.due_ms).min();
        // Open as long as somebody has something to do; a flow without tasks, until it ends.
        let waits = machine.offers(snapshot).iter().any(|offer| offer.task.is_some());
        self.row.is_open = self.row.is_ticket && snapshot.done().is_none() && (waits || !machine.has_tasks());
    }
}

fn record(instance: &mut Instance, snapshot: &Snapshot) -> Result<(), ApiError> {
    instance.snapshot = serde_json::to_string(snapshot).map_err(ApiError::internal)?;
    instance.state =
        serde_json::to_value(snapshot.active()).map(|active: Value| active.to_string()).unwrap_or_default();
    instance.is_done = snapshot.done().is_some();
    Ok(())
}
