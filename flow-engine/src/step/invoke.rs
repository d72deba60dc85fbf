//! Invoking other flows: children are asked for once their state is there to stay, and stopped when it is left
//! (SCXML §6.4, Appendix D `mainEventLoop`).

use serde_json::Value;

use super::act::Failure;
use super::run::Run;
use crate::invocation::{Addressee, ChildStatus, Invocation, Peer, Verdict};
use crate::machine::{Each, Invoke};
use crate::{Child, Effect, Event};

impl Run<'_> {
    /// At the end of a macrostep: asks for the children of states entered in it and still active. True when something
    /// is to be heard because of that.
    pub(super) fn invoke_entered(&mut self) -> bool {
        if self.to_invoke.is_empty() {
            return false;
        }
        let machine = self.machine;
        let states: Vec<usize> = self.to_invoke.iter().collect();
        for state in states {
            self.to_invoke.remove(state);
            for invoke in &machine.states[state].invokes {
                if let Err(failure) = self.invoke(state, invoke) {
                    self.raise_error(failure.event, &failure.message, None);
                }
            }
        }
        !self.internal.is_empty()
    }

    fn invoke(&mut self, state: usize, invoke: &Invoke) -> Result<(), Failure> {
        let given = match &invoke.each {
            None => vec![self.computed(&invoke.data)?],
            Some(each) => match self.items(each)? {
                Ok(items) => self.data_of_each(each, items, invoke)?,
                Err(reason) => {
                    let child = Child { invocation: invoke.id.clone(), visit: self.next_id, position: 0 };
                    self.external.push_back(Event::child_failed(child, reason));
                    return Ok(());
                }
            },
        };
        let invocation = Invocation {
            state: self.machine.states[state].key.clone(),
            visit: self.next_id,
            wait: invoke.wait,
            is_list: invoke.each.is_some(),
            children: vec![ChildStatus::Running; given.len()],
        };
        self.next_id += 1;
        if let Verdict::Over(event) = invocation.verdict(invoke.id.clone()) {
            self.external.push_back(*event);
            return Ok(());
        }
        for (position, data) in given.into_iter().enumerate() {
            let child = Child { invocation: invoke.id.clone(), visit: invocation.visit, position };
            self.effects.push(Effect::Invoke { child, flow: invoke.flow.clone(), data });
        }
        self.invocations.edit().insert(invoke.id.clone(), invocation);
        Ok(())
    }

    /// The list's items; inside, why there are too many of them.
    fn items(&mut self, each: &Each) -> Result<Result<Vec<Value>, String>, Failure> {
        match self.value(&each.array)? {
            Value::Array(items) if items.len() <= each.most => Ok(Ok(items)),
            Value::Array(items) => {
                Ok(Err(format!("expected at most {} items, found {}", each.most, items.len())))
            }
            other @ (Value::Null
            | Value::Bool(_)
            | Value::Number(_)
            | Value::String(_)
            | Value::Object(_)) => Err(format!("expected a list, found `{other}`").into()),
        }
    }

    fn data_of_each(
        &mut self,
        each: &Each,
        items: Vec<Value>,
        invoke: &Invoke,
    ) -> Result<Vec<Value>, Failure> {
        let mut given = Vec::with_capacity(items.len());
        for (position, item) in items.into_iter().enumerate() {
            self.set_variable(&each.item, item);
            if let Some(index) = &each.index {
                self.set_variable(index, Value::from(position));
            }
            given.push(self.computed(&invoke.data)?);
        }
        Ok(given)
    }

    /// Stops what this state invoked.
    pub(super) fn stop_invoked(&mut self, state: usize) {
        let machine = self.machine;
        for invoke in &machine.states[state].invokes {
            if let Some(invocation) = self.invocations.take(&invoke.id)
                && invocation.has_running()
            {
                self.effects
                    .push(Effect::StopInvoke { invocation: invoke.id.clone(), visit: invocation.visit });
            }
        }
    }

    /// False for what a flow sent that this one does not wait for any more (SCXML §6.4.3).
    pub(super) fn is_from_here(&self, event: &Event) -> bool {
        match event.sender.as_deref() {
            Some(Peer::Child(child)) => {
                let invocation = self.invocations.get(&child.invocation);
                invocation.is_some_and(|invocation| invocation.visit == child.visit)
            }
            Some(Peer::Parent) | None => true,
        }
    }

    /// Who is meant by `#_parent` or `#_ID`; none when nobody is.
    pub(super) fn addressee(&self, target: &str) -> Option<Addressee> {
        if target == "#_parent" {
            let parent = self.parent.as_ref()?;
            return Some(Addressee::Parent { instance: parent.instance.clone() });
        }
        let (id, invocation) = self.invocations.get_key_value(target.strip_prefix("#_")?)?;
        Some(Addressee::Children { invocation: id.clone(), visit: invocation.visit })
    }

    /// Sends `event` to the other side of an invocation.
    pub(super) fn tell(&mut self, to: Addressee, mut event: Event) {
        event.is_sent = false;
        event.send_id = None;
        event.bound_for = None;
        event.sender = match (&to, &*self.parent) {
            (Addressee::Parent { .. }, Some(parent)) => Some(Box::new(Peer::Child(parent.child.clone()))),
            (Addressee::Parent { .. }, None) => None,
            (Addressee::Children { .. }, _) => Some(Box::new(Peer::Parent)),
        };
        self.effects.push(Effect::Tell { to, event });
    }

    /// Sends what has waited for its time, unless the flow it is for has gone meanwhile.
    pub(super) fn tell_late(&mut self, to: &Addressee, event: &Event) {
        let is_there = match to {
            Addressee::Parent { .. } => true,
            Addressee::Children { invocation, visit } => {
                self.invocations.get(invocation).is_some_and(|there| there.visit == *visit)
            }
        };
        if is_there {
            self.tell(to.clone(), event.clone());
        } else {
            let message = format!("nobody is there any more to hear `{}`", event.name);
            self.raise_error("error.communication", &message, event.sent_as.clone());
        }
    }

    /// What a child's end means: nothing when nobody waits for it, else what the state hears of it, if anything yet.
    pub(super) fn child_ended(&mut self, child: &Child, event: &Event) -> Option<Event> {
        if !self.invocations.get(&child.invocation)?.expects(child) {
            return None;
        }
        let invocation = self.invocations.edit().get_mut(&child.invocation)?;
        let Verdict::Over(heard) = invocation.ends(child, event) else { return None };
        let visit = invocation.visit;
        if invocation.has_running() {
            self.effects.push(Effect::StopInvoke { invocation: child.invocation.clone(), visit });
        }
        self.invocations.take(&child.invocation);
        Some(heard.caused_by(event.cause.clone()))
    }
}
