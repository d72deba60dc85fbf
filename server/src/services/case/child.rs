//! Flows that a flow invokes: started beside the same submission, told things and heard of while they run and when they
//! end, stopped with their state.
//!
//! Whose child an instance is stands in its snapshot. What one tells the other, its end included, reaches it as an event
//! that is due at once: stored with the step that tells it, heard once and in its order, also by a flow that is still
//! being started or that another job holds.

use flow_engine::{Addressee, Beginning, Child, Event, Parent, Snapshot};
use serde_json::Value;

use super::{Case, MAX_DEPTH};
use crate::error::ApiError;
use crate::ids::{InstanceId, TimerId};
use crate::store;
use crate::store::instance::Instance;
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

    /// Hands on what `sender` tells the flow that invoked it, or those that it invoked.
    pub(super) async fn tell_beyond(
        &mut self,
        sender: InstanceId,
        to: Addressee,
        event: Event,
    ) -> Result<(), ApiError> {
        match to {
            Addressee::Parent { instance } => match instance.parse() {
                Ok(instance) => self.tell(instance, event).await,
                Err(_) => Ok(()),
            },
            Addressee::Children { invocation, visit } => {
                let is_it = is_child(sender, &invocation, visit);
                // Those that still have to be started hear it once they are.
                for next in &mut self.waiting {
                    if next.beginning.parent.as_ref().is_some_and(&is_it) {
                        next.told.push(event.clone().caused_by(self.cause.clone()));
                    }
                }
                for (instance, _) in self.children(is_it).await? {
                    self.tell(instance.id, event.clone()).await?;
                }
                Ok(())
            }
        }
    }

    /// Instances beside the submission that have not ended and whose parent is the one that is meant.
    async fn children(
        &mut self,
        is_it: impl Fn(&Parent) -> bool,
    ) -> Result<Vec<(Instance, Snapshot)>, ApiError> {
        let mut children = Vec::new();
        for instance in
            store::instance::of_submission(self.batch.read(), self.catalog.team, self.row.id).await?
        {
            if instance.is_done {
                continue;
            }
            let snapshot: Snapshot = serde_json::from_str(&instance.snapshot).map_err(ApiError::internal)?;
            if snapshot.parent().is_some_and(&is_it) {
                children.push((instance, snapshot));
            }
        }
        Ok(children)
    }

    /// The event is due at once, whatever else happens meanwhile to the flow that hears it.
    pub(super) async fn tell(&mut self, hearer: InstanceId, event: Event) -> Result<(), ApiError> {
        let id: TimerId = self.app.ids.next();
        let send_id = event.child.as_ref().map_or_else(
            || format!("told.{id}"),
            |child| format!("invoke.{}.{}.{}", child.invocation, child.visit, child.position),
        );
        // What waited for its hearer to begin was told by another step than this one.
        let event = if event.cause.is_empty() { event.caused_by(self.cause.clone()) } else { event };
        let row = Timer {
            id,
            team_id: self.catalog.team,
            instance_id: hearer,
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
        let is_it = is_child(parent, invocation, visit);
        self.waiting.retain(|next| !next.beginning.parent.as_ref().is_some_and(&is_it));
        for (mut instance, snapshot) in self.children(is_it).await? {
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

/// Tells the children of one invocation of `parent` from others.
fn is_child(parent: InstanceId, invocation: &str, visit: u64) -> impl Fn(&Parent) -> bool {
    let (parent, invocation) = (parent.to_string(), invocation.to_owned());
    move |of| of.instance == parent && of.child.invocation == *invocation && of.child.visit == visit
}
