//! Sending events: at once to one of the own queues, or later as a timer (SCXML §6.2, §6.3).

use serde_json::{Map, Value};

use super::TIMERS;
use super::act::Failure;
use super::run::Run;
use crate::action::{Name, Place, Send};
use crate::duration::Duration;
use crate::guard::SCXML_PROCESSOR;
use crate::machine::{After, Delay};
use crate::snapshot::Timer;
use crate::{Addressee, Effect, Event, Key};

/// Types that mean the machine's own event processor.
const OWN_TYPES: [&str; 4] =
    ["scxml", "http://www.w3.org/TR/scxml", "http://www.w3.org/TR/scxml/", SCXML_PROCESSOR];

/// Begins generated ids, and what makes a second pending send of one id different from the first.
const GENERATED: char = '#';

/// So many timers that wait take about as long to copy as an action takes.
const TIMERS_PER_ACTION: usize = 32;

enum Queue {
    Internal,
    External,
    /// Of a flow on the other side of an invocation.
    Elsewhere(Addressee),
}

impl Run<'_> {
    pub(super) fn send(&mut self, send: &Send) -> Result<(), Failure> {
        let id = self.send_id(send)?;
        let with_id = |mut failure: Failure| {
            failure.sent_as.clone_from(&id);
            failure
        };
        self.send_as(send, id.as_ref()).map_err(with_id)
    }

    fn send_as(&mut self, send: &Send, id: Option<&Key>) -> Result<(), Failure> {
        if let Some(kind) = &send.kind {
            let kind = self.name(kind)?;
            if !OWN_TYPES.contains(&kind.as_str()) {
                return Err(format!("no events of type `{kind}` can be sent").into());
            }
        }
        let queue = self.queue(send)?;
        let Some(name) = &send.event else {
            return Err("expected the name of an event".to_owned().into());
        };
        let name = self.name(name)?;
        let data = self.send_data(send)?;
        let delay = self.value(&send.delay)?;
        let due_ms = self.due_ms(&delay, send.calendar.as_ref())?;
        let mut event = Event::new(name, data);
        event.sent_as = id.cloned();
        event.is_sent = true;
        if due_ms > self.now_ms {
            if matches!(queue, Queue::Internal) {
                return Err("the internal queue takes no delayed events".to_owned().into());
            }
            if self.timers.len() >= TIMERS {
                return Err(format!("more than {TIMERS} events would wait for their time").into());
            }
            if let Queue::Elsewhere(addressee) = queue {
                event.bound_for = Some(Box::new(addressee));
            }
            let pending = self.pending_id(id);
            event.send_id = Some(pending.clone());
            self.schedule(pending, event, due_ms, None);
            return Ok(());
        }
        match queue {
            Queue::Internal => {
                event.kind = crate::EventKind::Internal;
                self.internal.push_back(event);
            }
            Queue::External => self.external.push_back(event),
            Queue::Elsewhere(addressee) => self.tell(addressee, event),
        }
        Ok(())
    }

    /// The author's id, else a generated one, stored where the author asked (SCXML §6.2.4). None: nobody will ask for it.
    fn send_id(&mut self, send: &Send) -> Result<Option<Key>, Failure> {
        if let Some(id) = &send.id {
            return Ok(Some(id.clone()));
        }
        let Some(place) = &send.id_location else { return Ok(None) };
        let id = self.generated();
        self.assign(place, Value::from(id.as_str()))?;
        Ok(Some(id))
    }

    fn generated(&mut self) -> Key {
        let id = Key::from(format!("{GENERATED}{}", self.next_id));
        self.next_id += 1;
        id
    }

    /// Under which id a delayed send waits: its own, unless something else waits under it. Executing one `send` twice
    /// sends twice (SCXML §6.2), and no author's id stands for a timer of the engine.
    fn pending_id(&mut self, id: Option<&Key>) -> Key {
        let Some(id) = id else { return self.generated() };
        let is_engines = id.starts_with("after.") || id.starts_with("clock.");
        if !is_engines && !self.timers.contains_key(id) {
            return id.clone();
        }
        Key::from(format!("{id}{}", self.generated()))
    }

    /// The own queues, and the flows on the other side of an invocation (SCXML §6.2.4, Appendix C.1); no other session
    /// can be reached.
    fn queue(&mut self, send: &Send) -> Result<Queue, Failure> {
        let target = match &send.target {
            None => return Ok(Queue::External),
            Some(Name::Fixed(target)) => target.clone(),
            Some(Name::Computed(expression)) => match self.script(expression)? {
                Value::String(target) => Key::from(target),
                other @ (Value::Null
                | Value::Bool(_)
                | Value::Number(_)
                | Value::Array(_)
                | Value::Object(_)) => return Err(unreachable_target(&other.to_string())),
            },
        };
        match target.as_str() {
            "" => Ok(Queue::External),
            "#_internal" => Ok(Queue::Internal),
            own if own.strip_prefix("#_scxml_").is_some_and(|session| session == self.session()) => {
                Ok(Queue::External)
            }
            other if other.starts_with("#_") => match self.addressee(other) {
                Some(addressee) => Ok(Queue::Elsewhere(addressee)),
                None => Err(unreachable_target(other)),
            },
            other => Err(format!("`{other}` is no target for events").into()),
        }
    }

    /// `namelist` and `params` make an object, `content` is the data itself (SCXML §6.2.4).
    fn send_data(&mut self, send: &Send) -> Result<Value, Failure> {
        if let Some(content) = &send.content {
            return Ok(self.value(content)?);
        }
        if send.namelist.is_empty() && send.params.is_empty() {
            return Ok(Value::Null);
        }
        let mut data = Map::new();
        for place in &send.namelist {
            data.insert(place.to_string(), self.read(place)?);
        }
        for (name, expr) in &send.params {
            data.insert(name.clone(), self.value(expr)?);
        }
        Ok(Value::Object(data))
    }

    fn read(&self, place: &Place) -> Result<Value, Failure> {
        let mut value = self.context.get(&place.variable);
        for member in &place.members {
            value = value.and_then(|value| match value {
                Value::Array(items) => items.get(member.parse::<usize>().ok()?),
                other @ (Value::Null
                | Value::Bool(_)
                | Value::Number(_)
                | Value::String(_)
                | Value::Object(_)) => other.get(member),
            });
        }
        value.cloned().ok_or_else(|| format!("`{place}` has no value").into())
    }

    /// When something delayed by `delay` is due: milliseconds as a number, or a duration as text.
    fn due_ms(&self, delay: &Value, calendar: Option<&Key>) -> Result<i64, Failure> {
        let duration = match delay {
            Value::Null => Some(Duration::Elapsed(0)),
            Value::Number(ms) => ms.as_f64().and_then(|ms| Duration::parse(&format!("{ms}ms"))),
            Value::String(text) => Duration::parse(text),
            Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
        };
        let duration =
            duration.ok_or_else(|| format!("expected a duration such as `2d`, found `{delay}`"))?;
        self.due_after(duration, calendar)
    }

    fn due_after(&self, duration: Duration, calendar: Option<&Key>) -> Result<i64, Failure> {
        if let Duration::Elapsed(ms) = duration {
            return Ok(self.now_ms.saturating_add(ms));
        }
        let key = calendar.map_or("", Key::as_str);
        let calendar =
            self.inputs.calendars.get(key).ok_or_else(|| format!("there is no calendar `{key}`"))?;
        let due = calendar.due_ms(self.now_ms, calendar.amount_ms(duration));
        due.ok_or_else(|| Failure::from(format!("the calendar `{key}` never has that much working time")))
    }

    /// Sets the timer of an `after` of the state just entered.
    pub(super) fn arm(&mut self, state: &Key, after: &After) {
        let due_ms = match &after.delay {
            Delay::Fixed(duration) => self.due_after(*duration, after.calendar.as_ref()),
            Delay::Computed(expr) => {
                let value = self.value(expr).map_err(Failure::from);
                value.and_then(|value| self.due_ms(&value, after.calendar.as_ref()))
            }
        };
        match due_ms {
            Ok(due_ms) => {
                let mut event = Event::new(after.send_id.clone(), Value::Null);
                event.send_id = Some(after.send_id.clone());
                self.schedule(after.send_id.clone(), event, due_ms, Some(state.clone()));
            }
            Err(failure) => self.raise_error(failure.event, &failure.message, None),
        }
    }

    pub(super) fn schedule(&mut self, send_id: Key, event: Event, due_ms: i64, state: Option<Key>) {
        self.effort.actions += self.timers.len() / TIMERS_PER_ACTION;
        self.timers.edit().insert(send_id.clone(), Timer { due_ms, state, sent_as: event.sent_as.clone() });
        self.effects.push(Effect::Schedule { send_id, event, due_ms });
    }

    /// Forgets every pending send of this id; an id that is not pending is no error (SCXML §6.3).
    pub(super) fn cancel_sent(&mut self, id: &Key) {
        // Snapshots from before sends kept their own ids have none there.
        let is_older = |key: &Key, timer: &Timer| {
            timer.sent_as.is_none() && timer.state.is_none() && key == id && !key.starts_with("clock.")
        };
        let is_it =
            |(key, timer): &(&Key, &Timer)| timer.sent_as.as_ref() == Some(id) || is_older(key, timer);
        let pending: Vec<Key> = self.timers.iter().filter(is_it).map(|(key, _)| key.clone()).collect();
        pending.iter().for_each(|key| self.cancel(key));
    }

    /// Forgets a pending timer.
    pub(super) fn cancel(&mut self, send_id: &Key) {
        if self.timers.take(send_id).is_some() {
            self.effort.actions += self.timers.len() / TIMERS_PER_ACTION;
            self.effects.push(Effect::Cancel { send_id: send_id.clone() });
        }
    }
}

fn unreachable_target(target: &str) -> Failure {
    Failure { event: "error.communication", message: format!("`{target}` cannot be reached"), sent_as: None }
}
