//! Cause: the chain of automations that led to an event, and when such a chain is a loop.
//!
//! Flows act on each other through what their effects bring about: a record made, a flow started. Each step tells
//! what caused it ([`Step::cause`](crate::Step)); whoever raises an event because of its effects hands that on. Knows
//! nothing of what the flows do. People and time begin new chains: a reminder every day is no loop.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::Key;

/// The same flow may answer the same event this often in one chain.
const REPEATS: usize = 3;
/// Links a chain may have at all.
const LONGEST: usize = 16;

/// Automations, the first of them first. Travels in events; plain data.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(from = "Vec<Link>", into = "Vec<Link>")]
pub struct Cause {
    /// Most chains have one link, which takes no room of its own.
    first: Option<Link>,
    more: Vec<Link>,
}

/// One automation of a chain: a flow answered an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// Key of the flow.
    pub flow: Key,
    /// The event it answered; `start` when it was started.
    pub event: Key,
}

/// Automations that set each other off without end, stopped before the next one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("automations set each other off without end: {chain}")]
pub struct Loop {
    /// All of them, with the one that was stopped last.
    pub chain: Cause,
}

impl Cause {
    /// True when no automation led here.
    pub fn is_empty(&self) -> bool {
        self.first.is_none()
    }

    /// The chain, the first automation first.
    pub fn links(&self) -> impl Iterator<Item = &Link> {
        self.first.iter().chain(&self.more)
    }

    /// This chain, and now `flow` answers `event`.
    ///
    /// # Errors
    ///
    /// [`Loop`] when the flow has answered the event as often as it may in one chain, or the chain is too long.
    pub fn then(&self, flow: &Key, event: &Key) -> Result<Self, Loop> {
        let link = Link { flow: flow.clone(), event: event.clone() };
        if self.is_empty() {
            return Ok(Self { first: Some(link), more: Vec::new() });
        }
        let times = self.links().filter(|other| **other == link).count();
        let stopped = times >= REPEATS || self.links().count() >= LONGEST;
        let mut chain = self.clone();
        chain.more.push(link);
        if stopped { Err(Loop { chain }) } else { Ok(chain) }
    }
}

impl From<Vec<Link>> for Cause {
    fn from(links: Vec<Link>) -> Self {
        let mut links = links.into_iter();
        Self { first: links.next(), more: links.collect() }
    }
}

impl From<Cause> for Vec<Link> {
    fn from(cause: Cause) -> Self {
        cause.first.into_iter().chain(cause.more).collect()
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, Link { flow, event }) in self.links().enumerate() {
            let arrow = if position == 0 { "" } else { " → " };
            write!(f, "{arrow}`{flow}` on `{event}`")?;
        }
        Ok(())
    }
}
