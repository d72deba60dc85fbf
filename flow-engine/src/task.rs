//! Desk: a task while several people work on it, and what each of them may do.
//!
//! The whole Chinese approval set as pure functions over data: any, all, a share or one after the
//! other; signers added before or after; transfer, delegation, return, withdrawal, urging, copies.
//! A desk decides when the task is finished and with which event; that event then goes to
//! [`transition`](crate::transition). Who the people are is found by the caller.

use serde::{Deserialize, Serialize};

use crate::effect::TaskSpec;
use crate::{Event, Key};

mod act;
mod batch;
mod leave;
mod open;
mod policy;
mod seat;
mod sign;

pub use batch::{Batch, decide_all};
pub use leave::{HandedOver, hand_over_all};
pub use open::{Opening, Staffing};

/// A task and its seats. Plain data; the server keeps it with the task.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Desk {
    /// The task as its state opened it. Its first event is the consent that a policy counts; any
    /// other event is a dissent.
    pub spec: TaskSpec,
    /// In the order of the candidates; added signers stand beside whoever added them.
    pub seats: Vec<Seat>,
    /// When it was last urged, unix milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub urged_ms: Option<i64>,
}

/// One person's part in a task.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Seat {
    /// Who acts.
    pub user: String,
    /// Where it stands.
    pub status: SeatStatus,
    /// Whose seat this was given for: added by, or delegated by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
}

/// Where a seat stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SeatStatus {
    /// Its turn has not come, or somebody added before it must act first.
    Waiting,
    /// May act now.
    Open,
    /// Has acted.
    Acted {
        /// With which event.
        event: Key,
        /// Unix milliseconds.
        at_ms: i64,
        /// In their words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        comment: Option<String>,
    },
    /// No longer theirs: handed on, or not needed any more.
    Gone,
}

/// How a seat came to a desk that its state did not give it to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// Added to act before this user.
    Before(String),
    /// Added to act after this user.
    After(String),
    /// Asked by this user, who decides once the answer is there.
    Delegate(String),
}

/// What somebody does at a desk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum Act {
    /// Sends one of the task's events.
    Decide {
        /// Which.
        event: Key,
        /// In their words.
        #[serde(default)]
        comment: Option<String>,
        /// A signature was given and checked.
        #[serde(default)]
        signed: bool,
    },
    /// Gives the seat to somebody else for good (转交).
    Transfer {
        /// To whom.
        to: String,
    },
    /// Asks somebody to look first; the answer comes back (委派).
    Delegate {
        /// Whom.
        to: String,
    },
    /// Adds people who must agree too (加签).
    AddSigners {
        /// Before or after oneself.
        side: Side,
        /// Who; all of them act, at the same time.
        users: Vec<String>,
    },
    /// Sends the flow back to an earlier state (退回).
    Return {
        /// Which state.
        to: Key,
        /// What happens once that state is done again.
        then: Then,
    },
    /// Takes the submission back before anybody acted (撤回).
    Withdraw,
    /// Reminds whoever has not acted (催办).
    Urge,
    /// Lets people know (抄送).
    Copy {
        /// Who.
        users: Vec<String>,
    },
}

/// On which side of oneself a signer is added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// They act first.
    Before,
    /// They act once one has agreed.
    After,
}

/// What happens when a state that work was returned to is done again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Then {
    /// Everything between is done again.
    Rerun,
    /// Straight back to where it was returned from.
    StraightBack,
}

/// What the caller knows that an act depends on.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Facts {
    /// Who started the flow, while that account exists.
    pub starter: Option<String>,
    /// The state whose task this is.
    pub state: Key,
    /// States that were active before, oldest first.
    pub visited: Vec<Key>,
    /// States that are active now, this one among them.
    pub running: Vec<Key>,
    /// States whose work only the starter can do.
    pub of_starter: Vec<Key>,
    /// States that have no work for people: they run by themselves.
    pub automatic: Vec<Key>,
    /// Users that exist and may be given work; none means: do not check.
    pub known: Option<Vec<String>>,
    /// Unix milliseconds.
    pub now_ms: i64,
}

/// What an act led to.
#[derive(Debug, Clone, PartialEq)]
pub struct Acted {
    /// The desk afterwards.
    pub desk: Desk,
    /// What comes of the task itself.
    pub verdict: Verdict,
    /// Who is to be told what.
    pub notices: Vec<Notice>,
}

/// What comes of a task after an act.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    /// Others still have to act.
    Open,
    /// Finished: hand this event to [`transition`](crate::transition).
    Done(Event),
    /// Go back: hand this to [`go_back`](crate::go_back).
    Back {
        /// To which state.
        to: Key,
        /// And afterwards.
        then: Then,
    },
    /// The starter took it back.
    Withdrawn,
}

/// A message to people at a desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// About what.
    pub kind: NoticeKind,
    /// To whom, each once.
    pub users: Vec<String>,
}

/// What a notice is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoticeKind {
    /// It is their turn.
    Turn,
    /// They are reminded.
    Urged,
    /// For information.
    Copied,
}

/// Why an act is refused. Nothing has changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// They hold no open seat.
    #[error("`{user}` has nothing to do here now")]
    NotTheirs {
        /// Who tried.
        user: String,
    },
    /// The task does not allow it.
    #[error("this task does not allow `{act}`")]
    NotAllowed {
        /// The word that would have to stand in `allow`.
        act: &'static str,
    },
    /// The task has no such event.
    #[error("this task has no event `{event}`")]
    EventUnknown {
        /// Which was asked for.
        event: String,
    },
    /// A comment is missing.
    #[error("`{event}` needs a comment")]
    CommentMissing {
        /// For which event.
        event: String,
    },
    /// A signature is missing.
    #[error("`{event}` needs a signature")]
    SignatureMissing {
        /// For which event.
        event: String,
    },
    /// To oneself.
    #[error("expected somebody else than `{user}`")]
    Oneself {
        /// Who tried.
        user: String,
    },
    /// Somebody who has a seat here already.
    #[error("`{user}` takes part already")]
    TakesPart {
        /// Who.
        user: String,
    },
    /// Somebody who cannot be given work.
    #[error("`{user}` cannot be given work")]
    UserUnknown {
        /// Who.
        user: String,
    },
    /// Nobody was named.
    #[error("expected at least one person")]
    Nobody,
    /// An added signer, or a delegate, cannot add others.
    #[error("somebody who was added cannot add others")]
    Nested,
    /// Somebody one added has not acted yet.
    #[error("a person added earlier has not acted yet")]
    Pending,
    /// Not among the things that can be done to many tasks at once.
    #[error("`{act}` cannot be done to several tasks at once")]
    NotInBatch {
        /// What was tried.
        act: &'static str,
    },
    /// A state that was never active.
    #[error("`{state}` was not passed on the way here")]
    NotPassed {
        /// Which.
        state: String,
    },
    /// A state that is active now.
    #[error("`{state}` is active now")]
    StillRunning {
        /// Which.
        state: String,
    },
    /// A state in which nobody has anything to do.
    #[error("`{state}` has no work for anybody, so it would be left again at once")]
    NothingToDo {
        /// Which.
        state: String,
    },
    /// The work of somebody who is gone.
    #[error("whoever started this is gone, so nobody could do `{state}`")]
    StarterGone {
        /// Which state.
        state: String,
    },
    /// Only whoever started the flow may do this.
    #[error("only whoever started this may do that")]
    NotStarter,
    /// Somebody has acted already.
    #[error("somebody has acted already")]
    Handled,
    /// Nobody has to act any more.
    #[error("this task has ended")]
    Ended,
    /// Urged a moment ago.
    #[error("this was urged less than ten minutes ago")]
    UrgedLately,
}

impl Desk {
    /// The event that a policy counts as agreement.
    pub fn consent(&self) -> Option<&Key> {
        self.spec.events.first().map(|event| &event.event)
    }

    /// Who may act now.
    pub fn open(&self) -> impl Iterator<Item = &str> {
        self.seats.iter().filter(|seat| seat.status == SeatStatus::Open).map(|seat| seat.user.as_str())
    }
}
