//! Events: what happens to a case's flows, and what they do about it.

use api_types::NotificationKind;
use flow_engine::{Beginning, Calendars, ClockStatus, Event, Inputs, Machine, Snapshot, Step, StepError};
use serde_json::{Value, json};

use super::{Case, Note};
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
            let beginning = Beginning { cause: self.cause.clone(), ..Beginning::default() };
            self.start_flow(flow, beginning).await?;
        }
        Ok(())
    }

    /// Starts `flow` beside the submission; none when automations set each other off without end.
    pub(super) async fn start_flow(
        &mut self,
        flow: &LiveFlow,
        beginning: Beginning,
    ) -> Result<Option<InstanceId>, ApiError> {
        let id: InstanceId = self.app.ids.next();
        let begun =
            self.take(id, |inputs, now_ms| flow_engine::begin(&flow.machine, beginning, inputs, now_ms));
        let Some(taken) = self.unless_loop(begun).await? else { return Ok(None) };
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
        self.cause = taken.cause;
        self.perform(id, &flow.machine, taken.effects, true).await?;
        self.tell_parent(&taken.snapshot).await?;
        Ok(Some(id))
    }

    /// The step; none when automations set each other off without end, which the timeline says with the whole chain.
    async fn unless_loop(&mut self, step: Result<Step, StepError>) -> Result<Option<Step>, ApiError> {
        match step {
            Ok(step) => Ok(Some(step)),
            Err(StepError::Loop(circle)) => {
                tracing::warn!(submission = %self.row.id, %circle, "automations were stopped");
                let chain = circle.chain.to_string();
                self.note(Note::internal("stopped", json!({"reason": "loop", "chain": chain}))).await?;
                Ok(None)
            }
            Err(
                error @ (StepError::Diverged { .. }
                | StepError::TooMuch { .. }
                | StepError::NotActive { .. }
                | StepError::StateUnknown { .. }),
            ) => Err(ApiError::internal(error)),
        }
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
        });
        let Some(step) = self.unless_loop(step).await? else { return Ok(false) };
        // A promise may break without any transition answering: what changed counts, not what was taken.
        if !step.taken && step.effects.is_empty() && step.snapshot == snapshot {
            return Ok(false);
        }
        self.advance(&mut instance, &step.snapshot).await?;
        self.stand(&flow.machine, &step.snapshot);
        self.event = Some(event.clone());
        self.cause = step.cause;
        self.perform(instance.id, &flow.machine, step.effects, false).await?;
        self.event = None;
        self.tell_parent(&step.snapshot).await?;
        // Whoever handed it in hears how it ended.
        if let Some(user) =
            self.row.created_by.filter(|_| instance.is_done && step.snapshot.parent().is_none())
        {
            let state = self.row.state.clone();
            self.inform(user, NotificationKind::Decided, json!({"state": state})).await?;
        }
        Ok(step.taken)
    }

    /// Stores where an instance stands after a step.
    pub(super) async fn advance(
        &mut self,
        instance: &mut Instance,
        snapshot: &Snapshot,
    ) -> Result<(), ApiError> {
        record(instance, snapshot)?;
        instance.step += 1;
        instance.updated_at = self.now_ms;
        if store::instance::advance(self.batch.write(), instance).await? {
            Ok(())
        } else {
            Err(ApiError::Conflict(crate::error::Conflict::Stale))
        }
    }

    pub(super) fn take(
        &self,
        instance: InstanceId,
        run: impl FnOnce(&Inputs<'_>, i64) -> Result<Step, StepError>,
    ) -> Result<Step, StepError> {
        let (data, customer) = (self.data(), self.customer_facts());
        let facts = json!({
            "session": instance, "channel": self.row.channel, "assignee": self.row.assignee_id,
            "department": self.row.department_key, "created_at": self.row.created_at, "number": self.row.number,
            "version": self.row.version_number, "state": self.row.state,
        });
        let calendars: &Calendars = &self.catalog.calendars;
        let inputs = Inputs { data: &data, customer: &customer, calendars, facts: &facts };
        run(&inputs, self.now_ms)
    }

    /// Where the submission stands, told from where its flow does. A flow that another invoked stands for a part of it.
    fn stand(&mut self, machine: &Machine, snapshot: &Snapshot) {
        if snapshot.parent().is_some() {
            return;
        }
        self.row.state = snapshot.active().last().map(ToString::to_string);
        let readings = machine.readings(snapshot);
        let running = readings.iter().filter(|reading| reading.status == ClockStatus::Running);
        self.due_ms = running.filter_map(|reading| reading.due_ms).min();
        // Open as long as somebody has something to do; a flow without tasks, until it ends.
        let waits = snapshot.waits_for_children()
            || machine.offers(snapshot).iter().any(|offer| offer.task.is_some());
        self.row.is_open = self.row.is_ticket && !snapshot.is_over() && (waits || !machine.has_tasks());
    }
}

fn record(instance: &mut Instance, snapshot: &Snapshot) -> Result<(), ApiError> {
    instance.snapshot = serde_json::to_string(snapshot).map_err(ApiError::internal)?;
    instance.state =
        serde_json::to_value(snapshot.active()).map(|active: Value| active.to_string()).unwrap_or_default();
    instance.is_done = snapshot.is_over();
    Ok(())
}
