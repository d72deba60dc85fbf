//! How a serial number is written: a pattern with the day and a counter in it.
//!
//! Pure: which day it is, and the next number of a period, the caller knows.

use std::fmt::Write;

/// A pattern such as `CS-{yyyy}{MM}{dd}-{n:4}`, and when its counter starts again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Serial {
    parts: Vec<Part>,
    reset: Reset,
}

/// When a counter starts again at 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reset {
    /// Never.
    Never,
    /// With each year.
    Year,
    /// With each month.
    Month,
    /// With each day.
    Day,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(String),
    Year,
    ShortYear,
    Month,
    Day,
    /// Digits at least, zeros in front.
    Counter(usize),
}

impl Serial {
    /// Reads a pattern.
    ///
    /// # Errors
    ///
    /// What is wrong with it, for its author.
    pub fn parse(pattern: &str, reset: Reset) -> Result<Self, String> {
        let mut parts = Vec::new();
        let mut rest = pattern;
        while let Some((text, behind)) = rest.split_once('{') {
            let Some((hole, after)) = behind.split_once('}') else {
                return Err("a brace of the pattern does not close".to_owned());
            };
            if !text.is_empty() {
                parts.push(Part::Text(text.to_owned()));
            }
            parts.push(Part::parse(hole)?);
            rest = after;
        }
        if !rest.is_empty() {
            parts.push(Part::Text(rest.to_owned()));
        }
        if pattern.len() > 100 {
            return Err("a pattern has at most 100 characters".to_owned());
        }
        let serial = Self { parts, reset };
        serial.tells_numbers_apart()?;
        Ok(serial)
    }

    /// Two numbers of one form must never be the same.
    fn tells_numbers_apart(&self) -> Result<(), String> {
        let holds = |wanted: &Part| self.parts.contains(wanted);
        let counters = self.parts.iter().filter(|part| matches!(part, Part::Counter(_))).count();
        if counters != 1 {
            return Err("a pattern holds the counter `{n}` once".to_owned());
        }
        let year = holds(&Part::Year) || holds(&Part::ShortYear);
        let told = match self.reset {
            Reset::Never => true,
            Reset::Year => year,
            Reset::Month => year && holds(&Part::Month),
            Reset::Day => year && holds(&Part::Month) && holds(&Part::Day),
        };
        if told {
            Ok(())
        } else {
            Err("a counter that starts again needs the date in the pattern".to_owned())
        }
    }

    /// The period that `day` (`2026-03-01`, local) falls in: submissions of one period share a counter.
    pub fn period<'d>(&self, day: &'d str) -> &'d str {
        let length = match self.reset {
            Reset::Never => 0,
            Reset::Year => 4,
            Reset::Month => 7,
            Reset::Day => 10,
        };
        day.get(..length).unwrap_or(day)
    }

    /// The number `counter` of the period of `day` (`2026-03-01`, local).
    pub fn write(&self, counter: u64, day: &str) -> String {
        let mut written = String::new();
        let of_day = |range: std::ops::Range<usize>| day.get(range).unwrap_or("");
        for part in &self.parts {
            match part {
                Part::Text(text) => written.push_str(text),
                Part::Year => written.push_str(of_day(0..4)),
                Part::ShortYear => written.push_str(of_day(2..4)),
                Part::Month => written.push_str(of_day(5..7)),
                Part::Day => written.push_str(of_day(8..10)),
                // Writing to a `String` cannot fail.
                Part::Counter(digits) => drop(write!(written, "{counter:0digits$}")),
            }
        }
        written
    }
}

impl Part {
    fn parse(hole: &str) -> Result<Self, String> {
        match hole {
            "yyyy" => Ok(Self::Year),
            "yy" => Ok(Self::ShortYear),
            "MM" => Ok(Self::Month),
            "dd" => Ok(Self::Day),
            "n" => Ok(Self::Counter(1)),
            other => match other.strip_prefix("n:").and_then(|digits| digits.parse().ok()) {
                Some(digits) if (1..=12).contains(&digits) => Ok(Self::Counter(digits)),
                Some(_) | None => Err(format!(
                    "`{{{other}}}` means nothing; expected `{{yyyy}}`, `{{yy}}`, `{{MM}}`, `{{dd}}`, `{{n}}` or `{{n:4}}`"
                )),
            },
        }
    }
}
