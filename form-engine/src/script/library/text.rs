//! Functions on texts. Positions count characters from 0.

use rhai::{Array, Dynamic, Engine, FLOAT, ImmutableString, Map};

use super::Fails;
use crate::number;
use crate::script::{MAX_ITEMS, MAX_TEXT};

pub(super) fn register(engine: &mut Engine) {
    engine.register_fn("len", |text: &str| text.chars().count() as FLOAT);
    engine.register_fn("upper", |text: &str| text.to_uppercase());
    engine.register_fn("lower", |text: &str| text.to_lowercase());
    engine.register_fn("trim", |text: &str| text.trim().to_owned());
    engine.register_fn("contains", |text: &str, part: &str| text.contains(part));
    engine.register_fn("starts_with", |text: &str, part: &str| text.starts_with(part));
    engine.register_fn("ends_with", |text: &str, part: &str| text.ends_with(part));
    engine.register_fn("index_of", |text: &str, part: &str| {
        text.find(part).map_or(-1.0, |at| text[..at].chars().count() as FLOAT)
    });
    engine.register_fn("sub", |text: &str, start: FLOAT, len: FLOAT| sub(text, start, len));
    engine.register_fn("sub", |text: &str, start: FLOAT| sub(text, start, FLOAT::MAX));
    engine.register_fn("left", |text: &str, len: FLOAT| sub(text, 0.0, len));
    engine.register_fn("right", |text: &str, len: FLOAT| {
        let start = text.chars().count() as FLOAT - len.max(0.0);
        sub(text, start.max(0.0), FLOAT::MAX)
    });
    engine.register_fn("replace", replace);
    engine.register_fn("split", split);
    engine.register_fn("join", join);
    engine.register_fn("text", |value: Dynamic| shown(&value));
    engine.register_fn("is_empty", |_: ()| true);
    engine.register_fn("is_empty", |text: &str| text.is_empty());
    engine.register_fn("is_empty", |_: FLOAT| false);
    engine.register_fn("is_empty", |_: bool| false);
    engine.register_fn("is_empty", |items: &mut Array| items.is_empty());
    engine.register_fn("is_empty", |members: &mut Map| members.is_empty());
}

/// A scalar as people write it; nothing for what is missing.
pub(super) fn shown(value: &Dynamic) -> Fails<String> {
    if let Ok(text) = value.as_immutable_string_ref() {
        return Ok(text.to_string());
    }
    if let Ok(float) = value.as_float() {
        return Ok(number::from_f64(float).map_or_else(|| float.to_string(), |number| number.to_string()));
    }
    if let Ok(truth) = value.as_bool() {
        return Ok(truth.to_string());
    }
    if value.is_unit() { Ok(String::new()) } else { Err("a list or an object has no text".into()) }
}

/// Enough of a text to recognise it in a message.
pub(super) fn shortened(text: &str) -> String {
    const SHOWN: usize = 40;
    if text.chars().count() <= SHOWN {
        text.to_owned()
    } else {
        text.chars().take(SHOWN).chain(['…']).collect()
    }
}

fn sub(text: &str, start: FLOAT, len: FLOAT) -> String {
    text.chars().skip(start.max(0.0) as usize).take(len.max(0.0) as usize).collect()
}

fn replace(text: &str, from: &str, to: &str) -> Fails<String> {
    if from.is_empty() {
        return Ok(text.to_owned());
    }
    let grown = text.len() + text.matches(from).count() * to.len().saturating_sub(from.len());
    fits(grown)?;
    Ok(text.replace(from, to))
}

fn split(text: &str, separator: &str) -> Fails<Array> {
    if separator.is_empty() {
        return Err("`split` needs a separator".into());
    }
    if text.matches(separator).count() >= MAX_ITEMS {
        return Err(format!("a list holds at most {MAX_ITEMS} values").into());
    }
    Ok(text.split(separator).map(|part| Dynamic::from(ImmutableString::from(part))).collect())
}

fn join(items: &mut Array, separator: &str) -> Fails<String> {
    let mut joined = String::new();
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            joined.push_str(separator);
        }
        joined.push_str(&shown(item)?);
        fits(joined.len())?;
    }
    Ok(joined)
}

fn fits(len: usize) -> Fails<()> {
    if len > MAX_TEXT { Err(format!("a text holds at most {MAX_TEXT} bytes").into()) } else { Ok(()) }
}
