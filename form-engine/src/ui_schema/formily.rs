//! Formily's schemas: options with labels inside `enum`, groups that are only looks (`void`), types written as
//! TypeScript writes them, and components named beside the type.

use serde_json::{Map, Value, json};

use crate::schema::draft::{Shape, shape};

/// Deeper than this a schema stays as it is written.
const MAX_DEPTH: usize = 64;

/// Writes `schema` as JSON Schema does, where Formily writes otherwise; what it means stays.
pub(super) fn respell(schema: &mut Value) {
    visit(schema, 0);
}

fn visit(schema: &mut Value, depth: usize) {
    let Some(members) = schema.as_object_mut().filter(|_| depth < MAX_DEPTH) else { return };
    for (keyword, value) in members.iter_mut() {
        match (shape(keyword), value) {
            (Shape::One, value @ Value::Object(_)) => visit(value, depth + 1),
            (Shape::One | Shape::List, Value::Array(parts)) => {
                parts.iter_mut().for_each(|part| visit(part, depth + 1));
            }
            (Shape::Map, Value::Object(named)) => {
                named.values_mut().for_each(|part| visit(part, depth + 1));
                if keyword == "properties" {
                    *named = without_looks(std::mem::take(named));
                }
            }
            (Shape::One | Shape::List | Shape::Map | Shape::Data, _) => {}
        }
    }
    if let Some(types) = members.get("type").and_then(Value::as_str).and_then(types) {
        members.insert("type".to_owned(), types);
    }
    options(members);
}

/// What a group that holds no data holds stands where the group stood.
fn without_looks(members: Map<String, Value>) -> Map<String, Value> {
    let mut plain = Map::new();
    for (name, mut member) in members {
        if member.get("type").is_none_or(|kind| kind != "void") {
            plain.insert(name, member);
            continue;
        }
        let is_gone = member.as_object().is_some_and(is_gone);
        if let Some(Value::Object(inner)) = member.get_mut("properties").map(Value::take) {
            for (name, mut member) in inner {
                if is_gone && member.is_object() {
                    member["x-display"] = "hidden".into();
                }
                plain.entry(name).or_insert(member);
            }
        }
    }
    plain
}

/// Formily's three ways to say that something does not show.
fn is_gone(members: &Map<String, Value>) -> bool {
    let says = |name: &str, value: bool| members.get(name) == Some(&Value::Bool(value));
    let display = members.get("x-display").and_then(Value::as_str);
    says("x-hidden", true) || says("x-visible", false) || matches!(display, Some("hidden" | "none"))
}

/// `Array<string>`, `string[]` and `string | number` as JSON Schema's types.
fn types(written: &str) -> Option<Value> {
    const KNOWN: [&str; 7] = ["string", "number", "integer", "boolean", "array", "object", "null"];
    if written.starts_with("Array<") || written.ends_with("[]") {
        return Some("array".into());
    }
    let names: Vec<&str> = written.split('|').map(str::trim).collect();
    (names.len() > 1 && names.iter().all(|name| KNOWN.contains(name))).then(|| json!(names))
}

/// Options as `{"label", "value"}` in `enum` or `dataSource` become values with names.
fn options(members: &mut Map<String, Value>) {
    let kind = members.get("type").and_then(Value::as_str).map(str::to_owned);
    let known = members.contains_key("x-component");
    // An object may be one of several objects; a text never is.
    if kind.as_deref() == Some("object") || (kind.is_none() && !known) {
        return;
    }
    let Some(name) = ["enum", "dataSource"].into_iter().find(|name| members.contains_key(*name)) else {
        return;
    };
    let listed = members.get(name).and_then(Value::as_array);
    // Values that stand alone are what JSON Schema has.
    let listed = listed.filter(|listed| name == "dataSource" || listed.iter().any(Value::is_object));
    let Some(options) = listed.and_then(|listed| listed.iter().map(option).collect::<Option<Vec<_>>>())
    else {
        return;
    };
    let (values, labels): (Vec<Value>, Vec<Value>) = options.into_iter().unzip();
    members.shift_remove(name);
    let place = if kind.as_deref() == Some("array") {
        let items = members.entry("items").or_insert_with(|| json!({}));
        if !items.is_object() {
            *items = json!({});
        }
        items.as_object_mut()
    } else {
        Some(members)
    };
    let Some(place) = place else { return };
    // `number` with options "1" and "2": what is chosen is what was written.
    if place
        .get("type")
        .and_then(Value::as_str)
        .is_some_and(|kind| !values.iter().all(|value| is(kind, value)))
    {
        place.shift_remove("type");
    }
    place.insert("enum".to_owned(), values.into());
    place.insert("enumNames".to_owned(), labels.into());
}

/// A scalar or `{"label", "value"}`, and its label.
fn option(written: &Value) -> Option<(Value, Value)> {
    let scalar =
        |value: &Value| (value.is_string() || value.is_number() || value.is_boolean()).then(|| value.clone());
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let Value::Object(members) = written else {
        return scalar(written).map(|value| (value.clone(), text(&value).into()));
    };
    let value = members.get("value").and_then(scalar).filter(|_| !members.contains_key("children"))?;
    let label = ["label", "title", "name"].into_iter().find_map(|name| scalar(members.get(name)?));
    let label = text(label.as_ref().unwrap_or(&value));
    Some((value, label.into()))
}

fn is(kind: &str, value: &Value) -> bool {
    match kind {
        "string" => value.is_string(),
        "number" => value.is_number(),
        "integer" => value.as_f64().is_some_and(|number| number.fract() == 0.0),
        "boolean" => value.is_boolean(),
        _ => false,
    }
}

/// Formily's words as RJSF's; what has none keeps its name, to be noted.
pub(super) fn words(members: &Map<String, Value>, said: &mut Map<String, Value>) {
    let text = |name: &str| members.get(name).and_then(Value::as_str);
    let kept = |name: &str| format!("ui:{name}");
    let is_list = text("type") == Some("array");
    let mut props = members.get("x-component-props").and_then(Value::as_object).cloned().unwrap_or_default();
    let timed = props.shift_remove("showTime").is_some_and(|timed| timed != false);
    let widget = text("x-component").and_then(|component| match component {
        "Input.TextArea" | "TextArea" | "Textarea" => Some("textarea"),
        "Radio" | "Radio.Group" => Some("radio"),
        "Checkbox.Group" => Some("checkboxes"),
        "Select" if is_list => Some("checkboxes"),
        "Select" => Some("select"),
        "DatePicker" if timed => Some("date-time"),
        "DatePicker" => Some("date"),
        "TimePicker" => Some("time"),
        "NumberPicker" => Some("updown"),
        "Rate" | "Rating" => Some("rating"),
        "Slider" => Some("slider"),
        "Switch" => Some("switch"),
        "Upload" | "Upload.Dragger" => Some("file"),
        // A line, a tick, a group or rows: what the schema is asked as anyhow.
        "Input" | "Checkbox" | "Card" | "Space" | "FormLayout" | "FormGrid" | "ObjectContainer" => None,
        rows if rows.starts_with("Array") => None,
        other => Some(other),
    });
    if is_gone(members) {
        said.entry("ui:widget").or_insert_with(|| "hidden".into());
    } else if let Some(widget) = widget {
        said.entry("ui:widget").or_insert_with(|| widget.into());
    }
    if let Some(placeholder) = props.shift_remove("placeholder").filter(Value::is_string) {
        said.entry("ui:placeholder").or_insert(placeholder);
    }
    for name in props.keys() {
        said.entry(kept(&format!("x-component-props.{name}"))).or_insert(Value::Null);
    }
    let beyond =
        ["x-decorator", "x-reactions", "x-validator", "x-linkages", "x-rules", "x-disabled", "x-pattern"];
    for name in beyond.into_iter().filter(|name| members.contains_key(*name)) {
        if name != "x-decorator" || text(name) != Some("FormItem") {
            said.entry(kept(name)).or_insert(Value::Null);
        }
    }
}
