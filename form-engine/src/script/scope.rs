//! What a script sees: the names it may use, and their values.

use std::collections::BTreeSet;
use std::sync::Arc;

use rhai::{Dynamic, Scope};
use serde_json::{Map, Value};

use super::value::from_json;
use crate::word::{ACTIVE, ROOTS, TABLES, is_identifier, is_reserved};

/// The bare names that scripts of one definition may use besides `data`, `customer`, `context` and `_event`.
///
/// Made once per definition. A context variable shadows a field of the same name.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Names {
    fields: BTreeSet<String>,
    context: BTreeSet<String>,
}

impl Names {
    /// Keys of the form's root fields and of the flow's context. Keys that are no identifiers, are reserved
    /// or stand for something else are left out: scripts reach them as `data["any key"]`.
    pub fn new<F, C>(fields: F, context: C) -> Self
    where
        F: IntoIterator<Item: Into<String>>,
        C: IntoIterator<Item: Into<String>>,
    {
        let usable = |name: &String| is_usable(name);
        let context: BTreeSet<String> = context
            .into_iter()
            .map(Into::into)
            .filter(|name| usable(name) && !ROOTS.contains(&name.as_str()))
            .collect();
        let fields = fields
            .into_iter()
            .map(Into::into)
            .filter(|name| usable(name) && !ROOTS.contains(&name.as_str()) && !context.contains(name))
            .collect();
        Self { fields, context }
    }

    /// One more field. Does nothing for a name that cannot be said alone or is a context variable.
    pub fn admit(&mut self, field: &str) {
        if is_usable(field) && !ROOTS.contains(&field) && !self.context.contains(field) {
            self.fields.insert(field.to_owned());
        }
    }

    /// True when a script may say `name` alone.
    pub fn contains(&self, name: &str) -> bool {
        ROOTS.contains(&name) || self.fields.contains(name) || self.context.contains(name)
    }

    /// A scope that declares those of `names` that may be said, for the parser's strict variables.
    pub(super) fn declared(&self, names: &[String]) -> Scope<'static> {
        let mut scope = Scope::with_capacity(ROOTS.len() + 2 + names.len());
        scope.push_dynamic(ACTIVE, Dynamic::from(Active::default()));
        scope.push_dynamic(TABLES, Dynamic::from(Tables::default()));
        for name in names.iter().filter(|name| self.contains(name)) {
            scope.push_dynamic(name.as_str(), Dynamic::UNIT);
        }
        for root in ROOTS {
            scope.push_dynamic(root, Dynamic::UNIT);
        }
        scope
    }

    /// A scope that declares every name, to be filled with values.
    pub(super) fn placeholders(&self) -> Scope<'static> {
        let mut scope = Scope::with_capacity(ROOTS.len() + 2 + self.fields.len() + self.context.len());
        scope.push_dynamic(ACTIVE, Dynamic::from(Active::default()));
        scope.push_dynamic(TABLES, Dynamic::from(Tables::default()));
        for name in self.fields.iter().chain(&self.context) {
            scope.push_dynamic(name.as_str(), Dynamic::UNIT);
        }
        // Looked up from the end: the words every guard uses are found first.
        for root in ROOTS {
            scope.push_dynamic(root, Dynamic::UNIT);
        }
        scope
    }
}

fn is_usable(name: &str) -> bool {
    is_identifier(name) && !is_reserved(name)
}

/// The values of one step, converted once and read by every script of it.
///
/// Names that were given no value are missing, `()`.
#[derive(Debug, Clone)]
pub struct ScriptScope {
    scope: Scope<'static>,
    names: Arc<Names>,
}

impl ScriptScope {
    /// A scope in which every name of `names` is missing.
    pub fn new(names: &Arc<Names>) -> Self {
        Self { scope: names.placeholders(), names: Arc::clone(names) }
    }

    /// Sets `data` and the bare names of its fields.
    pub fn set_data(&mut self, data: &Value) {
        let Value::Object(members) = data else { return self.put("data", from_json(data)) };
        let names = Arc::clone(&self.names);
        for name in &names.fields {
            self.put(name, members.get(name).map_or(Dynamic::UNIT, from_json));
        }
        self.put("data", from_json(data));
    }

    /// Sets `customer`.
    pub fn set_customer(&mut self, customer: &Value) {
        self.put("customer", from_json(customer));
    }

    /// Sets `context` and the bare names of its variables.
    pub fn set_context(&mut self, context: &Map<String, Value>) {
        let names = Arc::clone(&self.names);
        for name in &names.context {
            self.put(name, context.get(name).map_or(Dynamic::UNIT, from_json));
        }
        let members = context.iter().map(|(key, value)| (key.as_str().into(), from_json(value))).collect();
        self.put("context", Dynamic::from_map(members));
    }

    /// Sets `_event`: an object with `name` and `data`, or `null` when there is none.
    pub fn set_event(&mut self, event: &Value) {
        self.put("_event", from_json(event));
    }

    /// Sets the states for which `In("…")` is true.
    pub fn set_active<S: Into<String>>(&mut self, states: impl IntoIterator<Item = S>) {
        let states = Active(Arc::new(states.into_iter().map(Into::into).collect()));
        self.put(ACTIVE, Dynamic::from(states));
    }

    /// Sets the tables of `lookup`: `{"departments": {"product": "quality", "*": "front-desk"}}`.
    pub fn set_tables(&mut self, tables: &Arc<Value>) {
        self.put(TABLES, Dynamic::from(Tables(Arc::clone(tables))));
    }

    /// Changes one context variable, under its bare name and in `context`.
    pub fn assign(&mut self, name: &str, value: &Value) {
        let value = from_json(value);
        if self.names.context.contains(name) {
            self.put(name, value.clone());
        }
        if let Some(context) = self.scope.get_mut("context") {
            if let Ok(mut members) = context.as_map_mut() {
                members.insert(name.into(), value);
                return;
            }
            *context = Dynamic::from_map(std::iter::once((name.into(), value)).collect());
        }
    }

    /// Changes one bare name whatever it is, without touching `context`; unknown names are left alone.
    pub fn set(&mut self, name: &str, value: &Value) {
        self.put(name, from_json(value));
    }

    pub(super) fn inner(&mut self) -> &mut Scope<'static> {
        &mut self.scope
    }

    fn put(&mut self, name: &str, value: Dynamic) {
        if let Some(place) = self.scope.get_mut(name) {
            *place = value;
        }
    }
}

/// The set of active states, shared so that a call copies a pointer.
#[derive(Debug, Clone, Default)]
pub(super) struct Active(pub(super) Arc<BTreeSet<String>>);

/// The machine's tables, shared likewise.
#[derive(Debug, Clone, Default)]
pub(super) struct Tables(pub(super) Arc<Value>);
