//! Statecharts: definition, compile, start and transition; tasks, clocks and working calendars.

#![deny(missing_docs)]

mod calendar;
mod clock;
mod duration;
mod effect;
mod event;
mod key;
mod read;
mod snapshot;
mod step;

pub use calendar::{Calendar, Calendars};
pub use clock::{ClockReading, ClockStatus};
pub use duration::Duration;
pub use effect::{AssignRule, By, Effect, Recipient, TaskEvent, TaskPolicy, TaskSpec, Who};
pub use event::{Event, EventKind};
pub use key::Key;
pub use snapshot::Snapshot;
pub use step::{GuardTrace, Inputs, Step, StepError};
