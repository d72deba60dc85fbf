//! The options of a choice: values in the schema, labels in the layout.

use serde_json::{Map, Value, json};

use super::words::{Hand, in_all, in_one, text_in};
use super::{layout, schema};
use crate::editor::order;
use crate::i18n::designer as m;

/// Values with their labels, as the layout or the schema gives them.
pub(super) fn read(draft: &Value, field: &str) -> Vec<(Value, Value)> {
    read_with(draft, field, layout::item(draft, field).and_then(|item| item.get("options")))
}

/// The same, by whoever holds its item's labels already.
pub(super) fn read_with(draft: &Value, field: &str, labels: Option<&Value>) -> Vec<(Value, Value)> {
    let Some(property) = schema::property(draft, field) else { return Vec::new() };
    let labelled = |value: Value, own: Option<&Value>| {
        let label = labels.and_then(|labels| labels.get(written(&value))).or(own).cloned();
        let label = label.unwrap_or_else(|| written(&value).into());
        (value, label)
    };
    let holder = holder(property);
    if let Some(values) = holder.get("enum").and_then(Value::as_array) {
        return values.iter().map(|value| labelled(value.clone(), None)).collect();
    }
    let parts = ["oneOf", "anyOf"].iter().find_map(|word| holder.get(*word)?.as_array());
    let parts = parts.into_iter().flatten();
    parts.filter_map(|part| Some(labelled(part.get("const")?.clone(), part.get("title")))).collect()
}

/// Where the options are written: in what a list holds, in the first row of a matrix, else in the field itself.
fn holder(property: &Value) -> &Value {
    if let Some(row) =
        property.get("properties").and_then(Value::as_object).and_then(|rows| rows.values().next())
    {
        return row;
    }
    property.get("items").unwrap_or(property)
}

/// A value as the layout's `options` name it.
fn written(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Writes the options; what else is said about the field stays.
pub(super) fn put(draft: &mut Value, field: &str, options: &[(Value, Value)]) -> bool {
    let Some(property) = schema::property_mut(draft, field) else { return false };
    if let Some(rows) = property.get_mut("properties").and_then(Value::as_object_mut) {
        rows.values_mut().filter_map(Value::as_object_mut).for_each(|row| write(row, options));
    } else {
        let holder = if property.get("items").is_some() { &mut property["items"] } else { property };
        let Some(holder) = holder.as_object_mut() else { return false };
        write(holder, options);
    }
    let Some(item) = layout::item_mut(draft, field) else { return false };
    let labels: Map<String, Value> = options
        .iter()
        .filter(|(value, label)| label.as_str() != Some(&written(value)))
        .map(|(value, label)| (written(value), label.clone()))
        .collect();
    if labels.is_empty() {
        item.shift_remove("options");
    } else {
        item.insert("options".to_owned(), labels.into());
    }
    true
}

fn write(holder: &mut Map<String, Value>, options: &[(Value, Value)]) {
    let parts = ["oneOf", "anyOf"].into_iter().find(|word| holder.get(*word).is_some_and(Value::is_array));
    if let Some(word) = parts.filter(|_| !holder.contains_key("enum")) {
        let before = holder[word].as_array().cloned().unwrap_or_default();
        let part = |(value, label): &(Value, Value)| {
            let known = before.iter().find(|part| part.get("const") == Some(value)).cloned();
            known.unwrap_or_else(|| json!({ "const": value, "title": text_in(label, "") }))
        };
        holder.insert(word.to_owned(), options.iter().map(part).collect());
    } else {
        holder.insert("enum".to_owned(), options.iter().map(|(value, _)| value.clone()).collect());
    }
}

/// The first options of a new choice.
pub(super) fn stock(draft: &mut Value, field: &str) -> bool {
    let options: Vec<(Value, Value)> =
        [("option_1", m::OPTION_1), ("option_2", m::OPTION_2), ("option_3", m::OPTION_3)]
            .into_iter()
            .map(|(value, label)| (value.into(), in_all(draft, label)))
            .collect();
    put(draft, field, &options)
}

/// A value for a new option: a word of the label's letters, else a number; never one that is taken.
fn fresh(options: &[(Value, Value)], label: &str) -> Value {
    if let Some(highest) = options.iter().map(|(value, _)| value.as_i64()).collect::<Option<Vec<_>>>()
        && let Some(highest) = highest.into_iter().max()
    {
        return (highest + 1).into();
    }
    let word: String = label
        .chars()
        .map(|sign| if sign.is_ascii_alphanumeric() { sign.to_ascii_lowercase() } else { '_' })
        .collect();
    let word = word.trim_matches('_');
    let word = if word.is_empty() || !label.is_ascii() || word.len() > 40 { "option" } else { word };
    let taken = |value: &str| options.iter().any(|(taken, _)| taken == value);
    if word != "option" && !taken(word) {
        return word.into();
    }
    let numbered = (1_u32..).map(|number| format!("{word}_{number}"));
    numbered.into_iter().find(|value| !taken(value)).expect("there are more numbers than options").into()
}

/// Makes the options these lines; those whose label stays keep their value.
pub(super) fn set(draft: &mut Value, field: &str, labels: &[String], language: &str) -> bool {
    layout::settle(draft);
    let before = read(draft, field);
    let mut options: Vec<(Value, Value)> = Vec::new();
    for label in labels.iter().map(|label| label.trim()).filter(|label| !label.is_empty()) {
        let known = before.iter().find(|(value, known)| {
            text_in(known, language) == label && !options.iter().any(|(taken, _)| taken == value)
        });
        let option = known.cloned().unwrap_or_else(|| {
            let taken: Vec<_> = before.iter().chain(&options).cloned().collect();
            (fresh(&taken, label), in_one(draft, language, label))
        });
        options.push(option);
    }
    !options.is_empty() && put(draft, field, &options)
}

/// Adds an option at the end.
pub(super) fn add(draft: &mut Value, field: &str, label: &str, language: &str) -> bool {
    layout::settle(draft);
    let mut options = read(draft, field);
    options.push((fresh(&options, label), in_one(draft, language, label)));
    put(draft, field, &options)
}

/// Takes an option away; the last one stays.
pub(super) fn remove(draft: &mut Value, field: &str, index: usize) -> bool {
    layout::settle(draft);
    let mut options = read(draft, field);
    if options.len() < 2 || index >= options.len() {
        return false;
    }
    options.remove(index);
    put(draft, field, &options)
}

/// Moves an option.
pub(super) fn shift(draft: &mut Value, field: &str, from: usize, to: usize) -> bool {
    layout::settle(draft);
    let mut options = read(draft, field);
    order::shift(&mut options, from, to);
    put(draft, field, &options)
}

/// Changes an option's label in one language; its value, and so what was answered, stays.
pub(super) fn rename(draft: &mut Value, field: &str, index: usize, hand: &Hand<'_>) -> bool {
    layout::settle(draft);
    let mut options = read(draft, field);
    let Some((value, label)) = options.get_mut(index) else { return false };
    let mut members = Map::new();
    members.insert("label".to_owned(), label.take());
    hand.write(&mut members, "label");
    // Without words it goes by its value.
    *label = members.shift_remove("label").unwrap_or_else(|| written(value).into());
    put(draft, field, &options)
}

/// Is it a value that the designer made up? Nobody wrote it as a word for anything.
pub(super) fn is_made_up(text: &str) -> bool {
    let digits = text.strip_prefix("option_");
    digits.is_some_and(|digits| {
        !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'_')
    })
}
