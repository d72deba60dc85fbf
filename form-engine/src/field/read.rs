//! Values from the texts of a plain form post.

use serde_json::{Number, Value};

use super::Field;

/// The value of one text; `None` for an empty one. What cannot be read stays text, for the verdict to name it.
pub(super) fn scalar(field: &Field, text: &str) -> Option<Value> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    if let Some(option) = field.options.iter().find(|option| option.text() == text) {
        return Some(option.value.clone());
    }
    let types = field.types;
    if types.string || types.any() {
        return Some(text.into());
    }
    let number = || number(text).map(Value::Number).filter(|_| types.numeric());
    let truth = || truth(text).map(Value::Bool).filter(|_| types.boolean);
    number().or_else(truth).or_else(|| Some(text.into()))
}

/// A number as people write it: full-width digits count.
pub(super) fn number(text: &str) -> Option<Number> {
    let plain = narrow(text);
    let plain = plain.strip_prefix('+').unwrap_or(&plain);
    if let Ok(whole) = plain.parse::<i64>() {
        return Some(whole.into());
    }
    // Read as any value: a reader of numbers alone would bring the words for everything else it could meet.
    let Value::Number(number) = serde_json::from_str(&as_json(plain)).ok()? else { return None };
    number.as_f64().and_then(crate::number::from_f64)
}

/// Full-width digits, signs and letters as plain ones: Chinese keyboards type either.
pub(super) fn narrow(text: &str) -> String {
    let plain = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        other => other,
    };
    text.chars().map(plain).collect()
}

/// JSON as a page's own controls send it; what is none stays text, for the verdict to name it.
pub(super) fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|_| text.into())
}

/// One id, or a list of ids where the schema takes a list.
pub(super) fn ids(field: &Field, texts: &[&str]) -> Option<Value> {
    let mut given = texts.iter().map(|text| text.trim()).filter(|text| !text.is_empty()).map(Value::from);
    if field.types.array {
        let all: Vec<Value> = given.collect();
        return (!all.is_empty()).then_some(Value::Array(all));
    }
    given.next_back()
}

/// `007.50`, `.5` and `5.` as JSON writes them. JSON's own reader is in every build; the standard
/// library's would bring tables that weigh ten kilobytes in a browser.
fn as_json(plain: &str) -> String {
    let (sign, digits) = plain.strip_prefix('-').map_or(("", plain), |digits| ("-", digits));
    let bare = digits.trim_start_matches('0');
    let zero = if bare.starts_with(|c: char| c.is_ascii_digit()) || digits.is_empty() { "" } else { "0" };
    format!("{sign}{zero}{}", bare.strip_suffix('.').unwrap_or(bare))
}

/// What a tick box or a yes/no choice sends.
pub(super) fn truth(text: &str) -> Option<bool> {
    match text.trim() {
        "true" | "on" | "1" | "yes" => Some(true),
        "false" | "off" | "0" | "no" => Some(false),
        _ => None,
    }
}
