//! Times, numbers and stored values as a person reads them. Pure: language, time and zone are given.

use api_types::FieldView;
use serde_json::Value;

use crate::i18n::{Language, Message, common, fill_in};

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Unix milliseconds of an RFC 3339 instant in UTC or with an offset.
#[must_use]
pub fn parse_ms(text: &str) -> Option<i64> {
    let number = |range: std::ops::Range<usize>| text.get(range)?.parse::<i64>().ok();
    let (year, month, day) = (number(0..4)?, number(5..7)?, number(8..10)?);
    let (hour, minute, second) = (number(11..13)?, number(14..16)?, number(17..19)?);
    let rest = text.get(19..)?;
    let zone_at = rest.find(['Z', 'z', '+', '-'])?;
    let fraction: i64 = match rest.get(..zone_at)?.strip_prefix('.') {
        Some(digits) => format!("{:0<3}", digits.get(..digits.len().min(3))?).parse().ok()?,
        None => 0,
    };
    let zone = rest.get(zone_at..)?;
    let offset = match zone.as_bytes().first()? {
        b'Z' | b'z' => 0,
        sign => {
            let minutes = zone.get(1..3)?.parse::<i64>().ok()? * 60 + zone.get(4..6)?.parse::<i64>().ok()?;
            if *sign == b'-' { -minutes } else { minutes }
        }
    };
    let seconds = (days_from_civil(year, month, day) * 24 + hour) * 3600 + minute * 60 + second - offset * 60;
    Some(seconds * 1000 + fraction)
}

/// A local calendar day and time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// Year.
    pub year: i64,
    /// 1–12
    pub month: i64,
    /// 1–31
    pub day: i64,
    /// 0–23
    pub hour: i64,
    /// 0–59
    pub minute: i64,
}

impl Moment {
    /// The moment `ms` where clocks are `offset_minutes` ahead of UTC.
    #[must_use]
    pub fn at(ms: i64, offset_minutes: i32) -> Self {
        let local = ms + i64::from(offset_minutes) * MINUTE;
        let (year, month, day) = civil_from_days(local.div_euclid(DAY));
        let rest = local.rem_euclid(DAY);
        Self { year, month, day, hour: rest / HOUR, minute: rest % HOUR / MINUTE }
    }

    /// `11月23日` or `23 Nov`, with the year when it is not `this_year`.
    #[must_use]
    pub fn day_in(self, language: Language, this_year: i64) -> String {
        let message = if self.year == this_year { common::MONTH_DAY } else { common::YEAR_MONTH_DAY };
        let name = MONTHS[usize::try_from(self.month - 1).unwrap_or(0).min(11)];
        fill_in(
            message,
            language,
            &[
                ("year", &self.year.to_string()),
                ("month", &self.month.to_string()),
                ("day", &self.day.to_string()),
                ("name", name),
            ],
        )
    }

    /// `23:05`
    #[must_use]
    pub fn time(self) -> String {
        format!("{:02}:{:02}", self.hour, self.minute)
    }

    /// `2026-11-23 23:05`: for tables and titles.
    #[must_use]
    pub fn full(self) -> String {
        format!("{:04}-{:02}-{:02} {}", self.year, self.month, self.day, self.time())
    }
}

/// Howard Hinnant's `days_from_civil`: days since 1970-01-01 of a Gregorian date.
#[must_use]
pub fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year - era * 400;
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// The reverse: year, month, day.
#[must_use]
pub fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days - era * 146_097;
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, of_year - (153 * shifted + 2) / 5 + 1)
}

/// `3 分钟前`; beyond a week the day.
#[must_use]
pub fn ago(ms: i64, now: i64, offset_minutes: i32, language: Language) -> String {
    let passed = now - ms;
    let with = |message: Message, count: i64| fill_in(message, language, &[("n", &count.to_string())]);
    if passed < MINUTE {
        common::NOW.in_language(language).to_owned()
    } else if passed < HOUR {
        with(common::MINUTES_AGO, passed / MINUTE)
    } else if passed < DAY {
        with(common::HOURS_AGO, passed / HOUR)
    } else if passed < 7 * DAY {
        with(common::DAYS_AGO, passed / DAY)
    } else {
        Moment::at(ms, offset_minutes).day_in(language, Moment::at(now, offset_minutes).year)
    }
}

/// How long until `due`, or how long past it: `剩 3 小时 20 分`.
#[must_use]
pub fn countdown(due: i64, now: i64, language: Language) -> String {
    let late = due < now;
    let span = (due - now).abs();
    let pick = |left: Message, past: Message| if late { past } else { left };
    let (message, values): (Message, Vec<(&str, i64)>) = if span < HOUR {
        (pick(common::LEFT_MINUTES, common::LATE_MINUTES), vec![("m", span / MINUTE)])
    } else if span < DAY {
        (pick(common::LEFT_HOURS, common::LATE_HOURS), vec![("h", span / HOUR), ("m", span % HOUR / MINUTE)])
    } else {
        (pick(common::LEFT_DAYS, common::LATE_DAYS), vec![("d", span / DAY), ("h", span % DAY / HOUR)])
    };
    let words: Vec<(&str, String)> =
        values.into_iter().map(|(name, value)| (name, value.to_string())).collect();
    let values: Vec<(&str, &str)> = words.iter().map(|(name, value)| (*name, value.as_str())).collect();
    fill_in(message, language, &values)
}

/// A number with thousands marks and at most `decimals` decimals, no trailing zeros.
#[must_use]
pub fn number(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    let (sign, text) = text.strip_prefix('-').map_or(("", text.as_str()), |rest| ("-", rest));
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits: Vec<char> = whole.chars().collect();
    let mut grouped = String::new();
    for (index, digit) in digits.iter().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(*digit);
    }
    let part = part.trim_end_matches('0');
    let sign = if grouped == "0" && part.is_empty() { "" } else { sign };
    if part.is_empty() { format!("{sign}{grouped}") } else { format!("{sign}{grouped}.{part}") }
}

/// `12.5%` of 0.125.
#[must_use]
pub fn percent(value: f64) -> String {
    format!("{}%", number(value * 100.0, 1))
}

/// A stored value as its field shows it: labels of choices, words for yes and no, lists joined.
#[must_use]
pub fn value(field: &FieldView, value: &Value, language: Language) -> String {
    match value {
        Value::Null => String::new(),
        Value::Array(items) => {
            let words: Vec<String> = items.iter().map(|item| self::value(field, item, language)).collect();
            words.join(if language == Language::Zh { "、" } else { ", " })
        }
        Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            match field.options.iter().find(|option| option.value == *value) {
                Some(option) => option.label.clone(),
                None => bare(value, language),
            }
        }
        Value::Object(_) => value.to_string(),
    }
}

/// A value without a field.
#[must_use]
pub fn bare(value: &Value, language: Language) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(yes) => if *yes { common::YES } else { common::NO }.in_language(language).to_owned(),
        Value::Number(number) => {
            number.as_f64().map_or_else(|| number.to_string(), |value| self::number(value, 4))
        }
        Value::String(text) => text.clone(),
        Value::Array(_) | Value::Object(_) => value.to_string(),
    }
}

/// Browser and system of a user agent, as their owner would name them: `Chrome · Windows`.
pub fn browser_name(agent: &str) -> Option<String> {
    // The more particular first: every one of them also claims to be one of those below it.
    const BROWSERS: [(&str, &str); 9] = [
        ("MicroMessenger", "WeChat"),
        ("DingTalk", "DingTalk"),
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("FxiOS/", "Firefox"),
        ("CriOS/", "Chrome"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ];
    const SYSTEMS: [(&str, &str); 7] = [
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("CrOS", "ChromeOS"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ];
    let named = |names: &[(&str, &'static str)]| {
        names.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name)
    };
    match (named(&BROWSERS), named(&SYSTEMS)) {
        (Some(browser), Some(system)) => Some(format!("{browser} · {system}")),
        (Some(one), None) | (None, Some(one)) => Some(one.to_owned()),
        (None, None) => None,
    }
}

/// `#102`, as mails and timelines have it.
#[must_use]
pub fn case_number(number: u64) -> String {
    format!("#{number}")
}

/// Where a submission came in.
#[must_use]
pub fn channel(channel: &str) -> Option<Message> {
    Some(match channel {
        "web" => common::CHANNEL_WEB,
        "api" => common::CHANNEL_API,
        "staff" => common::CHANNEL_STAFF,
        "import" => common::CHANNEL_IMPORT,
        "flow" => common::CHANNEL_FLOW,
        "phone" => common::CHANNEL_PHONE,
        "sample" => common::CHANNEL_SAMPLE,
        _ => return None,
    })
}

/// One line of CSV: quoted where needed (RFC 4180 §2).
#[must_use]
pub fn csv_line(cells: &[String]) -> String {
    let quoted: Vec<String> = cells
        .iter()
        .map(|cell| {
            if cell.contains([',', '"', '\n', '\r']) {
                format!("\"{}\"", cell.replace('"', "\"\""))
            } else {
                cell.clone()
            }
        })
        .collect();
    quoted.join(",") + "\r\n"
}
