//! Working time: a zone, spans of each weekday, holidays and make-up working days.
//!
//! Answers two questions, exactly, in any time zone and across its clock changes: how much
//! working time lies between two instants, and at which instant a given amount is used up.
//! Does not know what is being measured.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, Days, NaiveDate, Offset, TimeZone};
use chrono_tz::Tz;
use form_engine::{Problem, Text};
use indexmap::IndexMap;
use serde_json::Value;

use crate::duration::Duration;

mod official;
mod parse;

pub use official::{Decree, Holiday};

const DAY_MS: i64 = 86_400_000;
const MINUTE_MS: i64 = 60_000;
/// Days looked at before giving up on a calendar that (nearly) never works.
const HORIZON_DAYS: u32 = 366 * 20;

/// A team's working time, checked and ready to measure with.
#[derive(Debug, Clone, PartialEq)]
pub struct Calendar {
    key: String,
    title: Text,
    zone: Tz,
    /// Monday first.
    week: [Vec<Span>; 7],
    /// Dates that do not follow their weekday: holidays (no spans) and make-up days.
    special: BTreeMap<NaiveDate, Vec<Span>>,
    usual_day_ms: i64,
}

/// Part of a local day, in minutes after its midnight; `end` is not included.
///
/// Invariant: `start < end <= 1440`, and the spans of a day are in order and do not touch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Span {
    start: u16,
    end: u16,
}

impl Calendar {
    /// Reads a calendar document (`formats.md` §7).
    ///
    /// ```json
    /// {"kind": "calendar", "key": "work", "time_zone": "Asia/Shanghai",
    ///  "week": {"mon": [["09:00", "12:00"], ["13:30", "18:00"]]},
    ///  "holidays": ["2026-10-01"], "workdays": ["2026-10-10"]}
    /// ```
    ///
    /// A make-up day works the spans of its own weekday where it has some, else those of the most
    /// usual day; `{"date": …, "spans": […]}` gives its own. `"official": "cn"` (or `"cn-2026"`, or a list) takes over
    /// official holidays and make-up days; the document's own dates go before them.
    ///
    /// # Errors
    ///
    /// Every problem of the document; never an empty list.
    pub fn parse(document: &Value) -> Result<Self, Vec<Problem>> {
        parse::calendar(document)
    }

    /// A calendar that ships with the engine: `cn` has every year that was decreed so far, `cn-2026` one year.
    pub fn official(key: &str) -> Option<&'static Self> {
        official::calendar(key)
    }

    /// The documents that decreed what an official calendar says; none when there is no such calendar.
    pub fn decrees(key: &str) -> Option<Vec<&'static Decree>> {
        official::decrees(key)
    }

    /// Keys of the calendars that ship with the engine.
    pub fn official_keys() -> impl Iterator<Item = &'static str> {
        official::keys()
    }

    /// Its key.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Its name for people.
    pub fn title(&self) -> &Text {
        &self.title
    }

    /// Its time zone.
    pub fn zone(&self) -> Tz {
        self.zone
    }

    /// What `1wd` means: the most frequent length of a working day in the week.
    pub fn usual_day_ms(&self) -> i64 {
        self.usual_day_ms
    }

    /// Working time in `[from_ms, to_ms)`; 0 when they are not in order.
    pub fn worked_ms(&self, from_ms: i64, to_ms: i64) -> i64 {
        let Some(first) = self.day_before(from_ms) else { return 0 };
        let mut worked = 0;
        for date in days_from(first) {
            if utc_midnight_ms(date) - DAY_MS > to_ms {
                break;
            }
            self.each_interval(date, |start, end| {
                worked += (end.min(to_ms) - start.max(from_ms)).max(0);
            });
        }
        worked
    }

    /// The first instant at which `need_ms` of working time have passed since `from_ms`.
    ///
    /// None when that does not happen within twenty years.
    pub fn due_ms(&self, from_ms: i64, need_ms: i64) -> Option<i64> {
        if need_ms <= 0 {
            return Some(from_ms);
        }
        let mut left = need_ms;
        let mut due = None;
        for date in days_from(self.day_before(from_ms)?) {
            self.each_interval(date, |start, end| {
                let start = start.max(from_ms);
                if due.is_some() || end <= start {
                    return;
                }
                if left <= end - start {
                    due = Some(start + left);
                } else {
                    left -= end - start;
                }
            });
            if due.is_some() {
                break;
            }
        }
        due
    }

    /// True while the calendar works.
    pub fn works_at(&self, now_ms: i64) -> bool {
        self.worked_ms(now_ms, now_ms + 1) == 1
    }

    /// `duration` as an amount this calendar can count.
    pub fn amount_ms(&self, duration: Duration) -> i64 {
        match duration {
            Duration::Elapsed(ms) | Duration::Working(ms) => ms,
            #[expect(clippy::cast_precision_loss, reason = "at most the milliseconds of one day")]
            Duration::WorkingDays(days) => crate::duration::whole(days * self.usual_day_ms as f64),
        }
    }

    fn spans(&self, date: NaiveDate) -> &[Span] {
        let weekday = &self.week[date.weekday().num_days_from_monday() as usize];
        self.special.get(&date).unwrap_or(weekday)
    }

    /// The date to begin at so that no interval after `from_ms` is missed.
    fn day_before(&self, from_ms: i64) -> Option<NaiveDate> {
        let instant = DateTime::from_timestamp_millis(from_ms)?;
        instant.with_timezone(&self.zone).date_naive().checked_sub_days(Days::new(1))
    }

    /// Calls `take` with each working interval of the local day `date`, as unix milliseconds, in order.
    ///
    /// A minute of universal time belongs to a span when its local time does: what a clock change
    /// skips is not worked, what it repeats is worked twice.
    fn each_interval(&self, date: NaiveDate, mut take: impl FnMut(i64, i64)) {
        let spans = self.spans(date);
        if spans.is_empty() {
            return;
        }
        let midnight = utc_midnight_ms(date);
        // Local midnight lies within a day of the universal one, whatever the zone.
        let (from, to) = (midnight - DAY_MS, midnight + 2 * DAY_MS);
        let (before, after) = (self.offset_ms(from), self.offset_ms(to));
        if before == after && self.offset_ms(midnight + DAY_MS / 2) == before {
            for span in spans {
                take(midnight + span.start_ms() - before, midnight + span.end_ms() - before);
            }
            return;
        }
        for (piece_start, piece_end, offset) in self.pieces(from, to) {
            for span in spans {
                let start = (midnight + span.start_ms() - offset).max(piece_start);
                let end = (midnight + span.end_ms() - offset).min(piece_end);
                if start < end {
                    take(start, end);
                }
            }
        }
    }

    /// `[from, to)` cut where the zone's offset changes.
    fn pieces(&self, from: i64, to: i64) -> Vec<(i64, i64, i64)> {
        const STRIDE_MS: i64 = 6 * 3_600_000;
        let mut pieces = Vec::new();
        let (mut start, mut offset, mut at) = (from, self.offset_ms(from), from);
        while at < to {
            let next = (at + STRIDE_MS).min(to);
            if self.offset_ms(next) != offset {
                let change = self.change_between(at, next, offset);
                pieces.push((start, change, offset));
                (start, offset) = (change, self.offset_ms(change));
                at = change;
            } else {
                at = next;
            }
        }
        pieces.push((start, to, offset));
        pieces
    }

    /// The first instant after `before` at which the offset is no longer `offset`.
    fn change_between(&self, mut before: i64, mut after: i64, offset: i64) -> i64 {
        while after - before > 1 {
            let middle = before + (after - before) / 2;
            if self.offset_ms(middle) == offset { before = middle } else { after = middle }
        }
        after
    }

    /// Local minus universal time at an instant.
    fn offset_ms(&self, at_ms: i64) -> i64 {
        let Some(instant) = DateTime::from_timestamp_millis(at_ms) else { return 0 };
        i64::from(self.zone.offset_from_utc_datetime(&instant.naive_utc()).fix().local_minus_utc()) * 1_000
    }
}

impl Span {
    fn start_ms(self) -> i64 {
        i64::from(self.start) * MINUTE_MS
    }

    fn end_ms(self) -> i64 {
        i64::from(self.end) * MINUTE_MS
    }

    fn length_ms(self) -> i64 {
        self.end_ms() - self.start_ms()
    }
}

fn days_from(first: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    first.iter_days().take(HORIZON_DAYS as usize)
}

fn utc_midnight_ms(date: NaiveDate) -> i64 {
    i64::from(date.num_days_from_ce() - UNIX_EPOCH_DAY) * DAY_MS
}

/// Days from the common era's first to 1970-01-01.
const UNIX_EPOCH_DAY: i32 = 719_163;

/// The calendars a flow may name, by key.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Calendars {
    by_key: IndexMap<String, Calendar>,
}

impl Calendars {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one, replacing another of the same key.
    pub fn insert(&mut self, calendar: Calendar) {
        self.by_key.insert(calendar.key.clone(), calendar);
    }

    /// The calendar with this key: one that was added, else the official one.
    pub fn get(&self, key: &str) -> Option<&Calendar> {
        self.by_key.get(key).or_else(|| Calendar::official(key))
    }

    /// Keys of those that were added.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.by_key.keys().map(String::as_str)
    }
}

impl FromIterator<Calendar> for Calendars {
    fn from_iter<I: IntoIterator<Item = Calendar>>(calendars: I) -> Self {
        let mut all = Self::new();
        for calendar in calendars {
            all.insert(calendar);
        }
        all
    }
}
