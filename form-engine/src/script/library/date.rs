//! Functions on days and instants, written as texts. UTC; no clock: a script is told what time it is, if at all.

use rhai::{Engine, FLOAT};

use super::Fails;
use super::text::shortened;
use crate::moment::{self, DAY_MS};

/// Instants beyond the year 9999 have no text.
const RANGE_MS: std::ops::RangeInclusive<i64> = -62_135_596_800_000..=253_402_300_799_999;

pub(super) fn register(engine: &mut Engine) {
    part(engine, "year", |ms| moment::civil(ms.div_euclid(DAY_MS)).0);
    part(engine, "month", |ms| moment::civil(ms.div_euclid(DAY_MS)).1);
    part(engine, "day", |ms| moment::civil(ms.div_euclid(DAY_MS)).2);
    part(engine, "hour", |ms| ms.rem_euclid(DAY_MS) / 3_600_000);
    part(engine, "minute", |ms| ms.rem_euclid(3_600_000) / 60_000);
    // Monday is 1, Sunday 7 (ISO 8601); 1970-01-01 was a Thursday.
    part(engine, "weekday", |ms| (ms.div_euclid(DAY_MS) + 3).rem_euclid(7) + 1);
    part(engine, "timestamp", |ms| ms);
    engine.register_fn("date", |text: &str| {
        Ok::<_, Box<rhai::EvalAltResult>>(moment::format_day(at(text)?.div_euclid(DAY_MS)))
    });
    engine.register_fn("instant", |ms: FLOAT| write(ms as i64, false));
    moved(engine, "add_days", |ms, n| ms.checked_add((n * DAY_MS as FLOAT) as i64));
    moved(engine, "add_hours", |ms, n| ms.checked_add((n * 3_600_000.0) as i64));
    moved(engine, "add_minutes", |ms, n| ms.checked_add((n * 60_000.0) as i64));
    moved(engine, "add_months", |ms, n| add_months(ms, n as i64));
    moved(engine, "add_years", |ms, n| add_months(ms, (n as i64).checked_mul(12)?));
    between(engine, "days_between", |a, b| (b.div_euclid(DAY_MS) - a.div_euclid(DAY_MS)) as FLOAT);
    between(engine, "hours_between", |a, b| (b - a) as FLOAT / 3_600_000.0);
    between(engine, "minutes_between", |a, b| (b - a) as FLOAT / 60_000.0);
    between(engine, "months_between", |a, b| whole_months(a, b) as FLOAT);
    between(engine, "years_between", |a, b| (whole_months(a, b) / 12) as FLOAT);
}

fn part(engine: &mut Engine, name: &str, of: fn(i64) -> i64) {
    engine.register_fn(name, move |text: &str| at(text).map(|ms| of(ms) as FLOAT));
}

fn between(engine: &mut Engine, name: &str, of: fn(i64, i64) -> FLOAT) {
    engine.register_fn(name, move |a: &str, b: &str| Ok::<_, Box<rhai::EvalAltResult>>(of(at(a)?, at(b)?)));
}

/// A day stays a day unless the sum has hours.
fn moved(engine: &mut Engine, name: &str, by: fn(i64, FLOAT) -> Option<i64>) {
    engine.register_fn(name, move |text: &str, n: FLOAT| {
        let sum = by(at(text)?, n.clamp(-1e9, 1e9)).ok_or("a date lies too far away")?;
        write(sum, text.len() == 10)
    });
}

fn at(text: &str) -> Fails<i64> {
    moment::parse(text).ok_or_else(|| format!("`{}` is not a date", shortened(text)).into())
}

fn write(ms: i64, day: bool) -> Fails<String> {
    if !RANGE_MS.contains(&ms) {
        return Err("a date lies too far away".into());
    }
    let day = day && ms % DAY_MS == 0;
    Ok(if day { moment::format_day(ms / DAY_MS) } else { moment::format(ms) })
}

/// The same day of another month, or that month's last.
fn add_months(ms: i64, months: i64) -> Option<i64> {
    let (year, month, day) = moment::civil(ms.div_euclid(DAY_MS));
    let count = (year * 12 + month - 1).checked_add(months)?;
    let (year, month) = (count.div_euclid(12), count.rem_euclid(12) + 1);
    if !(1..=9999).contains(&year) {
        return None;
    }
    let day = day.min(moment::days_in_month(year, month));
    Some(moment::day_number(year, month, day) * DAY_MS + ms.rem_euclid(DAY_MS))
}

fn whole_months(a: i64, b: i64) -> i64 {
    if b < a {
        return -whole_months(b, a);
    }
    let (from, to) = (moment::civil(a.div_euclid(DAY_MS)), moment::civil(b.div_euclid(DAY_MS)));
    let months = (to.0 - from.0) * 12 + to.1 - from.1;
    let reached = (to.2, b.rem_euclid(DAY_MS)) >= (from.2, a.rem_euclid(DAY_MS));
    if reached { months } else { months - 1 }
}
