//! Guards and values: scripts of form-engine's sandbox, compiled once and run in one scope per step.
//!
//! Knows what a script of a flow can see. Which guard is tried when is decided in `step/`.

use std::sync::Arc;

use form_engine::{Condition, FieldPath, Names, Script, ScriptError, ScriptScope, Subject};
use serde_json::{Map, Value, json};

use crate::machine::Machine;
use crate::step::Inputs;
use crate::{Event, Key, Peer};

/// A compiled script and its source.
#[derive(Debug)]
pub(crate) struct Expression {
    pub script: Script,
    pub asks: Asks,
}

/// What a script looks at, beside fields and variables; what no script asks is not converted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Asks {
    pub event: bool,
    /// `In("…")`
    pub states: bool,
    pub customer: bool,
    pub system: bool,
}

impl Asks {
    /// A word in a text literal counts too, which costs a little and harms nothing.
    pub fn of(source: &str) -> Self {
        Self {
            event: source.contains("_event"),
            states: source.contains("In"),
            customer: source.contains("customer"),
            system: SYSTEM.iter().any(|name| source.contains(name)),
        }
    }

    pub fn and(self, other: Self) -> Self {
        Self {
            event: self.event || other.event,
            states: self.states || other.states,
            customer: self.customer || other.customer,
            system: self.system || other.system,
        }
    }
}

/// What must hold for a transition, a branch or a policy.
#[derive(Debug)]
pub(crate) struct Guard {
    /// As its author wrote it, for explanations.
    pub source: Key,
    /// Where it stands in the definition.
    pub path: Key,
    pub test: Test,
}

#[derive(Debug)]
pub(crate) enum Test {
    Script(Expression),
    Condition {
        condition: Condition,
        /// It looks at all of a list, not only at single fields.
        reads_lists: bool,
    },
}

/// Names of SCXML's system variables beside `_event` (SCXML §5.10), which no flow may declare.
pub(crate) const SYSTEM: [&str; 3] = ["_sessionid", "_name", "_ioprocessors"];

/// The name of the event processor every machine has (SCXML Appendix C.1).
pub(crate) const SCXML_PROCESSOR: &str = "http://www.w3.org/TR/scxml/#SCXMLEventProcessor";

/// The values scripts of one step see, converted when the first of them runs.
#[derive(Debug)]
pub(crate) struct Scope {
    inner: ScriptScope,
    /// `_event` changed since a script saw it.
    pub event_is_stale: bool,
    /// States were left or entered since a script saw them.
    pub active_is_stale: bool,
}

impl Scope {
    pub fn new(machine: &Machine, inputs: &Inputs<'_>, context: &Map<String, Value>, session: &str) -> Self {
        let mut inner = ScriptScope::new(&machine.names);
        inner.set_context(context);
        inner.set_data(inputs.data);
        inner.set_tables(&machine.tables);
        if machine.asks.customer {
            inner.set_customer(inputs.customer);
        }
        if machine.asks.system {
            inner.set("_sessionid", &Value::from(session));
            inner.set("_name", &Value::from(machine.key.as_str()));
            let own = json!({"location": format!("#_scxml_{session}")});
            inner.set("_ioprocessors", &json!({"scxml": own, (SCXML_PROCESSOR): own}));
        }
        Self { inner, event_is_stale: true, active_is_stale: true }
    }

    pub fn set_event(&mut self, event: &Value) {
        self.inner.set_event(event);
        self.event_is_stale = false;
    }

    pub fn set_active<'k>(&mut self, keys: impl Iterator<Item = &'k Key>) {
        self.inner.set_active(keys.map(|key| key.as_str()));
        self.active_is_stale = false;
    }

    pub fn assign(&mut self, name: &str, value: &Value) {
        self.inner.assign(name, value);
    }

    pub fn evaluate(&mut self, expression: &Expression) -> Result<Value, ScriptError> {
        expression.script.evaluate(&mut self.inner)
    }

    pub fn holds(&mut self, expression: &Expression) -> Result<bool, ScriptError> {
        expression.script.holds(&mut self.inner)
    }
}

/// `_event` as scripts and conditions read it.
pub(crate) fn event_value(event: &Event, session: &str) -> Value {
    let is_own = event.is_sent && event.kind == crate::EventKind::External;
    let own = || is_own.then(|| format!("#_scxml_{session}"));
    let origin = event.sender.as_deref().map(Peer::origin).or_else(own);
    let sent_by = match event.sender.as_deref() {
        Some(Peer::Child(child)) => Some(child),
        Some(Peer::Parent) | None => event.child.as_deref(),
    };
    json!({
        "name": event.name,
        "type": event.kind.as_str(),
        "sendid": event.sent_as,
        "origintype": origin.as_ref().map(|_| SCXML_PROCESSOR),
        "origin": origin,
        "invokeid": sent_by.map(|child| &child.invocation),
        "data": event.data,
    })
}

/// A condition on the submission; bare words are `customer.…`, `context.…`, `_event.…`, a variable, or a fact.
pub(crate) fn condition_holds(
    condition: &Condition,
    inputs: &Inputs<'_>,
    context: &Map<String, Value>,
    event: Option<&Event>,
    now_ms: i64,
) -> bool {
    let column = |name: &str| column(name, inputs, context, event);
    condition.evaluate(&Subject { document: inputs.data, column: &column, now_ms, caller: None })
}

fn column(
    name: &str,
    inputs: &Inputs<'_>,
    context: &Map<String, Value>,
    event: Option<&Event>,
) -> Option<Value> {
    let mut members = name.split('.');
    let first = members.next()?;
    let deep = |start: &Value, mut members: std::str::Split<'_, char>| {
        members.try_fold(start.clone(), |value, member| value.get(member).cloned())
    };
    match first {
        "customer" => deep(inputs.customer, members),
        "context" => context.get(members.next()?).and_then(|value| deep(value, members)),
        "_event" | "event" => {
            let event = event?;
            match members.next()? {
                "name" => Some(Value::from(event.name.as_str())),
                "data" => deep(&event.data, members),
                _ => None,
            }
        }
        variable => context
            .get(variable)
            .or_else(|| inputs.facts.get(variable))
            .and_then(|value| deep(value, members)),
    }
}

/// What a condition's leaf looks at.
pub(crate) fn field_value(
    field: &FieldPath,
    inputs: &Inputs<'_>,
    context: &Map<String, Value>,
    event: Option<&Event>,
) -> Option<Value> {
    match field {
        FieldPath::Document(pattern) => {
            let found: Vec<Value> = form_engine::pointer::resolve(inputs.data, pattern)
                .into_iter()
                .map(|(_, value)| value.clone())
                .collect();
            if pattern.contains('*') { Some(Value::Array(found)) } else { found.into_iter().next() }
        }
        FieldPath::Column(name) => column(name, inputs, context, event),
    }
}

/// The fields of the submission (first tokens of their pointers) a guard reads.
pub(crate) fn condition_fields(condition: &Condition) -> impl Iterator<Item = String> + '_ {
    condition.fields().into_iter().filter_map(|field| match field {
        FieldPath::Document(pointer) => {
            form_engine::pointer::tokens(pointer)?.next().map(std::borrow::Cow::into_owned)
        }
        FieldPath::Column(_) => None,
    })
}

/// Names shared by all scripts of a machine.
pub(crate) type SharedNames = Arc<Names>;
