//! Going back: work returned to an earlier state, and straight back from there.

use std::borrow::Cow;

use serde_json::json;

use super::StepError;
use super::run::{Move, Run};
use crate::machine::{Domain, Transition, transition_domain};
use crate::task::Then;
use crate::{Event, Key};

impl<'a> Run<'a> {
    pub(super) fn go_back(&mut self, from: &str, to: &str, then: Then) -> Result<(), StepError> {
        let (source, target) = (self.state(from)?, self.state(to)?);
        let event = Event::platform("flow.returned", json!({"from": from, "to": to}));
        self.break_promises(&event)?;
        if !self.running || !self.active.contains(source) {
            return Err(StepError::NotActive { state: from.to_owned() });
        }
        self.clocks_hear(&event);
        self.set_event(Cow::Owned(event));
        self.make(&[self.jump(source, target, &[])]);
        self.check_effort()?;
        if then == Then::StraightBack && self.running {
            self.returns.edit().insert(Key::from(to), Key::from(from));
        }
        self.settle()
    }

    fn state(&self, key: &str) -> Result<usize, StepError> {
        let unknown =
            || StepError::StateUnknown { flow: self.machine.key.to_string(), state: key.to_owned() };
        self.machine.by_key.get(key).copied().ok_or_else(unknown)
    }

    fn jump(&self, source: usize, target: usize, actions: &'a [crate::action::Action]) -> Move<'a> {
        let domain = transition_domain(&self.machine.states, source, &[target], false);
        Move { source, domain: Domain::Within(domain), targets: Cow::Owned(vec![target]), actions }
    }

    /// The consent of a task that work was returned to, led to where it came from; its actions stay its own.
    pub(super) fn straight_back(&self, transition: &'a Transition) -> Option<Move<'a>> {
        let (to, from) = self.returns.iter().find(|(to, _)| {
            self.machine
                .by_key
                .get(*to)
                .is_some_and(|to| self.machine.upwards(transition.source).any(|at| at == *to))
        })?;
        let machine = self.machine;
        let returned = &machine.states[*machine.by_key.get(to)?];
        let consent = returned.tasks.first().and_then(|task| task.events.first());
        let is_consent = consent
            .is_none_or(|consent| self.event.as_ref().is_some_and(|event| event.name == consent.event));
        let target = *machine.by_key.get(from)?;
        (is_consent && !transition.targets.is_empty())
            .then(|| self.jump(transition.source, target, &transition.actions))
    }
}
