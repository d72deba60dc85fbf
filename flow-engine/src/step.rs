//! Taking a flow from rest to rest: SCXML Appendix D over a compiled [`Machine`].
//!
//! Pure: the same inputs always give the same [`Step`]. Nothing has happened yet when it
//! returns; the caller stores the snapshot and performs the effects.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::machine::Machine;
use crate::{Calendars, Cause, Effect, Event, Key, Loop, Parent, Snapshot};

mod act;
mod back;
mod clocks;
mod enter;
mod evaluate;
mod exit;
mod invoke;
mod run;
mod select;
mod send;
mod work;

use run::Run;

/// Microsteps one step may take before it is stopped as diverging.
pub(crate) const MICROSTEPS: usize = 10_000;
/// Actions one step may perform, loops unrolled; guards that are tried, long scripts and large values count too. An
/// action takes about half a microsecond.
pub(crate) const ACTIONS: usize = 40_000;
/// Bytes of values one step may make, roughly.
const PRODUCED: usize = 12 << 20;
/// Bytes of all variables, roughly.
const CONTEXT: usize = 4 << 20;
/// Timers one instance may wait for.
const TIMERS: usize = 1_000;

/// How much was done, where something has to bound it.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Effort {
    /// Actions, and what counts like them.
    pub actions: usize,
    /// Bytes of values made.
    pub produced: usize,
}

impl Effort {
    fn add(&mut self, other: Self) {
        self.actions += other.actions;
        self.produced += other.produced;
    }
}

/// Everything a guard, a clock or a lookup reads; nothing else is read.
#[derive(Debug, Clone, Copy)]
pub struct Inputs<'a> {
    /// The submission's document.
    pub data: &'a Value,
    /// The customer: `tier`, `tags`, `attributes` …; null when there is none.
    pub customer: &'a Value,
    /// The calendars the flow's clocks may name.
    pub calendars: &'a Calendars,
    /// What else the server knows, an object or null. `session` becomes `_sessionid`; a bare word
    /// in a condition that is nothing else is looked up here.
    pub facts: &'a Value,
}

/// A step taken: where the flow stands now, and what is to be done about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// The flow at rest again.
    pub snapshot: Snapshot,
    /// In the order in which they arose; clocks last.
    pub effects: Vec<Effect>,
    /// True when a transition answered the event; always true of a start.
    pub taken: bool,
    /// Every guard of a transition that was tried, in order; what [`explain`] gives also has other conditions.
    pub trace: Vec<GuardTrace>,
    /// The automations that led to the effects, this flow last: hand it to whatever events they bring about.
    pub cause: Cause,
}

/// A guard that was tried: why a transition was taken or not.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GuardTrace {
    /// The state whose transition it guards; the flow itself for conditions of `if` and policies of clocks.
    pub state: Key,
    /// Pointer to that transition, condition or policy in the definition.
    pub path: Key,
    /// The event at hand; none for eventless transitions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<Key>,
    /// As its author wrote it.
    pub guard: Key,
    /// What it read, by name, as far as it was there; only in what [`explain`] gives.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub values: IndexMap<String, Value>,
    /// What came of it; false when it failed.
    pub held: bool,
    /// Why it failed, if it did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failure: Option<String>,
}

/// Why a step could not be taken. The snapshot stays as it was.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StepError {
    /// The flow went on and on without coming to rest.
    #[error("the flow `{flow}` took {limit} steps without coming to rest")]
    Diverged {
        /// Key of the flow.
        flow: String,
        /// How many microsteps are allowed.
        limit: usize,
    },
    /// Loops inside loops did more than any flow has to.
    #[error("the flow `{flow}` did more than {limit} actions in one step")]
    TooMuch {
        /// Key of the flow.
        flow: String,
        /// How many actions are allowed.
        limit: usize,
    },
    /// Work can only go back from a state that is active.
    #[error("`{state}` is not active")]
    NotActive {
        /// The state.
        state: String,
    },
    /// Automations set each other off without end.
    #[error(transparent)]
    Loop(#[from] Loop),
    /// The snapshot, or the caller, names a state that this version of the flow does not have.
    #[error("the flow `{flow}` has no state `{state}`")]
    StateUnknown {
        /// Key of the flow.
        flow: String,
        /// The state.
        state: String,
    },
}

/// Starts an instance and takes it to rest.
///
/// # Errors
///
/// [`StepError::Diverged`] if it does not come to rest. A failing guard or action is no error
/// here: it raises `error.execution` (SCXML §5.10).
pub fn start(machine: &Machine, inputs: &Inputs<'_>, now_ms: i64) -> Result<Step, StepError> {
    begin(machine, Beginning::default(), inputs, now_ms)
}

/// How an instance comes to be started, beside its inputs.
#[derive(Debug, Clone, Default)]
pub struct Beginning {
    /// Values that variables of these names begin with instead of their own (SCXML §6.4.4); others are ignored.
    pub given: Map<String, Value>,
    /// What `_event` says until the flow hears its first event.
    pub event: Option<Event>,
    /// Whose child it is.
    pub parent: Option<Parent>,
    /// The automations that led to it.
    pub cause: Cause,
    /// The trace says what guards read, as that of [`explain`] does.
    pub explains: bool,
}

/// Starts an instance another flow asked for, and takes it to rest.
///
/// # Errors
///
/// As [`start`]; also [`StepError::Loop`] when flows start each other without end.
pub fn begin(
    machine: &Machine,
    beginning: Beginning,
    inputs: &Inputs<'_>,
    now_ms: i64,
) -> Result<Step, StepError> {
    begin_measured(machine, beginning, inputs, now_ms, &mut Effort::default())
}

/// [`begin`]; what it took is added to `effort`.
pub(crate) fn begin_measured(
    machine: &Machine,
    beginning: Beginning,
    inputs: &Inputs<'_>,
    now_ms: i64,
    effort: &mut Effort,
) -> Result<Step, StepError> {
    let mut run = Run::begin(machine, inputs, now_ms);
    run.explains = beginning.explains;
    run.cause = beginning.cause.then(&machine.key, &Key::from("start"))?;
    run.parent = beginning.parent.into();
    if let Some(event) = beginning.event {
        run.set_event(std::borrow::Cow::Owned(event));
    }
    run.bind_early(&beginning.given);
    run.start_clocks();
    run.enter_initial();
    run.check_effort()?;
    run.settle()?;
    effort.add(run.effort);
    Ok(run.into_step(true))
}

/// Takes one external event to rest.
///
/// A timer that was cancelled meanwhile, or an event for a flow that has ended, changes nothing
/// and is not `taken`. Promises whose time has passed are broken before the event is heard, so
/// that a late worker makes no difference.
///
/// # Errors
///
/// [`StepError::Diverged`] if the flow does not come to rest, [`StepError::StateUnknown`] if the
/// snapshot is not of this machine. A failing guard or action is no error here: it raises
/// `error.execution` (SCXML §5.10).
pub fn transition(
    machine: &Machine,
    snapshot: &Snapshot,
    event: &Event,
    inputs: &Inputs<'_>,
    now_ms: i64,
) -> Result<Step, StepError> {
    transition_measured(machine, snapshot, event, inputs, now_ms, &mut Effort::default())
}

/// [`transition`]; what it took is added to `effort`.
pub(crate) fn transition_measured(
    machine: &Machine,
    snapshot: &Snapshot,
    event: &Event,
    inputs: &Inputs<'_>,
    now_ms: i64,
    effort: &mut Effort,
) -> Result<Step, StepError> {
    let mut run = Run::begin(machine, inputs, now_ms);
    run.resume(snapshot)?;
    let taken = run.step(event)?;
    effort.add(run.effort);
    Ok(run.into_step(taken))
}

/// Stops an instance before its end, because nobody waits for it any more: its states are left, their exit actions run,
/// and nothing of it stays open (SCXML Appendix D, `exitInterpreter`). One that has ended stays as it is.
///
/// # Errors
///
/// [`StepError::StateUnknown`] if the snapshot is not of this machine.
pub fn stop(
    machine: &Machine,
    snapshot: &Snapshot,
    inputs: &Inputs<'_>,
    now_ms: i64,
) -> Result<Step, StepError> {
    let mut run = Run::begin(machine, inputs, now_ms);
    run.resume(snapshot)?;
    if run.running {
        run.stop();
    }
    Ok(run.into_step(false))
}

/// What [`transition`] would do, with the values each guard read in its trace: why, and why not.
///
/// # Errors
///
/// As [`transition`].
pub fn explain(
    machine: &Machine,
    snapshot: &Snapshot,
    event: &Event,
    inputs: &Inputs<'_>,
    now_ms: i64,
) -> Result<Step, StepError> {
    let mut run = Run::begin(machine, inputs, now_ms);
    run.resume(snapshot)?;
    run.explains = true;
    let taken = run.step(event)?;
    Ok(run.into_step(taken))
}

/// Sends work back from the active state `from` to the state `to` (退回), as a transition between them would.
///
/// With [`Then::StraightBack`](crate::task::Then), the consent of `to`'s task leads straight to `from` again instead of where its own
/// transition leads. Guards and clocks see the event `flow.returned` with `{from, to}`.
///
/// # Errors
///
/// [`StepError::StateUnknown`] and [`StepError::NotActive`] for states that are not there; else as [`transition`].
pub fn go_back(
    machine: &Machine,
    snapshot: &Snapshot,
    from: &str,
    to: &str,
    then: crate::task::Then,
    inputs: &Inputs<'_>,
    now_ms: i64,
) -> Result<Step, StepError> {
    let mut run = Run::begin(machine, inputs, now_ms);
    run.resume(snapshot)?;
    run.go_back(from, to, then)?;
    Ok(run.into_step(true))
}

/// What states that an instance came to stand in, without entering them, still have to open: their tasks, and timers
/// that do not run yet.
pub(crate) fn open_entered(
    machine: &Machine,
    snapshot: &Snapshot,
    entered: &[Key],
    inputs: &Inputs<'_>,
    now_ms: i64,
) -> Result<Step, StepError> {
    let mut run = Run::begin(machine, inputs, now_ms);
    run.resume(snapshot)?;
    run.open_entered(entered);
    Ok(run.into_step(false))
}

/// `context` with the variables it lacks at their initial values, for an instance that comes from another version.
pub(crate) fn bind_missing(
    machine: &Machine,
    inputs: &Inputs<'_>,
    now_ms: i64,
    context: Map<String, Value>,
) -> Map<String, Value> {
    let mut run = Run::begin(machine, inputs, now_ms);
    run.context = context.into();
    run.bind_missing();
    run.context.into_inner()
}
