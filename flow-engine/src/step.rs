//! What one step of a flow needs and gives.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{Calendars, Effect, Key, Snapshot};

/// Everything a guard, a clock or a lookup reads; nothing else is read.
#[derive(Debug, Clone, Copy)]
pub struct Inputs<'a> {
    /// The submission's document.
    pub data: &'a Value,
    /// The customer: `tier`, `tags`, `attributes` …; null when there is none.
    pub customer: &'a Value,
    /// The calendars the flow's clocks may name.
    pub calendars: &'a Calendars,
    /// What else the server knows, by name: `now_local`, `session` …; null when nothing.
    pub facts: &'a Value,
}

/// A step taken: where the flow stands now, and what is to be done about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// The flow at rest again.
    pub snapshot: Snapshot,
    /// In the order in which they arose.
    pub effects: Vec<Effect>,
    /// True when a transition answered the event; always true of a start.
    pub taken: bool,
    /// Every guard that was tried, in order.
    pub trace: Vec<GuardTrace>,
}

/// A guard that was tried: why a transition was taken or not.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GuardTrace {
    /// The state whose transition it guards.
    pub state: Key,
    /// Position of that transition in the state.
    pub transition: usize,
    /// The event at hand; none for eventless transitions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<Key>,
    /// As its author wrote it.
    pub guard: Key,
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
    /// The snapshot names a state that this version of the flow does not have.
    #[error("the flow `{flow}` has no state `{state}`")]
    StateUnknown {
        /// Key of the flow.
        flow: String,
        /// The state.
        state: String,
    },
}
