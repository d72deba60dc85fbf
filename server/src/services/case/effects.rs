//! Effects of a step, performed: each becomes rows of the same transaction.

use std::sync::Arc;

use api_types::NotificationKind;
use flow_engine::{Beginning, ClockReading, ClockStatus, Effect, Event, Machine, TaskSpec};
use form_engine::pointer;
use serde_json::{Value, json};

use super::{Case, Draft, Link, MAX_DEPTH, Note, Waiting};
use crate::catalog::LiveFlow;
use crate::error::ApiError;
use crate::feed::Entity;
use crate::ids::InstanceId;
use crate::store;
use crate::store::clock::ClockRow;
use crate::store::task::Task;
use crate::store::timer::Timer;
use crate::store::visit::Visit;

impl Case<'_> {
    /// Performs the effects of a step of `instance`, in their order. `starting`: nothing of it is stored yet.
    pub(super) async fn perform(
        &mut self,
        instance: InstanceId,
        machine: &Machine,
        effects: Vec<Effect>,
        starting: bool,
    ) -> Result<(), ApiError> {
        for effect in without_stopped(effects) {
            match effect {
                Effect::State { from, to } => self.visit(instance, machine, &from, &to, starting).await?,
                Effect::OpenTask { state, task } => self.open_task(instance, &state, task).await?,
                Effect::CloseTasks { state } => {
                    store::task::close(self.batch.write(), instance, &state, self.actor, self.now_ms).await?;
                    self.withdraw(NotificationKind::Task, None).await?;
                }
                Effect::Assign { rule } => self.assign(&rule).await?,
                Effect::Notify { to, template, data } => self.notify(machine, &to, &template, &data).await?,
                Effect::Create { form, data, link } => self.create(&form, data, link).await?,
                Effect::Update { data } => self.update(&data).await?,
                Effect::Survey { form, to, link } => self.survey(machine, &form, &to, link).await?,
                Effect::Comment { text } => {
                    self.note(Note::internal("comment", json!({"text": text}))).await?
                }
                Effect::Tag { add, remove } => self.tag(add, &remove),
                Effect::StartFlow { flow, data } => self.start_named(&flow, data).await?,
                Effect::Invoke { child, flow, data } => self.invoke(instance, child, &flow, data).await?,
                Effect::StopInvoke { invocation, visit } => {
                    self.stop_invoked(instance, &invocation, visit).await?;
                }
                Effect::Tell { to, event } => self.tell_beyond(instance, to, event).await?,
                Effect::Log { text } => tracing::info!(submission = %self.row.id, flow = machine.key(), text),
                Effect::Schedule { send_id, event, due_ms } => {
                    if !starting {
                        store::timer::cancel(self.batch.write(), instance, &send_id).await?;
                    }
                    let event = serde_json::to_string(&event).map_err(ApiError::internal)?;
                    let row = Timer {
                        id: self.app.ids.next(),
                        team_id: self.catalog.team,
                        instance_id: instance,
                        send_id: send_id.to_string(),
                        event,
                        due_at: due_ms,
                        lease_until: 0,
                        lease_token: None,
                    };
                    self.add(row).await?;
                }
                Effect::Cancel { send_id } => {
                    store::timer::cancel(self.batch.write(), instance, &send_id).await?;
                }
                Effect::Clock(reading) => self.clock(instance, reading, starting).await?,
                // Publishing refuses flows that call out; one that was published elsewhere says so on the timeline.
                Effect::Webhook { url, data: _ } => {
                    self.note(Note::internal("failed", json!({"action": "webhook", "url": url}))).await?;
                }
            }
        }
        Ok(())
    }

    async fn visit(
        &mut self,
        instance: InstanceId,
        machine: &Machine,
        from: &[flow_engine::Key],
        to: &[flow_engine::Key],
        starting: bool,
    ) -> Result<(), ApiError> {
        for state in from.iter().filter(|_| !starting) {
            store::visit::leave(self.batch.write(), instance, state, self.now_ms).await?;
        }
        for state in to {
            let row = Visit {
                id: self.app.ids.next(),
                team_id: self.catalog.team,
                instance_id: instance,
                submission_id: Some(self.row.id),
                flow_key: machine.key().to_owned(),
                form_key: Some(self.row.form_key.clone()),
                state: state.to_string(),
                entered_at: self.now_ms,
                // On a start, states passed through on the way stand in both lists.
                left_at: from.contains(state).then_some(self.now_ms),
            };
            self.add(row).await?;
        }
        let titled = |key: &flow_engine::Key| json!({"key": key, "title": machine.state_title(key)});
        let (left, entered): (Vec<_>, Vec<_>) =
            (from.iter().map(titled).collect(), to.iter().map(titled).collect());
        // A flow that was stopped leaves its states for none.
        if self.row.is_ticket && !entered.is_empty() {
            self.note(Note::internal("state", json!({"from": left, "to": entered}))).await?;
        }
        Ok(())
    }

    async fn open_task(&mut self, instance: InstanceId, state: &str, task: TaskSpec) -> Result<(), ApiError> {
        let (user, department) = match &task.assignee {
            Some(rule) => {
                let choice = self.choose(rule).await?;
                (choice.user, choice.department)
            }
            None => (self.row.assignee_id, self.row.department_key.clone()),
        };
        let json = |value: serde_json::Result<String>| value.map_err(ApiError::internal);
        let row = Task {
            id: self.app.ids.next(),
            team_id: self.catalog.team,
            instance_id: instance,
            submission_id: Some(self.row.id),
            form_key: Some(self.row.form_key.clone()),
            state: state.to_owned(),
            title: json(serde_json::to_string(&task.title))?,
            events: json(serde_json::to_string(&task.events))?,
            assignee_id: user,
            department_key: department,
            status: "open".into(),
            created_at: self.now_ms,
            finished_at: None,
            finished_by: None,
        };
        self.batch.changed(self.catalog.team, Entity::Task, row.id, Some(&self.row.form_key));
        self.add(row).await?;
        // Who has a ticket was told of it; its tasks are the way it goes.
        match user.filter(|_| !(self.row.is_ticket && user == self.row.assignee_id)) {
            Some(user) => self.inform(user, NotificationKind::Task, json!({"title": task.title})).await,
            None => Ok(()),
        }
    }

    /// Makes a submission of another form and starts its flows, all in this transaction.
    async fn create(&mut self, form: &str, data: Value, link: Option<String>) -> Result<(), ApiError> {
        if self.depth >= MAX_DEPTH {
            tracing::warn!(submission = %self.row.id, form, "submissions open each other without end; stopped");
            return self.note(Note::internal("stopped", json!({"form": form, "depth": MAX_DEPTH}))).await;
        }
        let Ok(live) = self.catalog.form(form).cloned() else {
            return self.note(Note::internal("failed", json!({"action": "create", "form": form}))).await;
        };
        let draft = Draft {
            form: live,
            data,
            channel: "flow".into(),
            language: self.row.language.clone(),
            by: self.actor,
            link: Some(Link { submission: self.row.id, name: link.unwrap_or_default() }),
            customer: self.customer.clone(),
            known: Vec::new(),
            mail: self.mail.clone(),
            quiet: false,
            at_ms: self.now_ms,
            depth: self.depth + 1,
            cause: self.cause.clone(),
        };
        let (app, catalog) = (self.app, self.catalog.clone());
        let made = Box::pin(Case::open(app, self.batch, catalog, draft)).await?;
        let note = json!({"form": form, "id": made.id, "number": made.number, "ticket": made.is_ticket});
        if self.opened.is_none() {
            self.opened = made.progress;
        }
        self.note(Note::internal("created", note)).await
    }

    async fn update(&mut self, changes: &Value) -> Result<(), ApiError> {
        let mut data = self.data();
        for (path, value) in changes.as_object().into_iter().flatten() {
            let path = if path.starts_with('/') { path.clone() } else { pointer::join("", path) };
            pointer::set(&mut data, &path, value.clone());
        }
        self.set_data(&data);
        self.note(Note::internal("updated", json!({"changes": changes}))).await
    }

    fn tag(&mut self, add: Vec<String>, remove: &[String]) {
        let mut tags: Vec<String> = serde_json::from_str(&self.row.tags).unwrap_or_default();
        tags.retain(|tag| !remove.contains(tag));
        for tag in add {
            if !tags.contains(&tag) {
                tags.push(tag);
            }
        }
        self.row.tags = json!(tags).to_string();
    }

    async fn start_named(&mut self, key: &str, data: Value) -> Result<(), ApiError> {
        let catalog = self.catalog.clone();
        match catalog.flow(key) {
            Some(flow) if self.depth < MAX_DEPTH => {
                let event = Event::new("flow.started", data);
                let beginning = Beginning { event: Some(event), ..Beginning::default() };
                self.start_deeper(flow, beginning);
                Ok(())
            }
            Some(_) | None => {
                self.note(Note::internal("failed", json!({"action": "start", "flow": key}))).await
            }
        }
    }

    /// Asks for a flow to be started one level deeper than this one.
    pub(super) fn start_deeper(&mut self, flow: &Arc<LiveFlow>, beginning: Beginning) {
        let beginning = Beginning { cause: self.cause.clone(), ..beginning };
        self.waiting.push_back(Waiting {
            flow: Arc::clone(flow),
            beginning,
            depth: self.depth + 1,
            told: Vec::new(),
        });
    }

    /// Starts the flows that were asked for, and those that they ask for.
    pub(super) async fn start_waiting(&mut self) -> Result<(), ApiError> {
        let depth = self.depth;
        while let Some(next) = self.waiting.pop_front() {
            self.depth = next.depth;
            let started = self.start_flow(&next.flow, next.beginning).await?;
            for event in next.told {
                if let Some(instance) = started {
                    self.tell(instance, event).await?;
                }
            }
        }
        self.depth = depth;
        Ok(())
    }

    async fn clock(
        &mut self,
        instance: InstanceId,
        reading: ClockReading,
        starting: bool,
    ) -> Result<(), ApiError> {
        let state = match (reading.status, reading.breached) {
            (ClockStatus::Cancelled, _) => "cancelled",
            (_, true) => "breached",
            (ClockStatus::Running, false) => "running",
            (ClockStatus::Paused, false) => "paused",
            (ClockStatus::Stopped, false) => "met",
        };
        if reading.breached && !self.row.is_breached {
            self.row.is_breached = true;
            let data = json!({"clock": reading.name, "title": reading.title, "due_ms": reading.due_ms});
            self.note(Note::internal("breach", data)).await?;
        }
        self.inform_of_clock(instance, &reading, starting).await?;
        let row = ClockRow {
            id: self.app.ids.next(),
            team_id: self.catalog.team,
            instance_id: instance,
            submission_id: Some(self.row.id),
            form_key: Some(self.row.form_key.clone()),
            name: reading.name.to_string(),
            title: serde_json::to_string(&reading.title).map_err(ApiError::internal)?,
            state: state.into(),
            started_at: reading.started_ms,
            due_at: reading.due_ms,
            warn_at: reading.warn_ms,
            stopped_at: reading.stopped_ms,
            warned: reading.warned,
            breached: reading.breached,
        };
        if starting || !store::clock::update(self.batch.write(), instance, &row).await? {
            self.add(row).await?;
        }
        Ok(())
    }
}

impl Case<'_> {
    /// Tells of a promise the first time it runs short, and the first time it is broken.
    async fn inform_of_clock(
        &mut self,
        instance: InstanceId,
        reading: &ClockReading,
        starting: bool,
    ) -> Result<(), ApiError> {
        if starting || !(reading.warned || reading.breached) {
            return Ok(());
        }
        let known = store::clock::get(self.batch.read(), instance, reading.name.as_str()).await?;
        let (warned, breached) = known.map_or((false, false), |known| (known.warned, known.breached));
        let kind = if reading.breached && !breached {
            NotificationKind::ClockBroken
        } else if reading.warned && !warned && !reading.breached && reading.status == ClockStatus::Running {
            NotificationKind::ClockWarned
        } else {
            return Ok(());
        };
        if kind == NotificationKind::ClockBroken {
            self.withdraw(NotificationKind::ClockWarned, None).await?;
        }
        self.inform_responsible(kind, json!({"clock": reading.name, "title": reading.title})).await
    }
}

/// A flow that is invoked and stopped in one step is never started.
fn without_stopped(effects: Vec<Effect>) -> Vec<Effect> {
    let mut stopped = Vec::new();
    for effect in &effects {
        if let Effect::StopInvoke { invocation, visit } = effect {
            stopped.push((invocation.clone(), *visit));
        }
    }
    let is_started = |effect: &Effect| {
        let Effect::Invoke { child, .. } = effect else { return true };
        !stopped.iter().any(|(invocation, visit)| child.invocation == *invocation && child.visit == *visit)
    };
    effects.into_iter().filter(is_started).collect()
}
