//! Zone: a time zone as a list of instants at which its offset changes.
//!
//! Computed by `resolve`, so that neither SQL nor a column store needs time-zone data: both only
//! compare instants and add an offset.

use chrono::{DateTime, NaiveDate, Offset, TimeZone};
use chrono_tz::Tz;

/// 1900-01-01 and 2100-01-01, UTC. Outside, the nearest offset holds.
const KNOWN: (i64, i64) = (-2_208_988_800_000, 4_102_444_800_000);
/// No zone has changed twice within a week.
const STEP_MS: i64 = 7 * DAY_MS;
/// Milliseconds of a day.
pub(crate) const DAY_MS: i64 = 86_400_000;

/// From `since_ms` on (UTC), local time is UTC plus `offset_ms`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Segment {
    /// The first instant, milliseconds since 1970.
    pub since_ms: i64,
    /// What to add to get local time, milliseconds.
    pub offset_ms: i64,
}

/// The segments of `zone` between two instants, ascending; the first reaches back without end.
pub(crate) fn segments(zone: Tz, from_ms: Option<i64>, to_ms: Option<i64>) -> Vec<Segment> {
    let from = from_ms.unwrap_or(KNOWN.0).clamp(KNOWN.0, KNOWN.1);
    let to = to_ms.unwrap_or(KNOWN.1).clamp(from, KNOWN.1);
    let mut found = vec![Segment { since_ms: i64::MIN, offset_ms: offset_at(zone, from) }];
    let mut at = from;
    while at < to {
        let next = (at + STEP_MS).min(to);
        let (before, after) = (offset_at(zone, at), offset_at(zone, next));
        if before != after {
            found.push(Segment { since_ms: change_between(zone, at, next), offset_ms: after });
        }
        at = next;
    }
    found
}

/// The first instant after `low` with the offset that holds at `high`.
fn change_between(zone: Tz, mut low: i64, mut high: i64) -> i64 {
    let before = offset_at(zone, low);
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if offset_at(zone, middle) == before {
            low = middle;
        } else {
            high = middle;
        }
    }
    high
}

/// What to add to the instant to get local time, milliseconds.
pub(crate) fn offset_at(zone: Tz, instant_ms: i64) -> i64 {
    let instant = DateTime::from_timestamp_millis(instant_ms).unwrap_or_default();
    i64::from(zone.offset_from_utc_datetime(&instant.naive_utc()).fix().local_minus_utc()) * 1000
}

/// The instant at which a local day starts: its first moment that exists.
pub(crate) fn start_of_day(zone: Tz, date: NaiveDate) -> i64 {
    let midnight = date.and_time(chrono::NaiveTime::MIN).and_utc().timestamp_millis();
    // The offset at the wanted instant is that of one of its two neighbours a day off.
    let candidates = [offset_at(zone, midnight - DAY_MS), offset_at(zone, midnight + DAY_MS)];
    let exact =
        candidates.iter().map(|offset| midnight - offset).find(|at| at + offset_at(zone, *at) == midnight);
    // Midnight is skipped by a change of clocks: the day starts at the change.
    exact.unwrap_or_else(|| {
        let early = midnight - candidates[0].max(candidates[1]);
        let late = midnight - candidates[0].min(candidates[1]);
        change_between(zone, early - 1, late)
    })
}
