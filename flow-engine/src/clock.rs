//! Clocks: promises whose time is being measured.
//!
//! Keeps, per running instance, how much of a promise is used up and when it will be; knows
//! elapsed and working time through [`Calendar`](crate::Calendar). Which event starts or
//! stops a clock is the machine's business (`step/clocks.rs`).

use form_engine::Text;
use serde::{Deserialize, Serialize};

use crate::duration::Duration;
use crate::{Calendars, Key};

/// A clock as everybody outside reads it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ClockReading {
    /// As in the flow: `first_reply`.
    pub name: Key,
    /// For people.
    pub title: Text,
    /// Where it stands; whether the promise was broken is `breached`.
    #[serde(rename = "state")]
    pub status: ClockStatus,
    /// Unix milliseconds of its latest start.
    pub started_ms: i64,
    /// When the promise is (or was) used up; none while paused.
    pub due_ms: Option<i64>,
    /// When it warns; none without a warning and while paused.
    pub warn_ms: Option<i64>,
    /// When it was stopped or cancelled.
    pub stopped_ms: Option<i64>,
    /// What the promise counted until the latest change: elapsed or working milliseconds.
    pub used_ms: i64,
    /// The warning time has passed.
    pub warned: bool,
    /// The promise was broken.
    pub breached: bool,
}

/// Where a clock stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClockStatus {
    /// Counting.
    Running,
    /// Not counting for now.
    Paused,
    /// What was promised has happened.
    Stopped,
    /// The flow ended, or gave the promise up, before it happened.
    Cancelled,
}

/// How much time is promised, and in whose time it counts.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Promise {
    pub within: Duration,
    pub calendar: Option<Key>,
}

/// A started clock in a snapshot. The promise is kept as text, so that a new version of the
/// flow neither breaks nor re-arms it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct ClockRecord {
    pub state: ClockStatus,
    pub within: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calendar: Option<Key>,
    pub started_ms: i64,
    /// Counted before `since_ms`.
    #[serde(default)]
    pub used_ms: i64,
    /// Counting since; none unless running.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since_ms: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_ms: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub warn_ms: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stopped_ms: Option<i64>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub warned: bool,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub breached: bool,
}

impl ClockRecord {
    /// A clock that starts counting `promise` at `now_ms`.
    pub fn start(promise: &Promise, warn_at: Option<f64>, now_ms: i64, calendars: &Calendars) -> Self {
        let mut record = Self {
            state: ClockStatus::Running,
            within: promise.within.to_string(),
            calendar: promise.calendar.clone(),
            started_ms: now_ms,
            used_ms: 0,
            since_ms: Some(now_ms),
            due_ms: None,
            warn_ms: None,
            stopped_ms: None,
            warned: false,
            breached: false,
        };
        record.aim(warn_at, calendars);
        record
    }

    /// Holds the count.
    pub fn pause(&mut self, now_ms: i64, calendars: &Calendars) {
        if self.state == ClockStatus::Running {
            self.count(now_ms, calendars);
            self.since_ms = None;
            self.due_ms = None;
            self.warn_ms = None;
            self.state = ClockStatus::Paused;
        }
    }

    /// Counts on from what was used.
    pub fn resume(&mut self, warn_at: Option<f64>, now_ms: i64, calendars: &Calendars) {
        if self.state == ClockStatus::Paused {
            self.since_ms = Some(now_ms);
            self.state = ClockStatus::Running;
            self.aim(warn_at, calendars);
        }
    }

    /// Ends it with `status`.
    pub fn end(&mut self, status: ClockStatus, now_ms: i64, calendars: &Calendars) {
        if self.is_open() {
            self.count(now_ms, calendars);
            self.since_ms = None;
            self.stopped_ms = Some(now_ms);
            self.state = status;
        }
    }

    /// Measures by another promise from now on; what was used stays used.
    pub fn switch(&mut self, promise: &Promise, warn_at: Option<f64>, now_ms: i64, calendars: &Calendars) {
        self.count(now_ms, calendars);
        self.within = promise.within.to_string();
        self.calendar.clone_from(&promise.calendar);
        if self.state == ClockStatus::Running {
            self.since_ms = Some(now_ms);
            self.aim(warn_at, calendars);
        }
    }

    /// True until it was stopped or cancelled.
    pub fn is_open(&self) -> bool {
        match self.state {
            ClockStatus::Running | ClockStatus::Paused => true,
            ClockStatus::Stopped | ClockStatus::Cancelled => false,
        }
    }

    /// True when it measures by this promise.
    pub fn keeps(&self, promise: &Promise) -> bool {
        self.calendar == promise.calendar && self.within == promise.within.to_string()
    }

    pub fn reading(&self, name: &Key, title: &Text) -> ClockReading {
        ClockReading {
            name: name.clone(),
            title: title.clone(),
            status: self.state,
            started_ms: self.started_ms,
            due_ms: self.due_ms,
            warn_ms: self.warn_ms,
            stopped_ms: self.stopped_ms,
            used_ms: self.used_ms,
            warned: self.warned,
            breached: self.breached,
        }
    }

    /// Adds what passed since `since_ms` to `used_ms`.
    fn count(&mut self, now_ms: i64, calendars: &Calendars) {
        // A paused clock stays so, whatever its promise becomes.
        let Some(since) = self.since_ms else { return };
        self.since_ms = Some(now_ms);
        self.used_ms += match self.calendar.as_deref().and_then(|key| calendars.get(key)) {
            Some(calendar) if self.is_working() => calendar.worked_ms(since, now_ms),
            _ => (now_ms - since).max(0),
        };
    }

    /// Computes when it is due and when it warns. Without its calendar a working-time promise has no due time.
    fn aim(&mut self, warn_at: Option<f64>, calendars: &Calendars) {
        let Some((amount, since)) = self.amount_ms(calendars).zip(self.since_ms) else {
            self.due_ms = None;
            self.warn_ms = None;
            return;
        };
        let calendar =
            self.calendar.as_deref().and_then(|key| calendars.get(key)).filter(|_| self.is_working());
        let reach = |total: i64| match calendar {
            Some(calendar) => calendar.due_ms(since, total - self.used_ms),
            None => Some(since + (total - self.used_ms).max(0)),
        };
        self.due_ms = reach(amount);
        #[expect(clippy::cast_precision_loss, reason = "a century of milliseconds is exact")]
        let share = |share: f64| crate::duration::whole(amount as f64 * share);
        self.warn_ms = warn_at.and_then(|at| reach(share(at)));
    }

    fn is_working(&self) -> bool {
        Duration::parse(&self.within).is_some_and(Duration::needs_calendar)
    }

    fn amount_ms(&self, calendars: &Calendars) -> Option<i64> {
        match Duration::parse(&self.within)? {
            Duration::Elapsed(ms) => Some(ms),
            working @ (Duration::Working(_) | Duration::WorkingDays(_)) => {
                let calendar = self.calendar.as_deref().and_then(|key| calendars.get(key))?;
                Some(calendar.amount_ms(working))
            }
        }
    }
}
