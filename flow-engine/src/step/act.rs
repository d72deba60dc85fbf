//! Performing blocks of actions: the statechart ones here, sends in `send.rs`, work in `work.rs`.

use serde_json::Value;

use super::run::Run;
use crate::action::{Action, Branch, ForEach, Place};
use crate::{Effect, Event};

/// An action that could not be done: the rest of its block is abandoned (SCXML §4.9).
#[derive(Debug)]
pub(super) struct Failure {
    /// `error.execution` or `error.communication`.
    pub event: &'static str,
    pub message: String,
    /// Of a failed `send`: its id.
    pub sent_as: Option<crate::Key>,
}

impl From<String> for Failure {
    fn from(message: String) -> Self {
        Self { event: "error.execution", message, sent_as: None }
    }
}

/// Items one `foreach` may go through.
const MOST_ITEMS: usize = 10_000;

impl Run<'_> {
    /// One block: up to its end, or to the action that fails.
    pub(super) fn perform(&mut self, block: &[Action]) {
        if let Err(failure) = self.act_all(block) {
            self.raise_error(failure.event, &failure.message, failure.sent_as);
        }
    }

    fn act_all(&mut self, actions: &[Action]) -> Result<(), Failure> {
        actions.iter().try_for_each(|action| self.act(action))
    }

    fn act(&mut self, action: &Action) -> Result<(), Failure> {
        self.effort.actions += 1;
        if self.is_overdone() {
            // The step as a whole is refused when its microstep ends.
            return Err("too much was done".to_owned().into());
        }
        match action {
            Action::Assign(places) => {
                for (place, expr) in places {
                    let value = self.value(expr)?;
                    self.assign(place, value)?;
                }
                Ok(())
            }
            Action::Raise { event, data } => {
                let data = self.computed(data)?;
                self.internal.push_back(Event::internal(event.clone(), data));
                Ok(())
            }
            Action::Send(send) => self.send(send),
            Action::Cancel(name) => {
                let id = self.name(name)?;
                self.cancel_sent(&id);
                Ok(())
            }
            Action::If(branches) => self.branch(branches),
            Action::ForEach(each) => self.for_each(each),
            Action::Log { label, value } => {
                let value = self.computed(value)?;
                self.effects.push(Effect::Log { text: log_text(label.as_deref(), &value) });
                Ok(())
            }
            Action::Assignee(_)
            | Action::Notify { .. }
            | Action::Create { .. }
            | Action::Update { .. }
            | Action::Survey { .. }
            | Action::Comment { .. }
            | Action::Webhook { .. }
            | Action::Tag { .. }
            | Action::StartFlow { .. } => {
                let effect = self.work(action)?;
                self.effects.extend(effect);
                Ok(())
            }
        }
    }

    /// The first branch whose condition holds (SCXML §4.3).
    fn branch(&mut self, branches: &[Branch]) -> Result<(), Failure> {
        for branch in branches {
            let holds = match &branch.cond {
                None => true,
                Some(guard) => self.holds_or_error(guard),
            };
            if holds {
                return self.act_all(&branch.then);
            }
        }
        Ok(())
    }

    /// Over a copy of the list, so that changing it inside changes nothing (SCXML §4.6).
    fn for_each(&mut self, each: &ForEach) -> Result<(), Failure> {
        let items = match self.value(&each.array)? {
            Value::Array(items) if items.len() <= MOST_ITEMS => items,
            Value::Array(items) => {
                return Err(
                    format!("expected a list of at most {MOST_ITEMS} items, found {}", items.len()).into()
                );
            }
            other @ (Value::Null
            | Value::Bool(_)
            | Value::Number(_)
            | Value::String(_)
            | Value::Object(_)) => {
                return Err(format!("expected a list, found `{other}`").into());
            }
        };
        for (position, item) in items.into_iter().enumerate() {
            self.set_variable(&each.item, item);
            if let Some(index) = &each.index {
                self.set_variable(index, Value::from(position));
            }
            self.act_all(&each.body)?;
        }
        Ok(())
    }

    /// Sets a variable, or a member inside one, making objects on the way. System variables are the engine's (SCXML §5.10).
    pub(super) fn assign(&mut self, place: &Place, value: Value) -> Result<(), Failure> {
        if place.is_system() {
            return Err(format!("`{place}` cannot be changed").into());
        }
        if self.is_too_much(&value) {
            return Err(format!("`{place}` would grow too large").into());
        }
        if place.members.is_empty() {
            self.set_variable(&place.variable, value);
            return Ok(());
        }
        let mut whole = self.context.get(&place.variable).cloned().unwrap_or_default();
        let mut inner = &mut whole;
        for member in &place.members {
            if inner.is_null() {
                *inner = Value::Object(serde_json::Map::new());
            }
            inner = match inner {
                Value::Object(object) => object.entry(member.as_str()).or_insert(Value::Null),
                Value::Array(items) => {
                    let item = member.parse().ok().and_then(|index: usize| items.get_mut(index));
                    item.ok_or_else(|| format!("`{}` has no item `{member}`", place.variable))?
                }
                Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
                    return Err(format!("`{}` has no member `{member}`", place.variable).into());
                }
            };
        }
        *inner = value;
        self.set_variable(&place.variable, whole);
        Ok(())
    }
}

fn log_text(label: Option<&str>, value: &Value) -> String {
    let value = match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other @ (Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_)) => other.to_string(),
    };
    match label {
        Some(label) if value.is_empty() => label.to_owned(),
        Some(label) => format!("{label}: {value}"),
        None => value,
    }
}
