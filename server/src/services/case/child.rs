//! Flows that a flow invokes: started beside the same submission, heard of when they end, stopped with their state.
//!
//! Whose child an instance is stands in its snapshot. Its end reaches the parent as an event that is due at once, so that
//! a parent that is still being started, or that another job holds, hears of it all the same, and once.

use flow_engine::{Beginning, Child, Event, Parent, Snapshot};
use serde_json::Value;

use super::{Case, MAX_DEPTH};
use crate::error::ApiError;
use crate::ids::InstanceId;
use crate::store;
use crate::store::timer::Timer;

impl Case<'_> {
    /// Starts `flow` as a child of `parent`, or tells it why that cannot be.
    pub(super) async fn invoke(
        &mut self,
        parent: InstanceId,
        child: Child,
        flow: &str,
        data: Value,
    ) -> Result<(), ApiError> {
        let catalog = self.catalog.clone();
        let live = match catalog.flow(flow) {
            Some(live) if self.depth < MAX_DEPTH => live,
            found => {
                let reason = match found {
                    Some(_) => format!("flows invoke each other more than {MAX_DEPTH} deep"),
                    None => format!("there is no flow `{flow}`"),
                };
                return self.tell(parent, Event::child_failed(child, reason)).await;
            }
        };
        let given = match data {
            Value::Object(given) => given,
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
                serde_json::Map::new()
            }
        };
        let parent = Some(Parent { instance: parent.to_string(), child });
        self.start_deeper(live, Beginning { given, parent, ..Beginning::default() });
        Ok(())
    }

    /// When an invoked flow has ended, whoever invoked it hears what it hands back.
    pub(super) async fn tell_parent(&mut self, snapshot: &Snapshot) -> Result<(), ApiError> {
        let (Some(parent), Some(_)) = (snapshot.parent(), snapshot.done()) else { return Ok(()) };
        let Ok(instance) = parent.instance.parse() else { return Ok(()) };
        let event = Event::child_done(parent.child.clone(), snapshot.output().clone());
        self.tell(instance, event).await
    }

    /// The event is due at once, whatever else happens to the parent meanwhile.
    async fn tell(&mut self, parent: InstanceId, event: Event) -> Result<(), ApiError> {
        let send_id = event.child.as_ref().map_or_else(String::new, |child| {
            format!("invoke.{}.{}.{}", child.invocation, child.visit, child.position)
        });
        let event = event.caused_by(self.cause.clone());
        let row = Timer {
            id: self.app.ids.next(),
            team_id: self.catalog.team,
            instance_id: parent,
            send_id,
            event: serde_json::to_string(&event).map_err(ApiError::internal)?,
            due_at: self.now_ms,
            lease_until: 0,
            lease_token: None,
        };
        self.add(row).await
    }

    /// Stops the children of an invocation that still run, and theirs.
    pub(super) async fn stop_invoked(
        &mut self,
        parent: InstanceId,
        invocation: &str,
        visit: u64,
    ) -> Result<(), ApiError> {
        let team = self.catalog.team;
        let parent = parent.to_string();
        let is_it = |of: &Parent| {
            of.instance == parent && of.child.invocation == *invocation && of.child.visit == visit
        };
        self.waiting.retain(|next| !next.beginning.parent.as_ref().is_some_and(is_it));
        for mut instance in store::instance::of_submission(self.batch.read(), team, self.row.id).await? {
            if instance.is_done {
                continue;
            }
            let snapshot: Snapshot = serde_json::from_str(&instance.snapshot).map_err(ApiError::internal)?;
            if !snapshot.parent().is_some_and(is_it) {
                continue;
            }
            let flow = self.app.flow_version(team, instance.flow_id, instance.version_number).await?;
            let step = self
                .take(instance.id, |inputs, now_ms| {
                    flow_engine::stop(&flow.machine, &snapshot, inputs, now_ms)
                })
                .map_err(ApiError::internal)?;
            self.advance(&mut instance, &step.snapshot).await?;
            Box::pin(self.perform(instance.id, &flow.machine, step.effects, false)).await?;
        }
        Ok(())
    }
}
