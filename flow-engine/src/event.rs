//! Events: what happens to a running flow.
//!
//! Shapes only. Which transition answers an event is decided in `step/select.rs`.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{Addressee, Cause, Child, Key, Peer};

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
    /// The id its `send` gave it or stored for the author; `_event.sendid`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sent_as: Option<Key>,
    /// The machine sent it to itself, so that `_event.origin` answers it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_sent: bool,
    /// Which invoked flow has ended, when that is what happened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub child: Option<Box<Child>>,
    /// Which flow on the other side of an invocation sent it, if one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sender: Option<Box<Peer>>,
    /// Where it is sent on to once its time has come; none: the machine itself hears it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) bound_for: Option<Box<Addressee>>,
    /// The automations that led to it; empty for what people do and for what time brings.
    #[serde(default, skip_serializing_if = "Cause::is_empty")]
    pub cause: Cause,
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
        Self::of(name.into(), data, EventKind::External)
    }

    /// The same event, brought about by other automations.
    #[must_use]
    pub fn caused_by(mut self, cause: Cause) -> Self {
        self.cause = cause;
        self
    }

    /// An invoked flow ended; `data` is what it hands back.
    pub fn child_done(child: Child, data: Value) -> Self {
        let name = format!("done.invoke.{}", child.invocation);
        Self { child: Some(Box::new(child)), ..Self::new(name, data) }
    }

    /// An invoked flow could not be started, or was stopped, for this reason.
    pub fn child_failed(child: Child, reason: impl Into<String>) -> Self {
        let name = format!("error.invoke.{}", child.invocation);
        Self { child: Some(Box::new(child)), ..Self::new(name, Value::String(reason.into())) }
    }

    pub(crate) fn internal(name: Key, data: Value) -> Self {
        Self::of(name, data, EventKind::Internal)
    }

    pub(crate) fn platform(name: impl Into<Key>, data: Value) -> Self {
        Self::of(name.into(), data, EventKind::Platform)
    }

    fn of(name: Key, data: Value, kind: EventKind) -> Self {
        Self {
            name,
            data,
            send_id: None,
            sent_as: None,
            is_sent: false,
            child: None,
            sender: None,
            bound_for: None,
            cause: Cause::default(),
            kind,
        }
    }
}
