//! Running a flow from start to end under a virtual clock, for authors and for tests.
//!
//! Plays the server's part: hands events in, keeps timers and delivers them when they are due.
//! Performs nothing; effects are listed.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use form_engine::Problem;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::compile::{Surroundings, compile_within};
use crate::duration::Duration;
use crate::machine::Machine;
use crate::step::{Beginning, Effort, Inputs, Step, StepError, begin_measured, transition_measured};
use crate::{Calendar, Calendars, Effect, Event, Key, Snapshot};

/// Timers delivered after the last event, at most; before it as many again, over all events.
const MOST_TIMERS: usize = 10_000;
/// Effects one simulation may list.
const MOST_EFFECTS: usize = 200_000;
/// Actions all its steps may perform together, and bytes of values they may make. A step counts as an action or two.
const MOST_ACTIONS: usize = 50_000;
const MOST_PRODUCED: usize = 16 << 20;

/// What a simulation is given: a line of `huiyin simulate --jsonl` (`formats.md` §8). Other members, such as a
/// name the caller knows the case by, are not looked at.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Scenario {
    /// The flow, as its author wrote it.
    pub machine: Value,
    /// What happens, in order.
    pub events: Vec<Happening>,
    /// The submission's document.
    pub data: Value,
    /// The customer.
    pub customer: Value,
    /// Calendar documents: a list, or an object by key.
    pub calendars: Value,
    /// RFC 3339; the unix epoch unless told.
    pub start: Option<String>,
}

/// An event and how long after the one before it: `{"event": {"name", "data"}, "after": 500}`. A name may stand for
/// the event, and for all of it; `after` may be a duration such as `"2d"`.
#[derive(Debug, Clone, Deserialize)]
#[serde(from = "Written")]
pub struct Happening {
    /// What happens.
    pub event: Given,
    /// Milliseconds since the event before, or since the start.
    pub after: f64,
}

/// An event from outside.
#[derive(Debug, Clone, Deserialize)]
#[serde(from = "WrittenEvent")]
pub struct Given {
    /// Dotted name.
    pub name: String,
    /// `_event.data`.
    pub data: Value,
}

/// An event as it may be written.
#[derive(Deserialize)]
#[serde(untagged)]
enum WrittenEvent {
    Name(String),
    Whole {
        name: String,
        #[serde(default)]
        data: Value,
    },
}

/// An event with its time as it may be written.
#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    Name(String),
    Timed {
        event: WrittenEvent,
        #[serde(default)]
        after: WrittenDelay,
    },
    Flat {
        name: String,
        #[serde(default)]
        data: Value,
        #[serde(default)]
        after: WrittenDelay,
    },
}

#[derive(Deserialize)]
#[serde(untagged)]
enum WrittenDelay {
    Milliseconds(f64),
    #[serde(deserialize_with = "elapsed_ms")]
    Duration(f64),
    Missing(()),
}

impl Default for WrittenDelay {
    fn default() -> Self {
        Self::Missing(())
    }
}

/// A duration of elapsed time: a virtual clock knows no calendar.
#[expect(clippy::cast_precision_loss, reason = "a century of milliseconds is exact")]
fn elapsed_ms<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
    let text = String::deserialize(deserializer)?;
    match Duration::parse(&text) {
        Some(Duration::Elapsed(ms)) => Ok(ms as f64),
        Some(Duration::Working(_) | Duration::WorkingDays(_)) | None => {
            Err(serde::de::Error::custom(format!("expected a duration such as `2d`, found `{text}`")))
        }
    }
}

impl WrittenDelay {
    fn ms(&self) -> f64 {
        match *self {
            Self::Milliseconds(ms) | Self::Duration(ms) => ms,
            Self::Missing(()) => 0.0,
        }
    }
}

impl From<WrittenEvent> for Given {
    fn from(written: WrittenEvent) -> Self {
        match written {
            WrittenEvent::Name(name) => Self { name, data: Value::Null },
            WrittenEvent::Whole { name, data } => Self { name, data },
        }
    }
}

impl From<Written> for Happening {
    fn from(written: Written) -> Self {
        match written {
            Written::Name(name) => Self { event: Given { name, data: Value::Null }, after: 0.0 },
            Written::Timed { event, after } => Self { event: event.into(), after: after.ms() },
            Written::Flat { name, data, after } => Self { event: Given { name, data }, after: after.ms() },
        }
    }
}

/// How a simulation went.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Outcome {
    /// The sorted active atomic states: at the start, after each event, and once no timer is left if that differs.
    pub configurations: Vec<Vec<Key>>,
    /// Everything the flow asked for, in order.
    pub effects: Vec<Effect>,
    /// The top-level final state that was reached.
    #[serde(rename = "final")]
    pub ended_in: Option<Key>,
}

/// Compiles the scenario's flow and plays it.
///
/// # Errors
///
/// Every problem of the scenario, its calendars and its flow, or that the flow never comes to rest.
pub fn simulate(scenario: &Scenario) -> Result<Outcome, Vec<Problem>> {
    let calendars = calendars(&scenario.calendars)?;
    let surroundings = Surroundings {
        fields: scenario
            .data
            .as_object()
            .filter(|_| !is_work(&scenario.machine))
            .map(|data| data.keys().cloned().collect()),
        calendars: Some(calendars.keys().map(str::to_owned).collect::<BTreeSet<_>>()),
        ..Surroundings::default()
    };
    let machine =
        compile_within(&scenario.machine, &surroundings).map_err(|problems| under("/machine", problems))?;
    let start_ms = match &scenario.start {
        None => 0,
        Some(text) => form_engine::moment::parse(text).ok_or_else(|| {
            let message = format!("expected an instant such as `2026-01-05T09:00:00+08:00`, found `{text}`");
            vec![Problem::new("simulate.start_invalid", "/start", message)]
        })?,
    };
    let inputs = Inputs {
        data: &scenario.data,
        customer: &scenario.customer,
        calendars: &calendars,
        facts: &Value::Null,
    };
    play(&machine, &scenario.events, &inputs, start_ms)
        .map_err(|error| vec![Problem::new("flow.diverged", "/machine", error.to_string())])
}

fn is_work(machine: &Value) -> bool {
    machine.get("kind").is_some() || machine.get("format").is_some()
}

fn under(prefix: &str, problems: Vec<Problem>) -> Vec<Problem> {
    problems.into_iter().map(|problem| problem.under(prefix)).collect()
}

fn calendars(documents: &Value) -> Result<Calendars, Vec<Problem>> {
    let documents: Vec<(String, &Value)> = match documents {
        Value::Array(list) => {
            list.iter().enumerate().map(|(index, item)| (format!("/calendars/{index}"), item)).collect()
        }
        Value::Object(by_key) => {
            let pointer = |key: &String| form_engine::pointer::join("/calendars", key);
            by_key.iter().map(|(key, item)| (pointer(key), item)).collect()
        }
        Value::Null => Vec::new(),
        Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            return Err(vec![Problem::new(
                "simulate.calendars_invalid",
                "/calendars",
                "expected a list of calendars",
            )]);
        }
    };
    let mut calendars = Calendars::new();
    for (path, document) in documents {
        calendars.insert(Calendar::parse(document).map_err(|problems| under(&path, problems))?);
    }
    Ok(calendars)
}

/// Plays `events` on a compiled flow.
///
/// # Errors
///
/// As [`crate::start`] and [`crate::transition`].
pub fn play(
    machine: &Machine,
    events: &[Happening],
    inputs: &Inputs<'_>,
    start_ms: i64,
) -> Result<Outcome, StepError> {
    let mut play = Play {
        machine,
        inputs,
        now_ms: start_ms,
        snapshot: Snapshot::default(),
        pending: BTreeMap::new(),
        waiting: HashMap::new(),
        scheduled: 0,
        effects: Vec::new(),
        timers_left: MOST_TIMERS,
        effort: Effort::default(),
    };
    let step = begin_measured(machine, Beginning::default(), inputs, start_ms, &mut play.effort)?;
    play.keep(step)?;
    play.run_until(start_ms)?;
    let mut configurations = vec![play.configuration()];
    for happening in events {
        let at_ms =
            play.now_ms.saturating_add(crate::duration::whole(happening.after.clamp(0.0, LONGEST_WAIT_MS)));
        play.run_until(at_ms)?;
        play.hear(&Event::new(happening.event.name.as_str(), happening.event.data.clone()))?;
        play.run_until(at_ms)?;
        configurations.push(play.configuration());
    }
    play.timers_left = MOST_TIMERS;
    play.run_until(i64::MAX)?;
    let last = play.configuration();
    if configurations.last() != Some(&last) {
        configurations.push(last);
    }
    Ok(Outcome { configurations, effects: play.effects, ended_in: play.snapshot.done().map(Key::from) })
}

/// A thousand years.
const LONGEST_WAIT_MS: f64 = 1_000.0 * 366.0 * 86_400_000.0;

struct Play<'a> {
    machine: &'a Machine,
    inputs: &'a Inputs<'a>,
    now_ms: i64,
    snapshot: Snapshot,
    /// Timers by when they are due; those due together in the order in which they were scheduled.
    pending: BTreeMap<(i64, u64), Event>,
    /// Where each of them stands there, by send id.
    waiting: HashMap<Key, (i64, u64)>,
    /// How many were scheduled so far.
    scheduled: u64,
    effects: Vec<Effect>,
    /// Timers that may still be delivered before the last event is over.
    timers_left: usize,
    /// Of all steps so far.
    effort: Effort,
}

impl Play<'_> {
    fn hear(&mut self, event: &Event) -> Result<(), StepError> {
        let (snapshot, effort) = (&self.snapshot, &mut self.effort);
        let step = transition_measured(self.machine, snapshot, event, self.inputs, self.now_ms, effort)?;
        self.keep(step)
    }

    fn keep(&mut self, step: Step) -> Result<(), StepError> {
        self.snapshot = step.snapshot;
        for effect in &step.effects {
            if let Effect::Schedule { send_id, .. } | Effect::Cancel { send_id } = effect
                && let Some(place) = self.waiting.remove(send_id)
            {
                self.pending.remove(&place);
            }
            if let Effect::Schedule { send_id, event, due_ms } = effect {
                self.scheduled += 1;
                self.pending.insert((*due_ms, self.scheduled), event.clone());
                self.waiting.insert(send_id.clone(), (*due_ms, self.scheduled));
            }
        }
        self.effects.extend(step.effects);
        let is_over = |found: usize, limit: usize| (found > limit).then_some(limit);
        let over = is_over(self.effects.len(), MOST_EFFECTS)
            .or(is_over(self.effort.actions, MOST_ACTIONS))
            .or(is_over(self.effort.produced, MOST_PRODUCED));
        match over {
            None => Ok(()),
            Some(limit) => Err(StepError::TooMuch { flow: self.machine.key.to_string(), limit }),
        }
    }

    /// Delivers what is due up to `until_ms`, earliest first, and leaves the clock there (or, where
    /// that is the end of time, at the last timer).
    fn run_until(&mut self, until_ms: i64) -> Result<(), StepError> {
        while self.timers_left > 0 {
            let next = self.pending.first_entry().filter(|next| next.key().0 <= until_ms);
            let Some(((due_ms, _), event)) = next.map(|next| next.remove_entry()) else { break };
            if let Some(send_id) = &event.send_id {
                self.waiting.remove(send_id);
            }
            self.timers_left -= 1;
            self.now_ms = self.now_ms.max(due_ms);
            self.hear(&event)?;
        }
        if until_ms != i64::MAX {
            self.now_ms = self.now_ms.max(until_ms);
        }
        Ok(())
    }

    fn configuration(&self) -> Vec<Key> {
        let mut active = self.snapshot.active().to_vec();
        active.sort();
        active
    }
}
