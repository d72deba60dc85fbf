//! Invoking other flows: children are asked for once their state is there to stay, and stopped when it is left
//! (SCXML §6.4, Appendix D `mainEventLoop`).

use serde_json::Value;

use super::act::Failure;
use super::run::Run;
use crate::invocation::{ChildStatus, Invocation, Verdict};
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
