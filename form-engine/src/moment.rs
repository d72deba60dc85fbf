//! Instants and calendar days as documents write them (RFC 3339).
//!
//! Arithmetic on the proleptic Gregorian calendar, in UTC; it knows no time zones
//! but the offset that stands in the text, and never asks what time it is.

/// Milliseconds of a day.
pub const DAY_MS: i64 = 86_400_000;

/// Unix milliseconds of `2026-03-01`, `2026-03-01T08:00`, `2026-03-01T08:00:00.5+08:00`.
///
/// Without an offset the text is taken as UTC, a day alone as its first instant.
pub fn parse(text: &str) -> Option<i64> {
    let (day, rest) = text.split_at_checked(10)?;
    let midnight = parse_day(day)?.checked_mul(DAY_MS)?;
    if rest.is_empty() {
        return Some(midnight);
    }
    let rest = rest.strip_prefix(['T', 't', ' '])?;
    let (time, offset_ms) = split_offset(rest)?;
    Some(midnight + parse_time(time)? - offset_ms)
}

/// The day number (days since 1970-01-01) of `2026-03-01`.
pub fn parse_day(text: &str) -> Option<i64> {
    let bytes = text.as_bytes();
    if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    let (year, month, day) = (digits(&text[..4])?, digits(&text[5..7])?, digits(&text[8..])?);
    let valid = (1..=12).contains(&month) && (1..=days_in_month(year, month)).contains(&day);
    valid.then(|| day_number(year, month, day))
}

/// Milliseconds since midnight of `08:00`, `08:00:00` or `08:00:00.125`.
pub fn parse_time(text: &str) -> Option<i64> {
    let (clock, fraction) = text.split_once('.').map_or((text, ""), |(clock, fraction)| (clock, fraction));
    let mut parts = clock.split(':');
    let (hour, minute) = (two(parts.next()?)?, two(parts.next()?)?);
    let second = parts.next().map_or(Some(0), two)?;
    let fraction_fine =
        fraction.is_empty() != text.contains('.') && fraction.bytes().all(|b| b.is_ascii_digit());
    // A leap second (23:59:60) is written as the last of its minute.
    if parts.next().is_some() || hour > 23 || minute > 59 || second > 60 || !fraction_fine {
        return None;
    }
    let millis =
        fraction.bytes().chain(*b"000").take(3).fold(0, |sum, byte| sum * 10 + i64::from(byte - b'0'));
    Some(((hour * 60 + minute) * 60 + second) * 1000 + millis)
}

/// `2026-03-01T00:00:00Z`, with milliseconds only where there are some.
pub fn format(unix_ms: i64) -> String {
    let (day, within) = (unix_ms.div_euclid(DAY_MS), unix_ms.rem_euclid(DAY_MS));
    let (seconds, millis) = (within / 1000, within % 1000);
    let fraction = if millis == 0 { String::new() } else { format!(".{millis:03}") };
    format!(
        "{}T{:02}:{:02}:{:02}{fraction}Z",
        format_day(day),
        seconds / 3600,
        seconds / 60 % 60,
        seconds % 60
    )
}

/// `2026-03-01` of a day number.
pub fn format_day(day: i64) -> String {
    let (year, month, day) = civil(day);
    format!("{year:04}-{month:02}-{day:02}")
}

/// Days since 1970-01-01 of a date (Howard Hinnant's `days_from_civil`).
pub fn day_number(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// Year, month and day of a day number (`civil_from_days`).
pub fn civil(day: i64) -> (i64, i64, i64) {
    let day = day + 719_468;
    let (era, of_era) = (day.div_euclid(146_097), day.rem_euclid(146_097));
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let (month_number, day) =
        (if month < 10 { month + 3 } else { month - 9 }, of_year - (153 * month + 2) / 5 + 1);
    (year + era * 400 + i64::from(month_number <= 2), month_number, day)
}

/// 28 to 31.
pub fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn split_offset(text: &str) -> Option<(&str, i64)> {
    if let Some(time) = text.strip_suffix(['Z', 'z']) {
        return Some((time, 0));
    }
    let Some(at) = text.rfind(['+', '-']) else { return Some((text, 0)) };
    let (hours, minutes) = text[at + 1..].split_once(':')?;
    let (hours, minutes) = (two(hours)?, two(minutes)?);
    let size = (hours < 24 && minutes < 60).then_some((hours * 60 + minutes) * 60_000)?;
    Some((&text[..at], if text[at..].starts_with('-') { -size } else { size }))
}

fn two(text: &str) -> Option<i64> {
    if text.len() == 2 { digits(text) } else { None }
}

fn digits(text: &str) -> Option<i64> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
}
