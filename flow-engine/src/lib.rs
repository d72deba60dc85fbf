#![doc = include_str!("../README.md")]
#![deny(missing_docs)]

mod action;
pub mod assign;
mod calendar;
mod cause;
mod clock;
mod compile;
mod duration;
mod effect;
mod event;
mod guard;
mod invocation;
mod key;
mod machine;
mod migrate;
mod shared;
mod simulate;
mod snapshot;
mod state_set;
mod step;
pub mod task;

pub use calendar::{Calendar, Calendars, Decree, Holiday};
pub use cause::{Cause, Link, Loop};
pub use clock::{ClockReading, ClockStatus};
pub use compile::{Surroundings, compile, compile_within};
pub use duration::Duration;
pub use effect::{
    AssignRule, By, Effect, Nobody, Person, Recipient, SamePerson, StarterRule, TaskEvent, TaskPolicy,
    TaskRules, TaskSpec, Who,
};
pub use event::{Event, EventKind};
pub use invocation::{Addressee, Child, Parent, Peer, Wait};
pub use key::{Key, Keys};
pub use machine::{Machine, Offer, PublicStep, Start};
pub use migrate::migrate;
pub use simulate::{Given, Happening, Outcome, Scenario, play, simulate};
pub use snapshot::Snapshot;
pub use step::{
    Beginning, GuardTrace, Inputs, Step, StepError, begin, explain, go_back, start, stop, transition,
};
