//! From a row of cells to a document, by the kinds of the columns; or every reason why not.

use api_types::ImportColumn;
use chrono_tz::Tz;
use form_engine::moment;
use serde_json::{Map, Value};

use super::refusal::Refusal;
use crate::tabular::{Cell, SheetRow, damage, written};

/// What separates several answers in one cell.
const SEPARATORS: &[char] = &[';', '；', '|', '┋', '、'];

/// The columns of a file, each with what is known of it as a whole.
pub(super) struct Converter<'a> {
    columns: Vec<(&'a ImportColumn, damage::Column)>,
}

impl<'a> Converter<'a> {
    /// `columns` are the file's, in its order; `wholes` what is known of each as a whole.
    pub(super) fn new(columns: &'a [ImportColumn], wholes: &[damage::Column]) -> Self {
        Self { columns: columns.iter().zip(wholes.iter().copied()).collect() }
    }

    /// Everything that is wrong with a row, with the header of the cell.
    pub(super) fn refusals(&self, row: &SheetRow) -> Vec<(Option<&'a str>, Refusal)> {
        let mut found = Vec::new();
        for (index, (column, whole)) in self.columns.iter().enumerate() {
            if let Err(refusal) = convert(row.cell(index), column, *whole, Tz::UTC) {
                found.push((Some(column.header.as_str()), refusal));
            }
        }
        let surplus = row.surplus(self.columns.len());
        if surplus > 0 {
            found.push((None, Refusal::Surplus(surplus)));
        }
        found
    }

    /// The row as a document; local times are of `zone`. Call for rows without refusals.
    pub(super) fn document(&self, row: &SheetRow, zone: Tz) -> Value {
        let mut document = Map::new();
        for (index, (column, whole)) in self.columns.iter().enumerate() {
            if let Ok(Some(value)) = convert(row.cell(index), column, *whole, zone) {
                document.insert(column.header.clone(), value);
            }
        }
        Value::Object(document)
    }
}

/// The cell as a value of its column; `None` when it is empty or the column is left out.
fn convert(
    cell: &Cell,
    column: &ImportColumn,
    whole: damage::Column,
    zone: Tz,
) -> Result<Option<Value>, Refusal> {
    if column.kind == "skip" || cell.is_empty() {
        return Ok(None);
    }
    if let Cell::Error(text) = cell {
        return Err(Refusal::Failed(text.clone()));
    }
    let raw = cell.text();
    let text = raw.trim();
    if text.is_empty() {
        return Ok(None);
    }
    if let Some(damage) = damage::of(cell, whole, column.kind == "number") {
        return Err(Refusal::Damaged(damage, text.to_owned()));
    }
    let value = match column.kind.as_str() {
        "integer" => written::integer(text).map(Value::from),
        "number" => written::number(text).map(Value::from),
        "boolean" => truth(text).map(Value::from),
        "date" => written::day(text).or_else(|| day_of(text)).map(Value::from),
        "datetime" => instant(text, zone).map(Value::from),
        "single" => (column.options.is_empty() || column.options.iter().any(|option| option == text))
            .then(|| text.into()),
        "multiple" => several(text, &column.options),
        "email" => is_mail(text).then(|| text.into()),
        "phone" => is_phone(text).then(|| text.into()),
        // Texts are kept as they are; the kinds were checked before.
        _ => Some(raw.as_str().into()),
    };
    value.map(Some).ok_or_else(|| Refusal::Kind { text: text.to_owned(), kind: column.kind.clone() })
}

fn truth(text: &str) -> Option<bool> {
    let lower = text.to_lowercase();
    match lower.as_str() {
        "true" | "yes" | "y" | "1" | "是" | "有" | "对" => Some(true),
        "false" | "no" | "n" | "0" | "否" | "无" | "错" => Some(false),
        _ => None,
    }
}

/// A spreadsheet's day with midnight as its time.
fn day_of(text: &str) -> Option<String> {
    text.strip_suffix("T00:00:00").and_then(written::day)
}

/// RFC 3339 in UTC; without an offset the text is local, and a day alone its first moment.
fn instant(text: &str, zone: Tz) -> Option<String> {
    let found = written::instant(text);
    let (ms, has_offset) = match found {
        Some(instant) => (instant.ms, instant.has_offset),
        None => (moment::parse(&written::day(text)?)?, false),
    };
    if has_offset {
        return Some(moment::format(ms));
    }
    Some(moment::format(utc_of_local(ms, zone)?))
}

/// The instant of a local time; of one that clocks skip, as if they had not yet been changed.
fn utc_of_local(local_ms: i64, zone: Tz) -> Option<i64> {
    use chrono::{DateTime, Offset, TimeZone};
    let local = DateTime::from_timestamp_millis(local_ms)?.naive_utc();
    let before = zone.offset_from_utc_datetime(&(local - chrono::Duration::days(1)));
    let instant = zone.from_local_datetime(&local).earliest().map(|instant| instant.timestamp_millis());
    Some(instant.unwrap_or_else(|| local_ms - i64::from(before.fix().local_minus_utc()) * 1000))
}

fn several(text: &str, options: &[String]) -> Option<Value> {
    let mut chosen: Vec<&str> = Vec::new();
    for part in parts(text) {
        if !options.is_empty() && !options.iter().any(|option| option == part) {
            return None;
        }
        if !chosen.contains(&part) {
            chosen.push(part);
        }
    }
    Some(chosen.into())
}

/// The answers in a cell of several.
pub(super) fn parts(text: &str) -> Vec<&str> {
    text.split(SEPARATORS).map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// A mainland mobile number.
pub(super) fn is_mobile(text: &str) -> bool {
    text.len() == 11
        && text.starts_with('1')
        && text.bytes().all(|byte| byte.is_ascii_digit())
        && matches!(text.as_bytes()[1], b'3'..=b'9')
}

/// A phone number of whatever country, as people write it.
fn is_phone(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let plain = text.chars().all(|c| c.is_ascii_digit() || matches!(c, '+' | '-' | ' ' | '(' | ')' | '.'));
    plain && (5..=20).contains(&digits)
}

/// Looks like a mail address; the form's own check follows.
pub(super) fn is_mail(text: &str) -> bool {
    let Some((name, host)) = text.split_once('@') else { return false };
    !name.is_empty()
        && host.contains('.')
        && !host.starts_with('.')
        && !host.ends_with('.')
        && !text.contains(char::is_whitespace)
        && !host.contains('@')
}
