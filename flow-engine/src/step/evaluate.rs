//! Values during a step: scripts in their scope, variables, guards with their trace.

use std::borrow::Cow;

use form_engine::Text;
use indexmap::IndexMap;
use serde_json::{Map, Value};

use super::run::Run;
use super::{ACTIONS, CONTEXT, GuardTrace, PRODUCED};
use crate::action::{Computed, Expr, Name};
use crate::guard::{Expression, Guard, Scope, Test, condition_holds, event_value, field_value};
use crate::machine::Variable;
use crate::{Event, Key};

/// Bytes of a script that take about as long as an action.
const SOURCE_PER_ACTION: usize = 32;
/// Bytes of a script in which it can go once through all it sees, and bytes of that which take as long as an action:
/// `sum(lines)` is short and reads much.
const SOURCE_PER_READING: usize = 16;
const READ_PER_ACTION: usize = 1 << 10;
/// Bytes of values that take as long to make, or to show to scripts, as an action.
const MADE_PER_ACTION: usize = 256;
/// Bytes of a value that make it worth weighing all variables.
const LARGE: usize = 16 << 10;

/// About how many bytes a value takes.
fn weight(value: &Value) -> usize {
    const EACH: usize = 32;
    EACH + match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => 0,
        Value::String(text) => text.len(),
        Value::Array(items) => items.iter().map(weight).sum(),
        Value::Object(members) => {
            members.iter().map(|(name, member)| EACH + name.len() + weight(member)).sum()
        }
    }
}

/// What running a script or trying a condition may cost in actions, over values of `seen` bytes.
fn effort_of(source: &str, seen: usize) -> usize {
    source.len() / SOURCE_PER_ACTION + source.len() / SOURCE_PER_READING * seen / READ_PER_ACTION
}

impl<'a> Run<'a> {
    /// `_sessionid`: the instance's id as the server knows it.
    pub(super) fn session(&self) -> &'a str {
        let machine: &str = &self.machine.key;
        self.inputs.facts.get("session").and_then(Value::as_str).unwrap_or(machine)
    }

    pub(super) fn set_event(&mut self, event: Cow<'a, Event>) {
        self.event = Some(event);
        if let Some(scope) = &mut self.scope {
            scope.event_is_stale = true;
        }
    }

    pub(super) fn active_changed(&mut self) {
        if let Some(scope) = &mut self.scope {
            scope.active_is_stale = true;
        }
    }

    /// The scope, made and brought up to date for one script; none when so much was done that running it makes no
    /// difference any more.
    fn scope_for(&mut self, expression: &Expression) -> Result<&mut Scope, String> {
        let session = self.session();
        let (machine, inputs, context) = (self.machine, self.inputs, &self.context);
        let (effort, seen) = (&mut self.effort, &mut self.seen);
        let scope = self.scope.get_or_insert_with(|| {
            *seen = weight(inputs.data) + context.values().map(weight).sum::<usize>();
            effort.actions += *seen / MADE_PER_ACTION;
            Scope::new(machine, inputs, context, session)
        });
        if expression.asks.event && scope.event_is_stale {
            let event = self.event.as_deref().map_or(Value::Null, |event| event_value(event, session));
            effort.actions += weight(&event) / MADE_PER_ACTION;
            scope.set_event(&event);
        }
        if expression.asks.states && scope.active_is_stale {
            scope.set_active(self.active.iter().map(|state| &machine.states[state].key));
        }
        effort.actions += effort_of(expression.script.source(), *seen);
        if effort.actions > ACTIONS { Err("too much was done".to_owned()) } else { Ok(scope) }
    }

    pub(super) fn script(&mut self, expression: &Expression) -> Result<Value, String> {
        let result = self.scope_for(expression)?.evaluate(expression);
        let value = result.map_err(|error| format!("`{}`: {error}", expression.script.source()))?;
        self.produce(&value)?;
        Ok(value)
    }

    /// Counts a value that was made; a step that makes too much of them is refused when its microstep ends.
    fn produce(&mut self, value: &Value) -> Result<(), String> {
        let made = weight(value);
        self.effort.produced += made;
        self.effort.actions += made / MADE_PER_ACTION;
        if self.effort.produced > PRODUCED {
            self.effort.actions = self.effort.actions.max(ACTIONS + 1);
            return Err("too many values".to_owned());
        }
        Ok(())
    }

    pub(super) fn value(&mut self, expr: &Expr) -> Result<Value, String> {
        match expr {
            Expr::Literal(value) => {
                self.produce(value)?;
                Ok(value.clone())
            }
            Expr::Script(expression) => self.script(expression),
        }
    }

    /// The value, or none after raising `error.execution`.
    pub(super) fn value_or_error(&mut self, expr: &Expr) -> Option<Value> {
        match self.value(expr) {
            Ok(value) => Some(value),
            Err(message) => {
                self.raise_error("error.execution", &message, None);
                None
            }
        }
    }

    pub(super) fn computed(&mut self, computed: &Computed) -> Result<Value, String> {
        match computed {
            Computed::Literal(value) => {
                self.produce(value)?;
                Ok(value.clone())
            }
            Computed::Script(expression) => self.script(expression),
            Computed::Object(members) => {
                let mut object = Map::new();
                for (name, member) in members {
                    object.insert(name.clone(), self.computed(member)?);
                }
                Ok(Value::Object(object))
            }
            Computed::Array(items) => {
                items.iter().map(|item| self.computed(item)).collect::<Result<_, _>>().map(Value::Array)
            }
        }
    }

    pub(super) fn name(&mut self, name: &Name) -> Result<Key, String> {
        match name {
            Name::Fixed(key) => Ok(key.clone()),
            Name::Computed(expression) => match self.script(expression)? {
                Value::String(text) => Ok(Key::from(text)),
                other @ (Value::Null
                | Value::Bool(_)
                | Value::Number(_)
                | Value::Array(_)
                | Value::Object(_)) => {
                    Err(format!("`{}`: expected text, found `{other}`", expression.script.source()))
                }
            },
        }
    }

    /// True when the variables would take too much with this value among them.
    pub(super) fn is_too_much(&self, value: &Value) -> bool {
        let added = weight(value);
        added > LARGE && added + self.context.values().map(weight).sum::<usize>() > CONTEXT
    }

    pub(super) fn set_variable(&mut self, name: &str, value: Value) {
        if let Some(scope) = &mut self.scope {
            scope.assign(name, &value);
            self.seen += weight(&value);
        }
        let context = self.context.edit();
        match context.get_mut(name) {
            Some(variable) => *variable = value,
            None => drop(context.insert(name.to_owned(), value)),
        }
    }

    /// Early binding: every variable gets its value before any state is entered; under late binding only
    /// the root's do (SCXML §5.3.3).
    pub(super) fn bind_early(&mut self, given: &Map<String, Value>) {
        let machine = self.machine;
        for variable in &machine.variables {
            self.set_variable(&variable.name, Value::Null);
        }
        for variable in
            machine.variables.iter().filter(|variable| variable.state == 0 || !machine.late_binding)
        {
            match given.get(&variable.name).filter(|_| variable.state == 0) {
                Some(value) => self.set_variable(&variable.name, value.clone()),
                None => self.bind(variable),
            }
        }
    }

    pub(super) fn bind_missing(&mut self) {
        let machine = self.machine;
        for variable in &machine.variables {
            if !self.context.contains_key(&variable.name) {
                self.set_variable(&variable.name, Value::Null);
                self.bind(variable);
            }
        }
    }

    /// Late binding: a state's variables get their values when it is first entered.
    pub(super) fn bind_late(&mut self, state: usize) {
        let machine = self.machine;
        if !machine.late_binding || !machine.variables.iter().any(|variable| variable.state == state) {
            return;
        }
        let key = &machine.states[state].key;
        if !self.bound.contains(key) {
            self.bound.edit().push(key.clone());
            for variable in machine.variables.iter().filter(|variable| variable.state == state) {
                self.bind(variable);
            }
        }
    }

    /// A variable whose value fails stays empty (SCXML §5.3.3).
    fn bind(&mut self, variable: &Variable) {
        if let Some(value) = self.value_or_error(&variable.value) {
            self.set_variable(&variable.name, value);
        }
    }

    /// Tries a transition's guard and notes what came of it.
    pub(super) fn guard_holds(&mut self, index: usize, event: Option<&str>) -> bool {
        self.effort.actions += 1;
        let machine = self.machine;
        let transition = &machine.transitions[index];
        let Some(guard) = &transition.guard else { return true };
        let result = self.holds(guard);
        let held = *result.as_ref().unwrap_or(&false);
        self.trace.push(GuardTrace {
            state: machine.states[transition.source].key.clone(),
            path: transition.path.clone(),
            event: event.and(self.event.as_deref()).map(|event| event.name.clone()),
            guard: guard.source.clone(),
            values: if self.explains { self.values_read(guard) } else { IndexMap::new() },
            held,
            failure: result.as_ref().err().cloned(),
        });
        if let Err(message) = result {
            // The guard of an eventless transition is tried after every event, and that of an error's after every
            // error: one that goes on failing while nothing moves is told once, or the flow would hear of it without end.
            let is_echo = event.is_none_or(|name| name.starts_with("error."));
            if !is_echo || !self.failed.contains(&index) {
                self.failed.push(index);
                self.raise_error("error.execution", &message, None);
            }
        }
        held
    }

    /// What a guard looks at, by the names its author used.
    fn values_read(&self, guard: &Guard) -> IndexMap<String, Value> {
        let mut values = IndexMap::new();
        match &guard.test {
            Test::Condition { condition, .. } => {
                for field in condition.fields() {
                    let value = field_value(field, self.inputs, &self.context, self.event.as_deref());
                    values.extend(value.map(|value| (field.as_str().to_owned(), value)));
                }
            }
            Test::Script(expression) => {
                for name in expression.script.reads() {
                    let value = self.context.get(name).or_else(|| self.inputs.data.get(name));
                    values.extend(value.map(|value| (name.clone(), value.clone())));
                }
                if expression.asks.event {
                    values.extend(
                        self.event.as_deref().map(|event| ("_event.data".to_owned(), event.data.clone())),
                    );
                }
                if expression.asks.states {
                    let active = self.active.iter().map(|state| self.machine.states[state].key.as_str());
                    values.insert("In".to_owned(), active.collect());
                }
                if expression.asks.customer {
                    values.insert("customer".to_owned(), self.inputs.customer.clone());
                }
            }
        }
        values
    }

    /// A condition that fails is false and raises `error.execution` (SCXML §5.9.1).
    pub(super) fn holds_or_error(&mut self, guard: &Guard) -> bool {
        let result = self.holds(guard);
        if self.explains {
            self.trace.push(GuardTrace {
                state: self.machine.key.clone(),
                path: guard.path.clone(),
                event: self.event.as_deref().map(|event| event.name.clone()),
                guard: guard.source.clone(),
                values: self.values_read(guard),
                held: *result.as_ref().unwrap_or(&false),
                failure: result.as_ref().err().cloned(),
            });
        }
        match result {
            Ok(held) => held,
            Err(message) => {
                self.raise_error("error.execution", &message, None);
                false
            }
        }
    }

    fn holds(&mut self, guard: &Guard) -> Result<bool, String> {
        match &guard.test {
            Test::Condition { condition, reads_lists } => {
                let reads = if *reads_lists { weight(self.inputs.data) } else { 0 };
                self.effort.actions += effort_of(&guard.source, reads);
                if self.is_overdone() {
                    return Err("too much was done".to_owned());
                }
                Ok(condition_holds(condition, self.inputs, &self.context, self.event.as_deref(), self.now_ms))
            }
            Test::Script(expression) => {
                let result = self.scope_for(expression)?.holds(expression);
                result.map_err(|error| format!("`{}`: {error}", guard.source))
            }
        }
    }

    /// `{{field}}` of the submission put into a text, in each language.
    pub(super) fn fill(&self, text: &Text) -> Text {
        let values = |name: &str| {
            let pointer =
                if name.starts_with('/') { name.to_owned() } else { form_engine::pointer::join("", name) };
            match form_engine::pointer::get(self.inputs.data, &pointer)? {
                Value::Null => None,
                Value::String(text) => Some(text.clone()),
                other @ (Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_)) => {
                    Some(other.to_string())
                }
            }
        };
        match text {
            Text::Plain(text) => Text::Plain(form_engine::fill(text, &values)),
            Text::Localized(texts) => Text::Localized(
                texts
                    .iter()
                    .map(|(language, text)| (language.clone(), form_engine::fill(text, &values)))
                    .collect(),
            ),
        }
    }
}
