//! Run: an instance while it takes a step. Keeps the queues and the loop of SCXML Appendix D.

use std::borrow::Cow;
use std::collections::VecDeque;

use indexmap::IndexMap;
use serde_json::{Map, Value};

use super::{ACTIONS, GuardTrace, Inputs, MICROSTEPS, Step, StepError};
use crate::action::Action;
use crate::clock::ClockRecord;
use crate::guard::Scope;
use crate::invocation::Invocation;
use crate::machine::{Domain, Machine};
use crate::snapshot::Timer;
use crate::state_set::StateSet;
use crate::{Cause, Effect, Event, Key, Parent, Snapshot};

/// What a transition that is taken does; usually what the document says.
#[derive(Debug)]
pub(super) struct Move<'a> {
    pub source: usize,
    pub domain: Domain,
    pub targets: Cow<'a, [usize]>,
    pub actions: &'a [Action],
}

/// Everything that changes during a step.
pub(super) struct Run<'a> {
    pub machine: &'a Machine,
    pub inputs: &'a Inputs<'a>,
    pub now_ms: i64,
    /// The configuration: atomic states and all their ancestors but the root.
    pub active: StateSet,
    pub running: bool,
    pub done: Option<Key>,
    /// Ended from outside.
    pub stopped: bool,
    pub context: Map<String, Value>,
    pub history: IndexMap<Key, Vec<Key>>,
    pub bound: Vec<Key>,
    pub clocks: IndexMap<Key, ClockRecord>,
    pub clocks_before: IndexMap<Key, ClockRecord>,
    pub timers: IndexMap<Key, Timer>,
    pub returns: IndexMap<Key, Key>,
    pub next_id: u64,
    pub invocations: IndexMap<Key, Invocation>,
    pub parent: Option<Parent>,
    pub output: Value,
    /// Entered in this macrostep and still active (SCXML Appendix D, `statesToInvoke`).
    pub to_invoke: StateSet,
    pub cause: Cause,
    /// `_event`; stays bound until the next event (SCXML §5.10.1).
    pub event: Option<Event>,
    pub internal: VecDeque<Event>,
    pub external: VecDeque<Event>,
    pub effects: Vec<Effect>,
    pub trace: Vec<GuardTrace>,
    pub left: StateSet,
    pub entered: StateSet,
    /// Made when the first script of the step is evaluated.
    pub scope: Option<Scope>,
    /// Transitions whose guard failed since a transition was taken.
    pub failed: Vec<usize>,
    microsteps: usize,
    /// Actions performed so far, and what counts like them.
    pub actions: usize,
    /// Bytes of values made so far.
    pub produced: usize,
    /// Whether the trace says what guards read.
    pub explains: bool,
}

/// Looking through so many active states takes about as long as an action.
const ACTIVE_PER_ACTION: usize = 8;

impl<'a> Run<'a> {
    /// An instance that has not entered any state.
    #[inline]
    pub fn begin(machine: &'a Machine, inputs: &'a Inputs<'a>, now_ms: i64) -> Self {
        let count = machine.states.len();
        Self {
            machine,
            inputs,
            now_ms,
            active: StateSet::empty(count),
            running: true,
            done: None,
            stopped: false,
            context: Map::new(),
            history: IndexMap::new(),
            bound: Vec::new(),
            clocks: IndexMap::new(),
            clocks_before: IndexMap::new(),
            timers: IndexMap::new(),
            returns: IndexMap::new(),
            next_id: 0,
            invocations: IndexMap::new(),
            parent: None,
            output: Value::Null,
            to_invoke: StateSet::empty(count),
            cause: Cause::default(),
            event: None,
            internal: VecDeque::new(),
            external: VecDeque::new(),
            effects: Vec::new(),
            trace: Vec::new(),
            left: StateSet::empty(count),
            entered: StateSet::empty(count),
            scope: None,
            failed: Vec::new(),
            microsteps: 0,
            actions: 0,
            produced: 0,
            explains: false,
        }
    }

    /// The instance `snapshot` was taken of.
    #[inline]
    pub fn resume(
        machine: &'a Machine,
        snapshot: &Snapshot,
        inputs: &'a Inputs<'a>,
        now_ms: i64,
    ) -> Result<Self, StepError> {
        let mut run = Self::begin(machine, inputs, now_ms);
        for key in &snapshot.active {
            let Some(atomic) = machine.find(key) else {
                return Err(StepError::StateUnknown {
                    flow: machine.key.to_string(),
                    state: key.to_string(),
                });
            };
            machine.upwards(atomic).filter(|state| *state != 0).for_each(|state| run.active.insert(state));
        }
        run.running = !snapshot.is_over();
        run.stopped = snapshot.stopped;
        run.done.clone_from(&snapshot.done);
        run.context.clone_from(&snapshot.context);
        run.history.clone_from(&snapshot.history);
        run.bound.clone_from(&snapshot.bound);
        run.clocks.clone_from(&snapshot.clocks);
        run.clocks_before.clone_from(&snapshot.clocks);
        run.timers.clone_from(&snapshot.timers);
        run.returns.clone_from(&snapshot.returns);
        run.next_id = snapshot.next_id;
        run.invocations.clone_from(&snapshot.invocations);
        run.parent.clone_from(&snapshot.parent);
        run.output.clone_from(&snapshot.output);
        Ok(run)
    }

    /// The whole step that an event from outside makes.
    #[inline]
    pub fn step(mut self, event: &Event) -> Result<Step, StepError> {
        if !self.running || !self.expects(event) {
            return Ok(self.into_step(false));
        }
        self.cause = event.cause.then(&self.machine.key, &event.name)?;
        self.break_promises(event)?;
        let heard = match &event.child {
            None => Some(event.clone()),
            Some(child) => self.child_ended(child, event),
        };
        let taken = match heard {
            Some(heard) => self.running && self.hear(heard)?,
            None => false,
        };
        Ok(self.into_step(taken))
    }

    /// True when this event may be heard: it is no timer, or one that still pends. A timer is used up by this.
    fn expects(&mut self, event: &Event) -> bool {
        event.send_id.as_ref().is_none_or(|id| self.timers.shift_remove(id).is_some())
    }

    /// Takes an external event, and all that follows from it, to rest. True when a transition answered it.
    pub fn hear(&mut self, event: Event) -> Result<bool, StepError> {
        let taken = self.process(event)?;
        self.settle()?;
        Ok(taken)
    }

    /// Goes on until no eventless transition is enabled and both queues are empty (Appendix D, `mainEventLoop`).
    pub fn settle(&mut self) -> Result<(), StepError> {
        while self.running {
            let enabled = self.select(None);
            if !enabled.is_empty() {
                self.microstep(&enabled)?;
            } else if let Some(event) = self.internal.pop_front() {
                self.process(event)?;
            } else if self.invoke_entered() {
                // An invocation that failed raised an event of this macrostep.
            } else if let Some(event) = self.external.pop_front() {
                self.process(event)?;
            } else {
                break;
            }
        }
        Ok(())
    }

    /// One event, one microstep.
    fn process(&mut self, event: Event) -> Result<bool, StepError> {
        self.clocks_hear(&event);
        let name = event.name.clone();
        self.set_event(event);
        self.actions += self.active.len() / ACTIVE_PER_ACTION;
        let enabled = self.select(Some(&name));
        self.microstep(&enabled)?;
        Ok(!enabled.is_empty())
    }

    /// Appendix D, `microstep`. Counted also when nothing is enabled, since an event was used up.
    fn microstep(&mut self, enabled: &[usize]) -> Result<(), StepError> {
        self.microsteps += 1;
        if self.microsteps > MICROSTEPS {
            return Err(StepError::Diverged { flow: self.machine.key.to_string(), limit: MICROSTEPS });
        }
        if enabled.is_empty() {
            return self.check_effort();
        }
        self.failed.clear();
        if let [only] = enabled {
            let only = [self.move_of(*only)];
            self.make(&only);
        } else {
            let moves: Vec<Move<'a>> = enabled.iter().map(|transition| self.move_of(*transition)).collect();
            self.make(&moves);
        }
        self.check_effort()
    }

    pub fn check_effort(&self) -> Result<(), StepError> {
        if self.actions <= ACTIONS {
            return Ok(());
        }
        Err(StepError::TooMuch { flow: self.machine.key.to_string(), limit: ACTIONS })
    }

    /// Leaves, acts and enters.
    pub fn make(&mut self, moves: &[Move<'a>]) {
        self.exit_states(moves);
        for step in moves {
            self.perform(step.actions);
        }
        self.enter_states(moves);
    }

    fn move_of(&self, transition: usize) -> Move<'a> {
        let transition = &self.machine.transitions[transition];
        self.straight_back(transition).unwrap_or(Move {
            source: transition.source,
            domain: transition.domain,
            targets: Cow::Borrowed(&transition.targets),
            actions: &transition.actions,
        })
    }

    /// Queues `error.execution` (SCXML §5.10.2).
    pub fn raise_error(&mut self, name: &str, message: &str, sent_as: Option<Key>) {
        let mut event = Event::platform(name, Value::String(message.to_owned()));
        event.sent_as = sent_as;
        self.internal.push_back(event);
    }

    /// The step, once at rest.
    pub fn into_step(mut self, taken: bool) -> Step {
        if !self.running {
            self.abandon_timers();
        }
        self.settle_clocks();
        self.report_states();
        let machine = self.machine;
        let atomic = self.active.iter().filter(|state| machine.states[*state].kind.is_atomic());
        let snapshot = Snapshot {
            active: atomic.map(|state| machine.states[state].key.clone()).collect(),
            context: self.context,
            history: self.history,
            bound: self.bound,
            clocks: self.clocks,
            timers: self.timers,
            returns: self.returns,
            invocations: self.invocations,
            parent: self.parent,
            output: self.output,
            next_id: self.next_id,
            done: self.done,
            stopped: self.stopped,
        };
        Step { snapshot, effects: self.effects, taken, trace: self.trace, cause: self.cause }
    }

    /// An ended flow expects nothing more.
    fn abandon_timers(&mut self) {
        for (send_id, _) in std::mem::take(&mut self.timers) {
            self.effects.push(Effect::Cancel { send_id });
        }
    }

    /// Says first, once per step, which states were left and entered.
    fn report_states(&mut self) {
        if self.left.is_empty() && self.entered.is_empty() {
            return;
        }
        let keys = |set: &StateSet| {
            let mut keys = Vec::with_capacity(set.len());
            keys.extend(set.iter().map(|state| self.machine.states[state].key.clone()));
            keys
        };
        let effect = Effect::State { from: keys(&self.left), to: keys(&self.entered) };
        // An effect takes much room; most steps have this one only.
        self.effects.reserve_exact(1);
        self.effects.insert(0, effect);
    }
}
