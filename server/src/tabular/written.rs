//! Values as people write them: numbers, truths, days and times of day.
//!
//! A text is a value only if nothing is lost by taking it for one: `007` stays a text, and so does a
//! number of more digits than a spreadsheet or a double can keep.

use form_engine::moment;

/// Digits that survive in a double and in every spreadsheet.
const SAFE_DIGITS: usize = 15;

/// A whole number of at most 15 digits, without leading zeros.
pub fn integer(text: &str) -> Option<i64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let padded = digits.len() > 1 && digits.starts_with('0');
    if !plain || padded || digits.len() > SAFE_DIGITS || text == "-0" {
        return None;
    }
    text.parse().ok()
}

/// A decimal number of at most 15 significant digits, perhaps with an exponent.
pub fn number(text: &str) -> Option<f64> {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let (whole, fraction) =
        mantissa.split_once('.').map_or((mantissa, None), |(whole, rest)| (whole, Some(rest)));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let fine = digits(whole)
        && fraction.is_none_or(digits)
        && exponent.is_none_or(|exponent| digits(exponent.trim_start_matches(['+', '-'])))
        && !(whole.len() > 1 && whole.starts_with('0'))
        && whole.trim_start_matches('0').len() + fraction.map_or(0, str::len) <= SAFE_DIGITS + 2;
    fine.then(|| text.parse().ok()).flatten().filter(|number: &f64| number.is_finite())
}

/// `true` or `false`, in whatever case.
pub fn truth(text: &str) -> Option<bool> {
    if text.eq_ignore_ascii_case("true") {
        Some(true)
    } else if text.eq_ignore_ascii_case("false") {
        Some(false)
    } else {
        None
    }
}

/// A day as `2026-03-01`, of `2026-03-01`, `2026/3/1`, `2026.3.1` or `2026年3月1日`.
pub fn day(text: &str) -> Option<String> {
    if let Some(rest) = text.strip_suffix('日') {
        let (year, rest) = rest.split_once('年')?;
        let (month, day) = rest.split_once('月')?;
        return civil(year, month, day);
    }
    let separator = ['-', '/', '.'].into_iter().find(|separator| text.contains(*separator))?;
    let mut parts = text.split(separator);
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    civil(year, month, day)
}

fn civil(year: &str, month: &str, day: &str) -> Option<String> {
    let number = |text: &str, most: usize| {
        let fine = (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        fine.then(|| text.parse::<i64>().ok()).flatten()
    };
    let (year, month, day) =
        (number(year, 4).filter(|year| *year >= 1_000)?, number(month, 2)?, number(day, 2)?);
    let fine = (1..=12).contains(&month) && (1..=moment::days_in_month(year, month)).contains(&day);
    fine.then(|| format!("{year:04}-{month:02}-{day:02}"))
}

/// A day and a time of day, perhaps with an offset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instant {
    /// Milliseconds since 1970, of the local time when there is no offset.
    pub ms: i64,
    /// Whether the text names its offset.
    pub has_offset: bool,
}

/// `2026-03-01 08:30`, `2026/3/1 8:30:00`, `2026-03-01T08:30:00.5+08:00`, `2026年3月1日 8:30`.
pub fn instant(text: &str) -> Option<Instant> {
    let (date, rest) = text.split_once(['T', 't', ' '])?;
    let date = day(date)?;
    let rest = rest.trim_start();
    // `8:30` is `08:30`.
    let padded = if rest.find(':') == Some(1) { format!("0{rest}") } else { rest.to_owned() };
    let ms = moment::parse(&format!("{date}T{padded}"))?;
    let has_offset = padded.ends_with(['Z', 'z']) || padded.contains('+') || padded.contains('-');
    Some(Instant { ms, has_offset })
}
