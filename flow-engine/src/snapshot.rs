//! A running flow at rest: all it needs to go on later, in another process or version.
//!
//! Written with state keys, never indexes, so that it outlives a reordering of the
//! definition and a new version of this engine.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::clock::ClockRecord;
use crate::invocation::Invocation;
use crate::shared::Shared;
use crate::{Key, Keys, Parent};

/// Where an instance stands; stored by the server beside the flow version it started on.
///
/// ```json
/// {"active": ["handling"], "context": {}, "clocks": {"solution": {…}}, "timers": {…}}
/// ```
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Snapshot {
    /// Active atomic states in document order; their ancestors are active by implication.
    pub(crate) active: Keys,
    /// The flow's own variables.
    #[serde(default, skip_serializing_if = "Shared::is_nothing")]
    pub(crate) context: Shared<Map<String, Value>>,
    /// What a history state would return to.
    #[serde(default, skip_serializing_if = "Shared::is_nothing")]
    pub(crate) history: Shared<IndexMap<Key, Vec<Key>>>,
    /// States entered at least once, kept for late binding only (SCXML §5.3.3).
    #[serde(default, skip_serializing_if = "Shared::is_nothing")]
    pub(crate) bound: Shared<Vec<Key>>,
    /// Clocks that were started, in the flow's order of starting.
    #[serde(default, skip_serializing_if = "Shared::is_nothing")]
    pub(crate) clocks: Shared<IndexMap<Key, ClockRecord>>,
    /// Scheduled events still to come, by send id.
    #[serde(default, skip_serializing_if = "Shared::is_nothing")]
    pub(crate) timers: Shared<IndexMap<Key, Timer>>,
    /// States that work was returned to, with the state it goes straight back to.
    #[serde(default, skip_serializing_if = "Shared::is_nothing")]
    pub(crate) returns: Shared<IndexMap<Key, Key>>,
    /// Flows invoked by active states, by id.
    #[serde(default, skip_serializing_if = "Shared::is_nothing")]
    pub(crate) invocations: Shared<IndexMap<Key, Invocation>>,
    /// Whose child this instance is.
    #[serde(default, skip_serializing_if = "Shared::is_nothing")]
    pub(crate) parent: Shared<Option<Parent>>,
    /// What the final state that was reached hands out.
    #[serde(default, skip_serializing_if = "Shared::is_nothing")]
    pub(crate) output: Shared<Value>,
    /// Number of the next generated send id.
    #[serde(default)]
    pub(crate) next_id: u64,
    /// The top-level final state that ended the flow.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) done: Option<Key>,
    /// It was stopped before its end.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) stopped: bool,
}

/// A scheduled event the engine still expects.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Timer {
    /// Unix milliseconds.
    pub due_ms: i64,
    /// The state whose `after` made it; leaving that state cancels it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<Key>,
    /// The id a `cancel` knows it by; none for the engine's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sent_as: Option<Key>,
}

impl Snapshot {
    /// Active atomic states, in document order; a reached final state stays.
    pub fn active(&self) -> &[Key] {
        &self.active
    }

    /// Key of the top-level final state that was reached; none while the flow runs.
    pub fn done(&self) -> Option<&str> {
        self.done.as_deref()
    }

    /// True once nothing more can happen to it: it reached a final state, or was stopped.
    pub fn is_over(&self) -> bool {
        self.done.is_some() || self.stopped
    }

    /// True while a state waits for flows it invoked.
    pub fn waits_for_children(&self) -> bool {
        !self.invocations.is_empty()
    }

    /// What an ended flow hands back: the `output` of the final state it reached.
    pub fn output(&self) -> &Value {
        &self.output
    }

    /// Whose child this instance is, when another invoked it.
    pub fn parent(&self) -> Option<&Parent> {
        self.parent.as_ref()
    }

    /// The flow's own variables.
    pub fn context(&self) -> &Map<String, Value> {
        &self.context
    }
}
