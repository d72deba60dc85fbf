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
    let plain: String = text
        .chars()
        .map(|c| match c {
            '０'..='９' => char::from_digit(c as u32 - '０' as u32, 10).unwrap_or(c),
            '．' => '.',
            '－' => '-',
            other => other,
        })
        .collect();
    let plain = plain.strip_prefix('+').unwrap_or(&plain);
    if let Ok(whole) = plain.parse::<i64>() {
        return Some(whole.into());
    }
    // Read as any value: a reader of numbers alone would bring the words for everything else it could meet.
    let Value::Number(number) = serde_json::from_str(&as_json(plain)).ok()? else { return None };
    number.as_f64().and_then(crate::number::from_f64)
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
