//! When clocks start, stop, pause and break their promise.
//!
//! Events move clocks as they are heard; states move them once the step is at rest. A promise is
//! only told to the outside when its reading changed.

use std::borrow::Cow;
use std::mem;

use serde_json::Value;

use super::StepError;
use super::run::Run;
use crate::clock::{ClockRecord, ClockStatus};
use crate::machine::{Clock, Descriptor};
use crate::{Effect, Event, Key};

impl Run<'_> {
    pub(super) fn start_clocks(&mut self) {
        let machine = self.machine;
        for clock in machine.clocks.iter().filter(|clock| clock.at_start) {
            self.start_clock(clock);
        }
    }

    /// Promises that ran out before this event, and that no timer has told yet, are broken first.
    pub(super) fn break_promises(&mut self, event: &Event) -> Result<(), StepError> {
        if self.timers.is_empty() {
            return Ok(());
        }
        let machine = self.machine;
        let is_own =
            |id: &Key| machine.clocks.iter().any(|clock| clock.breach_id == *id || clock.warn_id == *id);
        let due = self.timers.iter().filter(|(id, timer)| is_own(id) && timer.due_ms <= self.now_ms);
        let mut due: Vec<(i64, Key)> = due.map(|(id, timer)| (timer.due_ms, id.clone())).collect();
        due.sort_by_key(|(due_ms, _)| *due_ms);
        for (_, id) in due {
            if !self.running || event.send_id.as_ref() == Some(&id) {
                continue;
            }
            self.cancel(&id);
            let mut event = Event::new(id.clone(), Value::Null);
            event.send_id = Some(id);
            self.hear(Cow::Owned(event))?;
        }
        Ok(())
    }

    pub(super) fn clocks_hear(&mut self, event: &Event) {
        let machine = self.machine;
        let hears =
            |descriptors: &[Descriptor]| descriptors.iter().any(|descriptor| descriptor.matches(&event.name));
        for clock in &machine.clocks {
            if self.counts(clock) {
                let breached = event.send_id.as_ref() == Some(&clock.breach_id);
                let warned = event.send_id.as_ref() == Some(&clock.warn_id);
                let end = if hears(&clock.stops) {
                    Some(ClockStatus::Stopped)
                } else {
                    hears(&clock.cancels).then_some(ClockStatus::Cancelled)
                };
                if breached || warned || end.is_some() {
                    let (now_ms, calendars) = (self.now_ms, self.inputs.calendars);
                    let record = self.record(clock);
                    record.breached |= breached;
                    record.warned |= warned;
                    if let Some(status) = end {
                        record.end(status, now_ms, calendars);
                    }
                }
            }
            if hears(&clock.starts) {
                self.start_clock(clock);
            }
        }
    }

    /// Starts a clock that is not counting already; one that had ended starts anew.
    fn start_clock(&mut self, clock: &Clock) {
        if self.counts(clock) {
            return;
        }
        let promise = self.policy(clock);
        let promise = &clock.policies[promise].promise;
        let record = ClockRecord::start(promise, clock.warn_at, self.now_ms, self.inputs.calendars);
        if record.due_ms.is_none() {
            let message =
                format!("the clock `{}` has no due time: its calendar is missing or never works", clock.name);
            self.raise_error("error.execution", &message, None);
        }
        self.clocks.edit().insert(clock.name.clone(), record);
    }

    /// True while it measures: it was started, and has not ended.
    fn counts(&self, clock: &Clock) -> bool {
        self.clocks.get(&clock.name).is_some_and(ClockRecord::is_open)
    }

    /// To change it: a step that changes no clock copies none.
    fn record(&mut self, clock: &Clock) -> &mut ClockRecord {
        self.clocks.edit().get_mut(&clock.name).expect("only clocks that were started are changed")
    }

    /// The first policy whose guard holds; the last has none.
    fn policy(&mut self, clock: &Clock) -> usize {
        let holds = |policy: &crate::machine::Policy| match &policy.guard {
            None => true,
            Some(guard) => self.holds_or_error(guard),
        };
        clock.policies.iter().position(holds).unwrap_or(clock.policies.len() - 1)
    }

    /// What the states at rest mean for clocks, and which readings changed.
    pub(super) fn settle_clocks(&mut self) {
        let machine = self.machine;
        for clock in &machine.clocks {
            self.follow_states(clock);
        }
        let before = mem::take(&mut self.clocks_before);
        if before.is_same(&self.clocks) {
            return;
        }
        for clock in &machine.clocks {
            let Some(record) = self.clocks.get(&clock.name) else { continue };
            if before.get(&clock.name) != Some(record) {
                let reading = record.reading(&clock.name, &clock.title);
                let counts = record.state == ClockStatus::Running;
                let breach = record.due_ms.filter(|_| counts && !record.breached);
                let warn = record.warn_ms.filter(|_| counts && !record.breached && !record.warned);
                self.effects.push(Effect::Clock(reading));
                self.keep_timer(&clock.breach_id, breach);
                self.keep_timer(&clock.warn_id, warn);
            }
        }
    }

    fn follow_states(&mut self, clock: &Clock) {
        let entered = |states: &[usize]| states.iter().any(|state| self.entered.contains(*state));
        let (starts, stops) = (entered(&clock.starts_in), entered(&clock.stops_in));
        let pauses = clock.pauses_in.iter().any(|state| self.active.contains(*state));
        if starts && self.running {
            self.start_clock(clock);
        }
        let promise = (clock.policies.len() > 1 && self.running).then(|| self.policy(clock));
        let (now_ms, calendars, running) = (self.now_ms, self.inputs.calendars, self.running);
        let Some(record) = self.clocks.get(&clock.name).filter(|record| record.is_open()) else { return };
        if stops {
            self.record(clock).end(ClockStatus::Stopped, now_ms, calendars);
        } else if !running {
            self.record(clock).end(ClockStatus::Cancelled, now_ms, calendars);
        } else {
            let is_paused = record.state == ClockStatus::Paused;
            let promise = promise.map(|index| &clock.policies[index].promise);
            if let Some(promise) = promise.filter(|promise| !record.keeps(promise)) {
                self.record(clock).switch(promise, clock.warn_at, now_ms, calendars);
            }
            match (pauses, is_paused) {
                (true, false) => self.record(clock).pause(now_ms, calendars),
                (false, true) => self.record(clock).resume(clock.warn_at, now_ms, calendars),
                (true, true) | (false, false) => {}
            }
        }
    }

    /// Makes the pending timer under `id` be due at `due`, or not be there.
    fn keep_timer(&mut self, id: &Key, due: Option<i64>) {
        if self.timers.get(id).map(|timer| timer.due_ms) == due {
            return;
        }
        match due {
            None => self.cancel(id),
            Some(due_ms) => {
                let mut event = Event::new(id.clone(), Value::Null);
                event.send_id = Some(id.clone());
                self.schedule(id.clone(), event, due_ms, None);
            }
        }
    }
}
