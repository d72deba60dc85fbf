//! Events: what happens to a running flow.
//!
//! Shapes only. Which transition answers an event is decided in `step/select.rs`.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::Key;

/// Something that happened, by name, with what came along.
///
/// ```json
/// {"name": "solve", "data": {"solution": "replaced"}}
/// ```
///
/// The server builds one for what people and customers do, and hands back unchanged the ones
/// that [`Effect::Schedule`](crate::Effect::Schedule) asked it to keep.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Dotted name: `reply`, `submission.csat`, `clock.breach.solution`.
    pub name: Key,
    /// `_event.data`; null when nothing came along.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub data: Value,
    /// Which pending timer this is; a timer that was cancelled meanwhile is ignored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub send_id: Option<Key>,
    /// Where it came from (SCXML §5.10.1).
    #[serde(default, skip_serializing_if = "EventKind::is_external")]
    pub kind: EventKind,
}

/// `_event.type` (SCXML §5.10.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    /// From outside, or sent by the machine to itself.
    #[default]
    External,
    /// Raised by the machine.
    Internal,
    /// Made by the engine: `done.state.x`, `error.execution`.
    Platform,
}

impl EventKind {
    /// As scripts read it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::External => "external",
            Self::Internal => "internal",
            Self::Platform => "platform",
        }
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature serde calls")]
    fn is_external(&self) -> bool {
        matches!(self, Self::External)
    }
}

impl Event {
    /// An event from outside.
    pub fn new(name: impl Into<Key>, data: Value) -> Self {
        Self { name: name.into(), data, send_id: None, kind: EventKind::External }
    }

    pub(crate) fn internal(name: Key, data: Value) -> Self {
        Self { name, data, send_id: None, kind: EventKind::Internal }
    }

    pub(crate) fn platform(name: impl Into<Key>, data: Value) -> Self {
        Self { name: name.into(), data, send_id: None, kind: EventKind::Platform }
    }
}
