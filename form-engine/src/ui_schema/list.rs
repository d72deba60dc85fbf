//! Layouts that are a list beside the schema: `form` of angular-schema-form and its kin, `layout` of homebridge.
//! Read into a ui schema of RJSF.

use serde_json::{Map, Value, json};

use crate::{Problem, pointer};

/// Containers nest no deeper.
const MAX_DEPTH: usize = 16;

/// The ui schema that the list `form`, which stands at `at`, amounts to, and what has no counterpart in one.
pub(super) fn read(form: &[Value], at: &str) -> (Value, Vec<Problem>) {
    let mut list = List { ui: Map::new(), notes: Vec::new() };
    list.elements(form, at, 0);
    all_ordered(&mut list.ui);
    (list.ui.into(), list.notes)
}

struct List {
    ui: Map<String, Value>,
    notes: Vec<Problem>,
}

impl List {
    fn note(&mut self, at: &str, message: impl Into<String>) {
        self.notes.push(Problem::new("ui.layout", at, message));
    }

    fn elements(&mut self, elements: &[Value], at: &str, depth: usize) {
        for (index, element) in elements.iter().enumerate() {
            let at = pointer::join(at, index);
            match element {
                Value::String(key) => {
                    self.named(&tokens(key));
                }
                Value::Object(members) if depth < MAX_DEPTH => self.element(members, &at, depth),
                Value::Object(_) => self.note(&at, format!("elements nest at most {MAX_DEPTH} deep")),
                Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => {
                    self.note(&at, "expected a key or an element");
                }
            }
        }
    }

    fn element(&mut self, members: &Map<String, Value>, at: &str, depth: usize) {
        let text = |name: &str| members.get(name).and_then(Value::as_str);
        let below =
            ["items", "tabs"].into_iter().filter_map(|name| Some((name, members.get(name)?.as_array()?)));
        let kind = text("type").unwrap_or("");
        match members.get("key").and_then(key_tokens) {
            Some(key) => self.control(&key, members, at),
            None => match kind {
                "submit" | "button" | "actions" | "template" => return,
                "help" => self.note(at, "words between the questions are left out"),
                _ => {
                    let head = text("title").or_else(|| text("description")).filter(|head| !head.is_empty());
                    if let Some(head) = head {
                        self.note(at, format!("the heading `{head}` is left out"));
                    }
                }
            },
        }
        if members.contains_key("condition") || members.contains_key("functionBody") {
            self.note(at, "its condition is left out: it is asked always");
        }
        for (name, inner) in below {
            self.elements(inner, &pointer::join(at, name), depth + 1);
        }
    }

    fn control(&mut self, key: &[String], members: &Map<String, Value>, at: &str) {
        let text = |name: &str| members.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
        let widget = text("type").and_then(|kind| match kind {
            "radios" | "radios-inline" | "radiobuttons" => Some("radio"),
            "datepicker" => Some("date"),
            "integer" | "number" | "text" | "string" | "checkbox" | "array" | "tabarray" | "fieldset"
            | "section" | "div" | "flex" | "object" => None,
            other => Some(other),
        });
        let labels = members.get("titleMap").and_then(labels);
        let Some(place) = self.named(key) else {
            self.notes.push(Problem::new("ui.layout", at, "its `key` names no member"));
            return;
        };
        let told =
            [("ui:title", "title"), ("ui:description", "description"), ("ui:placeholder", "placeholder")];
        place.extend(told.into_iter().filter_map(|(name, word)| Some((name.to_owned(), text(word)?.into()))));
        place.extend(widget.map(|widget| ("ui:widget".to_owned(), widget.into())));
        place.extend(labels.map(|labels| ("ui:enumNames".to_owned(), labels)));
    }

    /// What is said of `key`, which stands behind all that was named before.
    fn named(&mut self, key: &[String]) -> Option<&mut Map<String, Value>> {
        let mut place = &mut self.ui;
        for token in key {
            if token != "items" {
                let order = place.entry("ui:order").or_insert_with(|| json!([]));
                if let Some(order) =
                    order.as_array_mut().filter(|order| !order.iter().any(|name| *name == **token))
                {
                    order.push(token.as_str().into());
                }
            }
            if token == "*" {
                return None;
            }
            place = place.entry(token.as_str()).or_insert_with(|| json!({})).as_object_mut()?;
        }
        (!key.is_empty()).then_some(place)
    }
}

/// Every question is asked, wherever the list leaves it out.
fn all_ordered(ui: &mut Map<String, Value>) {
    for (name, value) in ui.iter_mut() {
        match value {
            Value::Array(order) if name == "ui:order" && !order.iter().any(|known| known == "*") => {
                order.push("*".into());
            }
            Value::Object(below) => all_ordered(below),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {}
        }
    }
}

/// `rooms[].name` as its steps in a ui schema: `rooms`, `items`, `name`.
fn tokens(key: &str) -> Vec<String> {
    let plain = key.replace("[]", ".items").replace("['", ".").replace("[\"", ".");
    let steps = plain.split('.').map(|step| step.trim_end_matches("']").trim_end_matches("\"]"));
    steps.filter(|step| !step.is_empty()).map(str::to_owned).collect()
}

/// A key as a text, or as a list of steps in which rows are empty.
fn key_tokens(key: &Value) -> Option<Vec<String>> {
    match key {
        Value::String(key) => Some(tokens(key)),
        Value::Array(steps) => steps
            .iter()
            .map(|step| {
                step.as_str().map(|step| if step.is_empty() { "items".to_owned() } else { step.to_owned() })
            })
            .collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => None,
    }
}

/// `[{"value", "name"}]` or `{"value": "name"}` as labels by value.
fn labels(map: &Value) -> Option<Value> {
    match map {
        Value::Object(_) => Some(map.clone()),
        Value::Array(options) => {
            let label = |option: &Value| {
                let value = option.get("value")?;
                let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                Some((text, option.get("name").or_else(|| option.get("label"))?.clone()))
            };
            Some(Value::Object(options.iter().filter_map(label).collect()))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    }
}
