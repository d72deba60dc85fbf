//! Document -> [`Machine`], or every problem in it.
//!
//! Reads the grammar of `formats.md` §5 straight from JSON, so that each problem points at what
//! the author wrote. A document that says `"kind": "flow"` is also checked as work: nothing
//! unreachable, no dead ends, nobody forgotten. A bare statechart is only checked for meaning.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use form_engine::{Names, Problem, Text};
use serde_json::{Map, Value};

use crate::Key;
use crate::guard::Asks;
use crate::machine::{Kind, Machine, Start, State, Transition, Variable};

mod action;
mod clock;
mod code;
mod graph;
pub(crate) mod invoke;
mod node;
mod script;
mod size;
mod start;
mod state;
mod task;
mod transition;
mod tree;
mod work;

pub(crate) use node::Node;
use tree::Place;

/// States one flow may have, and how deep they may lie in each other.
const MOST_STATES: usize = 2_000;
const DEEPEST: usize = 50;
/// Transitions, scripts with the bytes of all of them, and names that scripts may use. A hundred times what large flows
/// have, and few enough to be read in a few hundredths of a second.
const MOST_TRANSITIONS: usize = 5_000;
const MOST_SCRIPTS: usize = 2_000;
const MOST_SOURCE: usize = 64 << 10;
const MOST_NAMES: usize = 1_000;
/// Targets and events of one transition, names of one list.
const MOST_WORDS: usize = 200;
/// Problems told of one document.
const MOST_PROBLEMS: usize = 500;

const MEMBERS: [&str; 19] = [
    "format",
    "kind",
    "key",
    "id",
    "name",
    "title",
    "description",
    "binding",
    "start",
    "context",
    "initial",
    "tables",
    "calendar",
    "clocks",
    "states",
    "on",
    "transitions",
    "always",
    "type",
];

/// What a flow may refer to outside itself, as far as the caller knows. What is `None` is not checked.
///
/// At publishing the server knows the team's definitions and passes them; a bare check does not.
#[derive(Debug, Clone, Default)]
pub struct Surroundings {
    /// Top-level field keys of the forms that start the flow: the bare names scripts may use.
    pub fields: Option<BTreeSet<String>>,
    /// Keys of forms.
    pub forms: Option<BTreeSet<String>>,
    /// Keys of flows.
    pub flows: Option<BTreeSet<String>>,
    /// What other flows invoke, by key: flows must not invoke each other in a circle.
    pub invokes: Option<BTreeMap<String, BTreeSet<String>>>,
    /// Keys of calendars.
    pub calendars: Option<BTreeSet<String>>,
    /// Keys of templates.
    pub templates: Option<BTreeSet<String>>,
    /// Keys of departments.
    pub departments: Option<BTreeSet<String>>,
}

/// Checks a flow and prepares it for running, knowing nothing of what surrounds it.
///
/// # Errors
///
/// Every problem found, in document order where that has a meaning. Never an empty list.
pub fn compile(document: &Value) -> Result<Machine, Vec<Problem>> {
    compile_within(document, &Surroundings::default())
}

/// Checks a flow, also against the definitions it refers to, and prepares it for running.
///
/// # Errors
///
/// Every problem found, in document order where that has a meaning. Never an empty list.
pub fn compile_within(document: &Value, surroundings: &Surroundings) -> Result<Machine, Vec<Problem>> {
    if let Some(problem) = size::problem(document) {
        return Err(vec![problem]);
    }
    let root = Node::root(document);
    let mut compiler = Compiler::new(surroundings, &root);
    let machine = compiler.machine(&root);
    match machine {
        Some(machine) if compiler.problems.is_empty() => Ok(machine),
        _ => Err(compiler.problems),
    }
}

/// What is known while a document is read.
struct Compiler<'s> {
    problems: Vec<Problem>,
    surroundings: &'s Surroundings,
    /// Checked as work, not only as a statechart.
    is_work: bool,
    names: Names,
    variable_names: BTreeSet<String>,
    field_names: BTreeSet<String>,
    scripts: usize,
    /// Bytes of all scripts so far.
    source: usize,
    /// There is too much of something: what is left of the document is not read.
    is_too_large: bool,
    /// Fields of the submission that something reads.
    reads: BTreeSet<String>,
    asks: Asks,
    by_key: HashMap<Key, usize>,
    states: Vec<State>,
    transitions: Vec<Transition>,
    variables: Vec<Variable>,
    flow_key: Key,
    invoke_ids: BTreeSet<Key>,
    /// The flow's own calendar, used where a duration names none.
    calendar: Option<Key>,
}

impl<'s> Compiler<'s> {
    fn new(surroundings: &'s Surroundings, root: &Node<'_>) -> Self {
        let is_work = root.value.get("kind").is_some() || root.value.get("format").is_some();
        Self {
            problems: Vec::new(),
            surroundings,
            is_work,
            names: Names::default(),
            variable_names: BTreeSet::new(),
            field_names: BTreeSet::new(),
            scripts: 0,
            source: 0,
            is_too_large: false,
            reads: BTreeSet::new(),
            asks: Asks::default(),
            by_key: HashMap::new(),
            states: Vec::new(),
            transitions: Vec::new(),
            variables: Vec::new(),
            flow_key: Key::default(),
            invoke_ids: BTreeSet::new(),
            calendar: None,
        }
    }

    /// None only when nothing can be said about the parts.
    fn machine(&mut self, root: &Node<'_>) -> Option<Machine> {
        if !root.value.is_object() {
            self.wrong_type(root, "a flow");
            return None;
        }
        self.only(root, &MEMBERS);
        self.header(root);
        let key = self.key(root);
        self.flow_key = key.clone();
        let places = self.tree(root, &key)?;
        let tables = self.tables(root);
        self.declare(root, &places);
        if self.is_too_large {
            return None;
        }
        let start = self.start(root);
        self.calendar = root.get("calendar").and_then(|node| self.calendar_key(&node));
        self.fill_states(&places);
        if self.is_too_large {
            return None;
        }
        let clocks = self.clocks(root);
        self.bind_variables(&places);
        if self.is_work && self.problems.is_empty() {
            self.check_graph(&places);
        }
        let steps = self.steps();
        let has_eventless = self.states.iter().any(|state| state.has_eventless);
        Some(Machine {
            title: self.text(root, "title").unwrap_or_else(|| Text::from(key.as_str())),
            key,
            start,
            states: std::mem::take(&mut self.states),
            by_key: std::mem::take(&mut self.by_key),
            transitions: std::mem::take(&mut self.transitions),
            variables: std::mem::take(&mut self.variables),
            late_binding: root.value.get("binding").and_then(Value::as_str) == Some("late"),
            clocks,
            tables: Arc::new(Value::Object(tables)),
            names: Arc::new(std::mem::take(&mut self.names)),
            reads: std::mem::take(&mut self.reads),
            asks: self.asks,
            has_eventless,
            steps,
        })
    }

    fn header(&mut self, root: &Node<'_>) {
        if let Some(format) = root.get("format").filter(|format| format.value != &Value::from(1)) {
            self.refuse(
                code::VALUE_INVALID,
                format.path,
                format!("expected format `1`, found `{}`", format.value),
            );
        }
        if let Some(kind) = root.get("kind").filter(|kind| kind.str() != Some("flow")) {
            self.refuse(
                code::VALUE_INVALID,
                kind.path,
                format!("expected kind `flow`, found `{}`", kind.value),
            );
        }
        if let Some(kind) = root.get("type").filter(|kind| !matches!(kind.str(), Some("compound" | "state")))
        {
            let message =
                "a whole flow is in one state at a time; states that run together lie in a parallel one";
            self.refuse(code::STATE_INVALID, kind.path, message);
        }
        if let Some(binding) =
            root.get("binding").filter(|node| !matches!(node.str(), Some("early" | "late")))
        {
            self.refuse(
                code::VALUE_INVALID,
                binding.path,
                format!("expected `early` or `late`, found `{}`", binding.value),
            );
        }
    }

    /// A work flow has a `key`; a bare statechart may go by `name`, `id` or nothing.
    fn key(&mut self, root: &Node<'_>) -> Key {
        if root.value.get("kind").is_some() {
            return self.needed_str(root, "key").map_or_else(|| Key::from("flow"), Key::from);
        }
        let name = ["name", "key", "id"].iter().find_map(|name| root.value.get(name).and_then(Value::as_str));
        Key::from(name.unwrap_or("flow"))
    }

    fn tables(&mut self, root: &Node<'_>) -> Map<String, Value> {
        let Some(node) = root.get("tables") else { return Map::new() };
        for (_, table) in node.members().filter(|(_, table)| !table.value.is_object()) {
            self.wrong_type(&table, "a table of keys and values");
        }
        match node.value {
            Value::Object(tables) => tables.clone(),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
                self.wrong_type(&node, "tables by name");
                Map::new()
            }
        }
    }

    /// Each step of the customer's page once, in document order.
    fn steps(&self) -> Vec<crate::machine::PublicStep> {
        let mut steps: Vec<crate::machine::PublicStep> = Vec::new();
        for public in self.states.iter().filter_map(|state| state.public.as_ref()) {
            if !steps.iter().any(|step| step.step == public.step) {
                steps.push(public.clone());
            }
        }
        steps
    }

    /// The state a key names, where a state is expected.
    fn state_at(&mut self, key: &str, path: &str) -> Option<usize> {
        let found = self.by_key.get(key).copied().filter(|state| *state != 0);
        if found.is_none() {
            self.refuse(code::TARGET_UNKNOWN, path, format!("there is no state `{key}`"));
        }
        found
    }

    /// A reference outside the flow, checked where the surroundings are known.
    fn outside(
        &mut self,
        known: Option<&BTreeSet<String>>,
        code: &'static str,
        what: &str,
        key: &str,
        path: &str,
    ) {
        if known.is_some_and(|known| !known.contains(key)) {
            self.refuse(code, path, format!("there is no {what} `{key}`"));
        }
    }

    fn calendar_key(&mut self, node: &Node<'_>) -> Option<Key> {
        let key = self.some_str(node)?;
        let known =
            self.surroundings.calendars.as_ref().filter(|_| crate::Calendar::official(&key).is_none());
        self.outside(known, code::CALENDAR_UNKNOWN, "calendar", &key, &node.path);
        Some(Key::from(key))
    }
}
