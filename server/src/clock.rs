//! The one source of time. Everything that asks for the time asks a [`Clock`] it was given.
//!
//! Instants are milliseconds since 1970 in UTC, as stored. Tests hold the [`MockClock`] beside the clock and move it by hand.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::UNIX_EPOCH;

use chrono::{DateTime, SecondsFormat, Utc};

/// What time it is.
#[derive(Clone)]
pub struct Clock(Source);

#[derive(Clone)]
enum Source {
    System,
    Mock(Arc<AtomicI64>),
    /// The machine's clock and so many milliseconds.
    Shifted(Arc<AtomicI64>),
}

/// The hand that moves a mocked clock.
#[derive(Clone)]
pub struct MockClock(Arc<AtomicI64>);

/// The hand that shifts a running clock.
#[derive(Clone)]
pub struct Shift(Arc<AtomicI64>);

impl Clock {
    /// The machine's clock.
    pub fn system() -> Self {
        Self(Source::System)
    }

    /// A clock that stands at `now_ms` until its hand is moved.
    pub fn mock(now_ms: i64) -> (Self, MockClock) {
        let now = Arc::new(AtomicI64::new(now_ms));
        (Self(Source::Mock(now.clone())), MockClock(now))
    }

    /// The machine's clock, which can be shifted into the past: demo data comes about there.
    pub fn shifted() -> (Self, Shift) {
        let by = Arc::new(AtomicI64::new(0));
        (Self(Source::Shifted(by.clone())), Shift(by))
    }

    /// Now, in milliseconds since 1970.
    pub fn now_ms(&self) -> i64 {
        match &self.0 {
            Source::System => system_ms(),
            Source::Mock(now) => now.load(Ordering::SeqCst),
            Source::Shifted(by) => system_ms() + by.load(Ordering::SeqCst),
        }
    }
}

impl Shift {
    /// The clock shows the time so many milliseconds ago, and runs on from there.
    pub fn back_ms(&self, ms: i64) {
        self.0.store(-ms, Ordering::SeqCst);
    }
}

impl MockClock {
    /// Sets the time, forwards or back.
    pub fn set_ms(&self, now_ms: i64) {
        self.0.store(now_ms, Ordering::SeqCst);
    }

    /// Lets `ms` pass.
    pub fn advance_ms(&self, ms: i64) {
        self.0.fetch_add(ms, Ordering::SeqCst);
    }
}

/// RFC 3339 in UTC with milliseconds, as the API writes instants.
pub fn rfc3339(ms: i64) -> String {
    DateTime::<Utc>::from_timestamp_millis(ms)
        .unwrap_or(DateTime::<Utc>::UNIX_EPOCH)
        .to_rfc3339_opts(SecondsFormat::Millis, true)
}

#[expect(clippy::disallowed_methods, reason = "this is the home of the machine's clock")]
fn system_ms() -> i64 {
    let since = std::time::SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}
