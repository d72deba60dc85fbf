//! Invocations: other flows that a state runs as its children while it is active (SCXML §6.4).
//!
//! Keeps, per running instance, which children were asked for and how each ended, and decides when the state has what
//! it waits for. Data only: the server starts children for [`Effect::Invoke`](crate::Effect::Invoke), stops them for
//! [`Effect::StopInvoke`](crate::Effect::StopInvoke), and tells how they ended with [`Event::child_done`] and
//! [`Event::child_failed`]. When children are asked for is decided in `step/invoke.rs`.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::{Event, Key};

/// Which child of which invocation of an instance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Child {
    /// The invocation's id in the flow.
    pub invocation: Key,
    /// Tells apart invocations of the same state entered more than once.
    pub visit: u64,
    /// Position of its item in the list; 0 when there is no list.
    pub position: usize,
}

/// Whose child an instance is; kept in its snapshot and handed back unchanged when it ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parent {
    /// The instance that invoked it, as the server knows it.
    pub instance: String,
    /// Which of its children this is.
    pub child: Child,
}

/// A flow on the other side of an invocation, as the sender of an event (SCXML §6.4).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Peer {
    /// The one that invoked this one.
    Parent,
    /// One that this one invoked.
    Child(Child),
}

impl Peer {
    /// The target that answers it (SCXML Appendix C.1).
    pub(crate) fn origin(&self) -> String {
        match self {
            Self::Parent => "#_parent".to_owned(),
            Self::Child(child) => format!("#_{}", child.invocation),
        }
    }
}

/// To which flows on the other side of an invocation an event goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Addressee {
    /// The one that invoked this one.
    Parent {
        /// As the server knows it.
        instance: String,
    },
    /// Every child of an invocation that still runs.
    Children {
        /// The invocation's id in the flow.
        invocation: Key,
        /// Tells apart invocations of the same state entered more than once.
        visit: u64,
    },
}

/// How many of several children must end before `done.invoke.ID` comes.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wait {
    /// Every one.
    #[default]
    All,
    /// The first that succeeds; the others are stopped.
    Any,
    /// This share of them, 0 < share ≤ 1; the others are stopped.
    Share(f64),
}

/// An invocation whose state is active.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Invocation {
    pub state: Key,
    pub visit: u64,
    pub wait: Wait,
    /// One child per item of a list, whose outcomes are handed over as a list.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_list: bool,
    pub children: Vec<ChildStatus>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "status", rename_all = "snake_case")]
pub(crate) enum ChildStatus {
    Running,
    Done { data: Value },
    Failed { reason: String },
}

/// What a child's end means for its invocation.
#[derive(Debug, PartialEq)]
pub(crate) enum Verdict {
    /// Others have to end first.
    Open,
    /// It is over; the state hears this, and children still running are to be stopped.
    Over(Box<Event>),
}

impl Invocation {
    /// True while this child's end is awaited.
    pub fn expects(&self, child: &Child) -> bool {
        child.visit == self.visit && self.children.get(child.position) == Some(&ChildStatus::Running)
    }

    /// Notes how a child ended.
    pub fn ends(&mut self, child: &Child, event: &Event) -> Verdict {
        let has_failed = event.name.starts_with("error.");
        if let Some(status) = self.children.get_mut(child.position) {
            *status = if has_failed {
                let reason = event.data.as_str().map_or_else(|| event.data.to_string(), str::to_owned);
                ChildStatus::Failed { reason }
            } else {
                ChildStatus::Done { data: event.data.clone() }
            };
        }
        self.verdict(child.invocation.clone())
    }

    /// Whether it is over. Nothing to wait for is over at once.
    pub fn verdict(&self, id: Key) -> Verdict {
        let count =
            |is_it: fn(&ChildStatus) -> bool| self.children.iter().filter(|child| is_it(child)).count();
        let done = count(|child| matches!(child, ChildStatus::Done { .. }));
        let failed = count(|child| matches!(child, ChildStatus::Failed { .. }));
        let all = self.children.len();
        let needed = match self.wait {
            Wait::All => all,
            Wait::Any => 1.min(all),
            Wait::Share(share) => needed(share, all),
        };
        let child = Child { invocation: id, visit: self.visit, position: 0 };
        if done >= needed {
            Verdict::Over(Box::new(Event::child_done(child, self.data())))
        } else if all - failed < needed {
            let mut event = Event::child_failed(child, "");
            event.data = self.data();
            Verdict::Over(Box::new(event))
        } else {
            Verdict::Open
        }
    }

    /// What the state hears: a single child's own data or reason, or how each of several ended, in order.
    fn data(&self) -> Value {
        let one = |child: &ChildStatus| match child {
            ChildStatus::Running => json!({"status": "stopped"}),
            ChildStatus::Done { data } => json!({"status": "done", "data": data}),
            ChildStatus::Failed { reason } => json!({"status": "failed", "reason": reason}),
        };
        match (self.is_list, self.children.first()) {
            (false, Some(ChildStatus::Done { data })) => data.clone(),
            (false, Some(ChildStatus::Failed { reason })) => Value::from(reason.as_str()),
            (true, _) | (false, Some(ChildStatus::Running) | None) => self.children.iter().map(one).collect(),
        }
    }

    pub fn has_running(&self) -> bool {
        self.children.contains(&ChildStatus::Running)
    }
}

/// The smallest number of `all` that is at least `share` of them, without the rounding of `0.6 * 5`.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "at most a few hundred children"
)]
fn needed(share: f64, all: usize) -> usize {
    ((share * all as f64 - 1e-9).ceil().max(0.0) as usize).min(all)
}
