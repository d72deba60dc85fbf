//! Lengths of time as authors write them: `24h`, `3wd`.

use std::fmt;

/// A length of time: elapsed, or counted only while a calendar works.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Duration {
    /// `ms s m h d`: milliseconds by the clock on the wall; a `d` is 24 hours.
    Elapsed(i64),
    /// `wh`: milliseconds of working time.
    Working(i64),
    /// `wd`: working days of the calendar's usual length.
    WorkingDays(f64),
}

/// Longest duration accepted: a hundred years of milliseconds.
const LONGEST_MS: f64 = 100.0 * 366.0 * 86_400_000.0;

impl Duration {
    /// Reads `24h`, `1.5h`, `.5s`, `10ms`, `8wh`, `3wd`.
    ///
    /// None for anything else, for negative lengths and for lengths over a century.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let split = text.find(|c: char| c.is_ascii_alphabetic())?;
        let (number, unit) = text.split_at(split);
        let plain = !number.is_empty() && number.chars().all(|c| c.is_ascii_digit() || c == '.');
        let number: f64 = if plain { number.parse().ok()? } else { return None };
        let (unit_ms, working) = match unit {
            "ms" => (1.0, false),
            "s" => (1_000.0, false),
            "m" | "min" => (60_000.0, false),
            "h" => (3_600_000.0, false),
            "d" => (86_400_000.0, false),
            "wh" => (3_600_000.0, true),
            "wd" => (86_400_000.0, true),
            _ => return None,
        };
        let length_ms = number * unit_ms;
        if !length_ms.is_finite() || length_ms > LONGEST_MS {
            return None;
        }
        Some(match (unit, working) {
            ("wd", _) => Self::WorkingDays(number),
            (_, true) => Self::Working(whole(length_ms)),
            (_, false) => Self::Elapsed(whole(length_ms)),
        })
    }

    /// True when it can only be measured with a calendar.
    pub fn needs_calendar(self) -> bool {
        match self {
            Self::Elapsed(_) => false,
            Self::Working(_) | Self::WorkingDays(_) => true,
        }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "bounded by LONGEST_MS")]
pub(crate) fn whole(ms: f64) -> i64 {
    ms.round() as i64
}

impl fmt::Display for Duration {
    /// The shortest text that reads back as the same duration.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (ms, prefix) = match *self {
            Self::WorkingDays(days) => return write!(f, "{days}wd"),
            Self::Elapsed(ms) => (ms, ""),
            Self::Working(ms) => (ms, "w"),
        };
        if prefix == "w" {
            #[expect(clippy::cast_precision_loss, reason = "bounded by LONGEST_MS")]
            return write!(f, "{}wh", ms as f64 / 3_600_000.0);
        }
        for (unit, unit_ms) in [("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1_000)] {
            if ms != 0 && ms % unit_ms == 0 {
                return write!(f, "{}{unit}", ms / unit_ms);
            }
        }
        write!(f, "{ms}ms")
    }
}
