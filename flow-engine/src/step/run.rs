//! Run: an instance while it takes a step. Keeps the queues and the loop of SCXML Appendix D.

use std::borrow::Cow;
use std::collections::VecDeque;

use indexmap::IndexMap;
use serde_json::{Map, Value};
use smallvec::SmallVec;

use super::{ACTIONS, Effort, GuardTrace, Inputs, MICROSTEPS, Step, StepError};
use crate::action::Action;
use crate::clock::ClockRecord;
use crate::guard::Scope;
use crate::invocation::Invocation;
use crate::machine::{Domain, Machine};
use crate::shared::Shared;
use crate::snapshot::Timer;
use crate::state_set::StateSet;
use crate::{Cause, Effect, Event, Key, Keys, Parent, Snapshot};

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
    pub context: Shared<Map<String, Value>>,
    pub history: Shared<IndexMap<Key, Vec<Key>>>,
    pub bound: Shared<Vec<Key>>,
    pub clocks: Shared<IndexMap<Key, ClockRecord>>,
    pub clocks_before: Shared<IndexMap<Key, ClockRecord>>,
    pub timers: Shared<IndexMap<Key, Timer>>,
    pub returns: Shared<IndexMap<Key, Key>>,
    pub next_id: u64,
    pub invocations: Shared<IndexMap<Key, Invocation>>,
    pub parent: Shared<Option<Parent>>,
    pub output: Shared<Value>,
    /// Entered in this macrostep and still active (SCXML Appendix D, `statesToInvoke`).
    pub to_invoke: StateSet,
    pub cause: Cause,
    /// `_event`; stays bound until the next event (SCXML §5.10.1).
    pub event: Option<Cow<'a, Event>>,
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
    pub effort: Effort,
    /// Bytes of all that scripts see, roughly; nothing before the first of them.
    pub seen: usize,
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
            context: Shared::default(),
            history: Shared::default(),
            bound: Shared::default(),
            clocks: Shared::default(),
            clocks_before: Shared::default(),
            timers: Shared::default(),
            returns: Shared::default(),
            next_id: 0,
            invocations: Shared::default(),
            parent: Shared::default(),
            output: Shared::default(),
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
            effort: Effort::default(),
            seen: 0,
            explains: false,
        }
    }

    /// Goes on from where `snapshot` was taken. For a run that has done nothing yet.
    pub fn resume(&mut self, snapshot: &Snapshot) -> Result<(), StepError> {
        let machine = self.machine;
        for key in &snapshot.active {
            let Some(atomic) = machine.find(key) else {
                return Err(StepError::StateUnknown {
                    flow: machine.key.to_string(),
                    state: key.to_string(),
                });
            };
            machine.upwards(atomic).filter(|state| *state != 0).for_each(|state| self.active.insert(state));
        }
        self.running = !snapshot.is_over();
        self.stopped = snapshot.stopped;
        self.done.clone_from(&snapshot.done);
        self.context.clone_from(&snapshot.context);
        self.history.clone_from(&snapshot.history);
        self.bound.clone_from(&snapshot.bound);
        self.clocks.clone_from(&snapshot.clocks);
        self.clocks_before.clone_from(&snapshot.clocks);
        self.timers.clone_from(&snapshot.timers);
        self.returns.clone_from(&snapshot.returns);
        self.next_id = snapshot.next_id;
        self.invocations.clone_from(&snapshot.invocations);
        self.parent.clone_from(&snapshot.parent);
        self.output.clone_from(&snapshot.output);
        Ok(())
    }

    /// All that an event from outside brings about. True when a transition answered it.
    pub fn step(&mut self, event: &'a Event) -> Result<bool, StepError> {
        if !self.running || !self.expects(event) {
            return Ok(false);
        }
        self.cause = event.cause.then(&self.machine.key, &event.name)?;
        self.break_promises(event)?;
        if let Some(addressee) = &event.bound_for {
            if self.running {
                self.tell_late(addressee, event);
                self.settle()?;
            }
            return Ok(false);
        }
        if !self.is_from_here(event) {
            return Ok(false);
        }
        let heard = match &event.child {
            None => Some(Cow::Borrowed(event)),
            Some(child) => self.child_ended(child, event).map(Cow::Owned),
        };
        match heard {
            Some(heard) if self.running => self.hear(heard),
            Some(_) | None => Ok(false),
        }
    }

    /// True when this event may be heard: it is no timer, or one that still pends. A timer is used up by this.
    fn expects(&mut self, event: &Event) -> bool {
        event.send_id.as_ref().is_none_or(|id| self.timers.take(id).is_some())
    }

    /// Takes an external event, and all that follows from it, to rest. True when a transition answered it.
    pub fn hear(&mut self, event: Cow<'a, Event>) -> Result<bool, StepError> {
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
                self.process(Cow::Owned(event))?;
            } else if self.invoke_entered() {
                // An invocation that failed raised an event of this macrostep.
            } else if let Some(event) = self.external.pop_front() {
                self.process(Cow::Owned(event))?;
            } else {
                break;
            }
        }
        Ok(())
    }

    /// One event, one microstep.
    fn process(&mut self, event: Cow<'a, Event>) -> Result<bool, StepError> {
        self.clocks_hear(&event);
        self.effort.actions += self.active.len() / ACTIVE_PER_ACTION;
        let enabled = match event {
            Cow::Borrowed(event) => {
                self.set_event(Cow::Borrowed(event));
                self.select(Some(&event.name))
            }
            Cow::Owned(event) => {
                let name = event.name.clone();
                self.set_event(Cow::Owned(event));
                self.select(Some(&name))
            }
        };
        self.microstep(&enabled)?;
        Ok(!enabled.is_empty())
    }

    /// Appendix D, `microstep`. Counted also when nothing is enabled, since an event was used up.
    fn microstep(&mut self, enabled: &[usize]) -> Result<(), StepError> {
        self.microsteps += 1;
        self.effort.actions += 1;
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
            let moves: SmallVec<[Move<'a>; 4]> =
                enabled.iter().map(|transition| self.move_of(*transition)).collect();
            self.make(&moves);
        }
        self.check_effort()
    }

    /// True once the step as a whole is refused: what is left of its microstep is not worth doing.
    pub fn is_overdone(&self) -> bool {
        self.effort.actions > ACTIONS
    }

    pub fn check_effort(&self) -> Result<(), StepError> {
        if !self.is_overdone() {
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
        for (send_id, _) in std::mem::take(&mut self.timers).into_inner() {
            self.effects.push(Effect::Cancel { send_id });
        }
    }

    /// Says first, once per step, which states were left and entered.
    fn report_states(&mut self) {
        if self.left.is_empty() && self.entered.is_empty() {
            return;
        }
        let keys = |set: &StateSet| -> Keys {
            set.iter().map(|state| self.machine.states[state].key.clone()).collect()
        };
        let effect = Effect::State { from: keys(&self.left), to: keys(&self.entered) };
        // An effect takes much room; most steps have this one only.
        self.effects.reserve_exact(1);
        self.effects.insert(0, effect);
    }
}
