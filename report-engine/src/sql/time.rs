//! Time in SQL: instants, local days and buckets, with the zone's offsets given as numbers.
//!
//! Local calendars are integer arithmetic on days since 1970-01-01, the same in both dialects;
//! only months ask the database, and only about UTC.

use crate::dataset::{Member, MemberType};
use crate::definition::{Granularity, WeekStart};
use crate::query::Bucket;
use crate::zone::{DAY_MS, Segment};

use super::writer::Dialect;

/// Days from 0001-01-01 to 1970-01-01: adding them makes every day we know positive, so that
/// division rounds down in both databases.
const DAYS_BEFORE_1970: i64 = 719_162;
/// 0001-01-01 and the end of 9999-12-31, UTC: what both databases can put on a calendar.
const CALENDAR: (i64, i64) = (-DAYS_BEFORE_1970 * DAY_MS, 253_402_300_799_999);

/// Dates that exist in the Gregorian calendar, as a PostgreSQL regular expression.
const DATE: &str = concat!(
    "(?:(?!0000)[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])",
    "|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))",
    "|(?!0000)(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29)",
);
const TIME: &str = "[Tt ](?:[01][0-9]|2[0-3]):[0-5][0-9](?::(?:[0-5][0-9]|60)(?:[.][0-9]+)?)?";
const OFFSET: &str = "(?:[Zz]|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])?";

/// Days since 1970 of a text that is a date, else NULL.
fn day_of_text(text: &str, dialect: Dialect) -> String {
    match dialect {
        Dialect::Sqlite => format!(
            "CASE WHEN length({text}) = 10 AND {} THEN {} END",
            starts_with_date(text),
            day_of_start(text)
        ),
        Dialect::Postgres => {
            format!("CASE WHEN {text} ~ '^{DATE}$' THEN ({text}::date - DATE '1970-01-01')::bigint END")
        }
    }
}

/// SQLite: the first ten characters are a date. Its own parser moves `2026-02-30` to March and
/// knows other spellings; both differ from what was written.
fn starts_with_date(text: &str) -> String {
    format!("{text} >= '0001' AND date(substr({text}, 1, 10), '+0 days') = substr({text}, 1, 10)")
}

fn day_of_start(text: &str) -> String {
    format!("CAST(julianday(substr({text}, 1, 10)) - 2440587.5 AS INTEGER)")
}

/// Milliseconds since 1970 of a text that is an instant or a day, as form-engine's `moment::parse`
/// reads it (RFC 3339; without offset UTC, a day alone its first instant), else NULL.
fn instant_of_text(text: &str, dialect: Dialect) -> String {
    match dialect {
        Dialect::Sqlite => instant_sqlite(text),
        Dialect::Postgres => instant_postgres(text),
    }
}

fn instant_sqlite(text: &str) -> String {
    let head = format!("(CASE WHEN substr({text}, 17, 1) = ':' THEN 19 ELSE 16 END)");
    let is_offset = format!(
        "({text} GLOB '*[-+][0-2][0-9]:[0-5][0-9]' AND substr({text}, -5, 2) <= '23' AND length({text}) > {head})"
    );
    let offset_length = format!("(CASE WHEN {text} GLOB '*[Zz]' THEN 1 WHEN {is_offset} THEN 6 ELSE 0 END)");
    let fraction = format!("substr({text}, {head} + 1, length({text}) - {head} - {offset_length})");
    let second = format!("(CASE {head} WHEN 19 THEN substr({text}, 18, 2) ELSE '00' END)");
    let is_time = format!(
        "{text} GLOB '??????????[Tt ][0-2][0-9]:[0-5][0-9]*' AND substr({text}, 12, 2) <= '23' \
         AND {second} GLOB '[0-6][0-9]' AND {second} <= '60' \
         AND ({fraction} = '' OR ({head} = 19 AND {fraction} GLOB '.[0-9]*' AND {fraction} NOT GLOB '.*[^0-9]*'))"
    );
    let number = |part: &str| format!("CAST({part} AS INTEGER)");
    let offset = format!(
        "(CASE WHEN {is_offset} THEN (CASE substr({text}, -6, 1) WHEN '-' THEN -60000 ELSE 60000 END) \
         * ({} * 60 + {}) ELSE 0 END)",
        number(&format!("substr({text}, -5, 2)")),
        number(&format!("substr({text}, -2)"))
    );
    let clock = format!(
        "{} * 3600000 + {} * 60000 + {} * 1000 + CAST(ROUND(CAST('0' || substr({fraction}, 1, 4) AS REAL) * 1000) AS INTEGER)",
        number(&format!("substr({text}, 12, 2)")),
        number(&format!("substr({text}, 15, 2)")),
        number(&second)
    );
    let (date, day) = (starts_with_date(text), day_of_start(text));
    format!(
        "CASE WHEN length({text}) = 10 AND {date} THEN {day} * {DAY_MS} \
         WHEN {date} AND {is_time} THEN {day} * {DAY_MS} + {clock} - {offset} END"
    )
}

fn instant_postgres(text: &str) -> String {
    let part = |pattern: &str| format!("substring({text} from '{pattern}')");
    let number = |pattern: &str| format!("COALESCE({}::bigint, 0)", part(pattern));
    let fraction = format!("COALESCE(rpad(left({}, 3), 3, '0')::bigint, 0)", part("[.]([0-9]+)"));
    let offset = format!(
        "(CASE {} WHEN '-' THEN -60000 ELSE 60000 END * ({} * 60 + {}))",
        part("([+-])[0-9]{2}:[0-9]{2}$"),
        number("[+-]([0-9]{2}):[0-9]{2}$"),
        number("[+-][0-9]{2}:([0-9]{2})$")
    );
    format!(
        "CASE WHEN {text} ~ '^{DATE}(?:{TIME}{OFFSET})?$' \
         THEN (left({text}, 10)::date - DATE '1970-01-01')::bigint * {DAY_MS} + {} * 3600000 + {} * 60000 \
         + {} * 1000 + {fraction} - {offset} END",
        number("^.{11}([0-9]{2})"),
        number("^.{14}([0-9]{2})"),
        number("^.{16}:([0-9]{2})")
    )
}

/// The value a date or instant is ordered and counted by: days, or milliseconds, since 1970.
pub(crate) fn number_of(member: &Member, value: &str, dialect: Dialect) -> String {
    if member.is_stored_instant() {
        value.to_owned()
    } else if member.kind == MemberType::Date {
        day_of_text(value, dialect)
    } else {
        instant_of_text(value, dialect)
    }
}

/// Local time of an instant as milliseconds: the instant plus the offset that holds then.
fn local(instant: &str, segments: &[Segment]) -> String {
    let (first, last) = CALENDAR;
    let offset = offset(instant, segments);
    format!("(CASE WHEN {instant} BETWEEN {first} AND {last} THEN {instant} + {offset} END)")
}

/// A binary tree of comparisons: a zone with summer time has hundreds of segments.
fn offset(instant: &str, segments: &[Segment]) -> String {
    match segments {
        [] => "0".to_owned(),
        [only] => only.offset_ms.to_string(),
        several => {
            let (early, late) = several.split_at(several.len() / 2);
            let since = late.first().map_or(0, |segment| segment.since_ms);
            format!(
                "(CASE WHEN {instant} < {since} THEN {} ELSE {} END)",
                offset(instant, early),
                offset(instant, late)
            )
        }
    }
}

/// Days since 1970 of a local time in milliseconds.
fn day_of_local(local: &str) -> String {
    format!("(({local} + {}) / {DAY_MS} - {DAYS_BEFORE_1970})", DAYS_BEFORE_1970 * DAY_MS)
}

/// The bucket of a member's number: milliseconds of an instant, or a day.
pub(crate) fn bucket(bucket: &Bucket, kind: MemberType, value: &str, dialect: Dialect) -> String {
    if bucket.granularity == Granularity::Hour {
        return hour_of(value, &local(value, &bucket.segments));
    }
    bucket_of_day(bucket, &day(bucket, kind, value), dialect)
}

/// The local day of a member's number.
pub(crate) fn day(bucket: &Bucket, kind: MemberType, value: &str) -> String {
    if kind == MemberType::Date {
        return value.to_owned();
    }
    day_of_local(&local(value, &bucket.segments))
}

/// The bucket of a local day: its first day, or the number of its first month.
pub(crate) fn bucket_of_day(bucket: &Bucket, day: &str, dialect: Dialect) -> String {
    match bucket.granularity {
        Granularity::Hour | Granularity::Day => day.to_owned(),
        Granularity::Week => {
            // 1969-12-29 was a Monday; the sum is a multiple of seven, so the division counts weeks.
            let first = match bucket.week_start {
                WeekStart::Monday => -3,
                WeekStart::Sunday => -4,
                WeekStart::Saturday => -5,
            };
            let weeks_before = DAYS_BEFORE_1970 + 7 - DAYS_BEFORE_1970 % 7;
            format!("(({day} - {first} + {weeks_before}) / 7 * 7 - {weeks_before} + {first})")
        }
        Granularity::Month => month(day, dialect),
        Granularity::Quarter => format!("({} / 3 * 3)", month(day, dialect)),
        Granularity::Year => format!("({} / 12 * 12)", month(day, dialect)),
    }
}

/// Months since the year 0.
fn month(day: &str, dialect: Dialect) -> String {
    match dialect {
        Dialect::Sqlite => {
            let part =
                |format: &str| format!("CAST(strftime('{format}', {day} * 86400, 'unixepoch') AS INTEGER)");
            format!("({} * 12 + {} - 1)", part("%Y"), part("%m"))
        }
        Dialect::Postgres => {
            let date = format!("(DATE '1970-01-01' + ({day})::integer)");
            let part = |field: &str| format!("EXTRACT({field} FROM {date})::bigint");
            format!("({} * 12 + {} - 1)", part("YEAR"), part("MONTH"))
        }
    }
}

/// The instant a local hour starts.
fn hour_of(instant: &str, local: &str) -> String {
    format!("({instant} - ({local} + {}) % 3600000)", DAYS_BEFORE_1970 * DAY_MS)
}

/// True when rows are grouped by months, so that a period of whole months moves by months.
pub(crate) fn counts_months(granularity: Granularity) -> bool {
    match granularity {
        Granularity::Hour | Granularity::Day | Granularity::Week => false,
        Granularity::Month | Granularity::Quarter | Granularity::Year => true,
    }
}
