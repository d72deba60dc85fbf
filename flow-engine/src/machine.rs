//! Machine: a flow that has been checked, its states addressed by index in document order.
//!
//! Answers what a caller asks about a flow without running it: what starts it, what it offers
//! in a state, how states are called. Everything here is resolved; nothing is parsed per event.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use form_engine::Text;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::action::{Action, Computed, Expr};
use crate::clock::Promise;
use crate::duration::Duration;
use crate::effect::{By, TaskEvent, TaskPolicy, TaskRules};
use crate::guard::{Asks, Guard, SharedNames};
use crate::invocation::Wait;
use crate::{Key, Snapshot};

/// A compiled flow: opaque, immutable, shared by all its instances.
#[derive(Debug)]
pub struct Machine {
    pub(crate) key: Key,
    pub(crate) title: Text,
    pub(crate) start: Start,
    /// Document order; index 0 is the root, which stands for the whole machine.
    pub(crate) states: Vec<State>,
    pub(crate) by_key: HashMap<Key, usize>,
    pub(crate) transitions: Vec<Transition>,
    pub(crate) variables: Vec<Variable>,
    pub(crate) late_binding: bool,
    pub(crate) clocks: Vec<Clock>,
    pub(crate) tables: Arc<Value>,
    pub(crate) names: SharedNames,
    pub(crate) reads: BTreeSet<String>,
    pub(crate) asks: Asks,
    pub(crate) has_eventless: bool,
    pub(crate) steps: Vec<PublicStep>,
}

/// What starts an instance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Start {
    /// A submission of one of these forms.
    Form(Vec<String>),
    /// A time plan, as its author wrote it.
    Schedule(String),
    /// An event of this name in the team.
    Event(String),
    /// A call from outside, under this key.
    Webhook(String),
    /// A date in a field of a form comes.
    DateField {
        /// Key of the form.
        form: String,
        /// JSON Pointer to the date.
        field: String,
    },
    /// Only another flow.
    Flow,
}

/// How the customer's progress page words a state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicStep {
    /// Which step of the page's list: `received`, `handling`, `done` …
    pub step: String,
    /// What is happening, in plain words.
    pub text: Text,
}

/// Something a person may do now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Offer {
    /// The state that offers it.
    pub state: Key,
    /// The event it sends.
    pub event: Key,
    /// The button's words.
    pub label: Text,
    /// Fields of the submission (JSON Pointers) that must be filled.
    pub require: Vec<String>,
    /// The task it finishes; none for what can be done without one.
    pub task: Option<Key>,
}

#[derive(Debug)]
pub(crate) struct State {
    pub key: Key,
    pub title: Text,
    pub kind: Kind,
    pub parent: usize,
    /// Real children (no history states), document order.
    pub children: Vec<usize>,
    pub histories: Vec<usize>,
    /// One past the last descendant: `i < d && d < states[i].end` tells a descendant.
    pub end: usize,
    /// Of a compound state its initial transition, of a history state its default one.
    pub initial: Option<Initial>,
    pub entry: Vec<Vec<Action>>,
    pub exit: Vec<Vec<Action>>,
    /// Indexes into `Machine::transitions`, document order.
    pub transitions: Vec<usize>,
    pub has_eventless: bool,
    pub after: Vec<After>,
    pub tasks: Vec<Task>,
    pub invokes: Vec<Invoke>,
    pub output: Option<Output>,
    pub public: Option<PublicStep>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Atomic,
    Compound,
    Parallel,
    Final,
    ShallowHistory,
    DeepHistory,
}

#[derive(Debug)]
pub(crate) struct Initial {
    pub targets: Vec<usize>,
    pub actions: Vec<Action>,
}

#[derive(Debug)]
pub(crate) struct Transition {
    pub source: usize,
    /// Pointer into the definition.
    pub path: Key,
    /// Empty: eventless.
    pub events: Vec<Descriptor>,
    pub guard: Option<Guard>,
    pub targets: Vec<usize>,
    pub domain: Domain,
    pub actions: Vec<Action>,
    /// Words of the button that sends its event without a task.
    pub label: Option<Text>,
    pub require: Vec<String>,
}

/// The state within which a transition stays (SCXML Appendix D, `getTransitionDomain`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Domain {
    /// No targets: nothing is left.
    Nowhere,
    Within(usize),
    /// Depends on what a history state among its targets remembers.
    Remembered {
        internal: bool,
    },
}

/// What events a transition or a clock listens to (SCXML §3.12.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Descriptor {
    Any,
    /// This name, or any that goes on after it with a dot.
    Prefix(Key),
    /// This name only: the engine's own timers.
    Exact(Key),
}

impl Descriptor {
    pub fn parse(text: &str) -> Self {
        match text.strip_suffix(".*").or_else(|| text.strip_suffix('.')).unwrap_or(text) {
            "*" => Self::Any,
            prefix => Self::Prefix(Key::from(prefix)),
        }
    }

    pub fn matches(&self, name: &str) -> bool {
        match self {
            Self::Any => true,
            Self::Prefix(prefix) => name
                .strip_prefix(prefix.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('.')),
            Self::Exact(own) => own == name,
        }
    }
}

/// A timed transition: armed on entry under `send_id`, cancelled on exit.
#[derive(Debug)]
pub(crate) struct After {
    pub send_id: Key,
    pub delay: Delay,
    pub calendar: Option<Key>,
}

#[derive(Debug)]
pub(crate) enum Delay {
    Fixed(Duration),
    Computed(Expr),
}

#[derive(Debug)]
pub(crate) struct Task {
    pub key: Key,
    pub title: Text,
    pub events: Vec<TaskEvent>,
    pub policy: TaskPolicy,
    pub allow: Vec<String>,
    pub assignee: Option<Assignment>,
    pub rules: TaskRules,
}

/// A flow that runs as a child while the state is active.
#[derive(Debug)]
pub(crate) struct Invoke {
    pub id: Key,
    pub flow: String,
    pub data: Computed,
    /// One child per item of a list.
    pub each: Option<Each>,
    pub wait: Wait,
}

#[derive(Debug)]
pub(crate) struct Each {
    pub array: Expr,
    pub item: String,
    pub index: Option<String>,
    pub most: usize,
}

/// An assignment whose values are still to be computed.
#[derive(Debug)]
pub(crate) struct Assignment {
    pub who: WhoRule,
    pub by: By,
    pub skills: Vec<Computed>,
    pub at_work: bool,
}

impl Assignment {
    /// To whoever that is, as they are.
    pub fn to(who: WhoRule) -> Self {
        Self { who, by: By::First, skills: Vec::new(), at_work: false }
    }
}

/// Whose managers, where a user may still be computed.
#[derive(Debug)]
pub(crate) enum Above {
    Starter,
    Assignee,
    User(Computed),
}

#[derive(Debug)]
pub(crate) enum WhoRule {
    User(Computed),
    Role(Computed),
    Department(Computed),
    Head(Computed),
    Field(String),
    Manager { of: Above, level: u32 },
    Managers { of: Above, levels: u32 },
    Starter,
    Keep,
}

/// What a final state hands to `done.state.PARENT` (SCXML §5.5).
#[derive(Debug)]
pub(crate) enum Output {
    Params(Vec<(String, Expr)>),
    Content(Expr),
}

/// A variable of the context, owned by the state whose entry binds it under late binding.
#[derive(Debug)]
pub(crate) struct Variable {
    pub name: String,
    pub value: Expr,
    pub state: usize,
}

#[derive(Debug)]
pub(crate) struct Clock {
    pub name: Key,
    pub title: Text,
    pub breach_id: Key,
    pub warn_id: Key,
    /// The first whose guard holds is the promise; the last has none.
    pub policies: Vec<Policy>,
    pub warn_at: Option<f64>,
    pub at_start: bool,
    pub starts: Vec<Descriptor>,
    pub starts_in: Vec<usize>,
    pub stops: Vec<Descriptor>,
    pub stops_in: Vec<usize>,
    pub cancels: Vec<Descriptor>,
    pub pauses_in: Vec<usize>,
}

#[derive(Debug)]
pub(crate) struct Policy {
    pub guard: Option<Guard>,
    pub promise: Promise,
}

impl Machine {
    /// Its key.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Its name for people.
    pub fn title(&self) -> &Text {
        &self.title
    }

    /// What starts an instance of it.
    pub fn triggers(&self) -> &Start {
        &self.start
    }

    /// Keys of all states in document order, history states left out.
    pub fn states(&self) -> impl Iterator<Item = &Key> {
        self.states[1..].iter().filter(|state| !state.kind.is_history()).map(|state| &state.key)
    }

    /// True when the flow has such a state.
    pub fn has_state(&self, key: &str) -> bool {
        self.by_key.contains_key(key)
    }

    /// What a state is called for people: its `title`, else its key. None when there is no such state.
    pub fn state_title(&self, key: &str) -> Option<&Text> {
        Some(&self.states[*self.by_key.get(key)?].title)
    }

    /// How the customer's progress page words a state: its own `public`, else the nearest ancestor's.
    pub fn public(&self, key: &str) -> Option<&PublicStep> {
        let mut state = *self.by_key.get(key)?;
        loop {
            if let Some(public) = &self.states[state].public {
                return Some(public);
            }
            if state == 0 {
                return None;
            }
            state = self.states[state].parent;
        }
    }

    /// The steps of the customer's progress page: each `step` once, in document order.
    pub fn steps(&self) -> &[PublicStep] {
        &self.steps
    }

    /// Top-level fields of the submission that guards and values may read.
    pub fn reads(&self) -> impl Iterator<Item = &str> {
        self.reads.iter().map(String::as_str)
    }

    /// Whether any state opens work for people.
    pub fn has_tasks(&self) -> bool {
        self.states.iter().any(|state| !state.tasks.is_empty())
    }

    /// Keys of the flows it invokes as children, each once.
    pub fn invokes(&self) -> BTreeSet<&str> {
        let invokes = self.states.iter().flat_map(|state| &state.invokes);
        invokes.map(|invoke| invoke.flow.as_str()).collect()
    }

    /// Names of the clocks with their titles, as defined.
    pub fn clocks(&self) -> impl Iterator<Item = (&Key, &Text)> {
        self.clocks.iter().map(|clock| (&clock.name, &clock.title))
    }

    /// Every clock that was started in `snapshot`, as it stands.
    pub fn readings(&self, snapshot: &Snapshot) -> Vec<crate::ClockReading> {
        let reading = |(name, record): (&Key, &crate::clock::ClockRecord)| {
            let clock = self.clocks.iter().find(|clock| clock.name == *name);
            record.reading(name, clock.map_or(&Text::from(name.as_str()), |clock| &clock.title))
        };
        snapshot.clocks.iter().map(reading).collect()
    }

    /// What people may do now: the events of open tasks, then labelled transitions; innermost state
    /// first within each region. What a guard would refuse stands here too: guards are tried on the event.
    pub fn offers(&self, snapshot: &Snapshot) -> Vec<Offer> {
        let mut offers: Vec<Offer> = Vec::new();
        let mut seen = Vec::new();
        for key in &snapshot.active {
            let Some(&atomic) = self.by_key.get(key) else { continue };
            for state in self.upwards(atomic) {
                if !seen.contains(&state) {
                    seen.push(state);
                    self.offers_of(state, &mut offers);
                }
            }
        }
        offers
    }

    fn offers_of(&self, index: usize, offers: &mut Vec<Offer>) {
        let state = &self.states[index];
        for task in &state.tasks {
            offers.extend(task.events.iter().map(|event| Offer {
                state: state.key.clone(),
                event: event.event.clone(),
                label: event.label.clone(),
                require: event.require.clone(),
                task: Some(task.key.clone()),
            }));
        }
        for transition in state.transitions.iter().map(|index| &self.transitions[*index]) {
            let (Some(label), [Descriptor::Prefix(event), ..]) =
                (&transition.label, transition.events.as_slice())
            else {
                continue;
            };
            if !offers.iter().any(|offer| offer.event == *event) {
                offers.push(Offer {
                    state: state.key.clone(),
                    event: event.clone(),
                    label: label.clone(),
                    require: transition.require.clone(),
                    task: None,
                });
            }
        }
    }

    /// The state of this key. Few states are looked through faster than a key is hashed.
    pub(crate) fn find(&self, key: &Key) -> Option<usize> {
        const FEW: usize = 24;
        if self.states.len() > FEW {
            return self.by_key.get(key).copied();
        }
        self.states.iter().skip(1).position(|state| state.key == *key).map(|index| index + 1)
    }

    /// `state` and its ancestors, the root last.
    pub(crate) fn upwards(&self, state: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(Some(state), |state| (*state != 0).then(|| self.states[*state].parent))
    }

    /// Proper ancestors, the root last.
    pub(crate) fn ancestors(&self, state: usize) -> impl Iterator<Item = usize> + '_ {
        self.upwards(state).skip(1)
    }

    pub(crate) fn is_descendant(&self, state: usize, of: usize) -> bool {
        of < state && state < self.states[of].end
    }
}

impl Kind {
    pub fn is_history(self) -> bool {
        match self {
            Self::ShallowHistory | Self::DeepHistory => true,
            Self::Atomic | Self::Compound | Self::Parallel | Self::Final => false,
        }
    }

    /// Atomic in the sense of the standard: a final state is (SCXML §3.3, `isAtomicState`).
    pub fn is_atomic(self) -> bool {
        match self {
            Self::Atomic | Self::Final => true,
            Self::Compound | Self::Parallel | Self::ShallowHistory | Self::DeepHistory => false,
        }
    }
}

/// SCXML Appendix D, `getTransitionDomain` and `findLCCA`: the source itself for internal transitions of compound
/// states, else the least compound state around source and targets; the root is the last resort.
pub(crate) fn transition_domain(states: &[State], source: usize, targets: &[usize], internal: bool) -> usize {
    let holds = |state: usize| targets.iter().all(|target| state < *target && *target < states[state].end);
    if internal && states[source].kind == Kind::Compound && holds(source) {
        return source;
    }
    let mut state = source;
    while state != 0 {
        state = states[state].parent;
        if states[state].kind == Kind::Compound && holds(state) {
            return state;
        }
    }
    0
}
