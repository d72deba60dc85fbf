//! Each state: its titles, entry and exit, initial and default transitions, output.

use form_engine::Text;

use super::node::is_empty;
use super::{Compiler, Kind, Node, Place, code};
use crate::action::Action;
use crate::machine::{Initial, Output, PublicStep};

const MEMBERS: [&str; 19] = [
    "type",
    "title",
    "description",
    "initial",
    "history",
    "default",
    "output",
    "context",
    "entry",
    "exit",
    "transitions",
    "on",
    "always",
    "after",
    "states",
    "task",
    "invoke",
    "public",
    "id",
];

impl Compiler<'_> {
    pub(super) fn fill_states(&mut self, places: &[Place<'_>]) {
        for (index, place) in places.iter().enumerate() {
            if self.is_too_large {
                return;
            }
            if index > 0 {
                self.fill_state(index, &place.node);
            }
            self.transitions_of(index, &place.node);
            self.states[index].initial = self.initial(index, &place.node);
        }
    }

    fn fill_state(&mut self, index: usize, node: &Node<'_>) {
        self.only(node, &MEMBERS);
        self.fits_kind(index, node);
        if let Some(title) = self.text(node, "title") {
            self.states[index].title = title;
        }
        self.states[index].entry = self.blocks(node, "entry");
        self.states[index].exit = self.blocks(node, "exit");
        self.states[index].output = self.output(node);
        self.states[index].public = node.get("public").and_then(|public| self.public(&public));
        self.states[index].tasks = self.tasks(index, node);
        self.states[index].invokes = self.invokes(index, node);
    }

    /// Members that mean nothing for the state's type (SCXML §3.7, §3.10).
    fn fits_kind(&mut self, index: usize, node: &Node<'_>) {
        let refused: &[&str] = match self.states[index].kind {
            Kind::Atomic => &["initial", "default", "history", "output"],
            Kind::Compound => &["default", "history", "output"],
            Kind::Parallel => &["initial", "default", "history", "output"],
            Kind::Final => {
                &["initial", "default", "history", "transitions", "on", "always", "after", "task", "invoke"]
            }
            Kind::ShallowHistory | Kind::DeepHistory => {
                &["initial", "entry", "exit", "on", "always", "after", "task", "output", "context", "invoke"]
            }
        };
        for name in refused {
            let is_used = |member: &Node<'_>| !is_empty(member.value);
            if let Some(member) = node.get(name).filter(is_used) {
                self.refuse(
                    code::STATE_INVALID,
                    member.path,
                    format!("`{name}` means nothing for a state of this type"),
                );
            }
        }
    }

    /// Blocks of actions: a list of lists, or one flat list.
    fn blocks(&mut self, node: &Node<'_>, name: &str) -> Vec<Vec<Action>> {
        let Some(list) = node.get(name) else { return Vec::new() };
        if list.value.is_object() {
            return self.action(&list).map_or_else(Vec::new, |action| vec![vec![action]]);
        }
        if !list.value.is_array() {
            self.wrong_type(&list, "a list of actions");
            return Vec::new();
        }
        let nested = list.items().next().is_some_and(|first| first.value.is_array());
        if !nested {
            let block = self.actions(&list);
            return if block.is_empty() { Vec::new() } else { vec![block] };
        }
        list.items().map(|block| self.actions(&block)).filter(|block| !block.is_empty()).collect()
    }

    /// What is entered by default: of compound states `initial`, else their first child; of history
    /// states `default`, else what entering their parent would enter.
    fn initial(&mut self, index: usize, node: &Node<'_>) -> Option<Initial> {
        let kind = self.states[index].kind;
        let member = match kind {
            Kind::Compound => "initial",
            Kind::ShallowHistory | Kind::DeepHistory => "default",
            Kind::Atomic | Kind::Parallel | Kind::Final => return None,
        };
        let parent = if kind == Kind::Compound { index } else { self.states[index].parent };
        // A default history transition may also stand where transitions stand (SCXML §3.10).
        let only_transition =
            || node.get("transitions").and_then(|list| list.one_or_many().into_iter().next());
        let given = node.get(member).or_else(|| only_transition().filter(|_| kind.is_history()));
        if let Some(second) =
            node.get("transitions").filter(|_| kind.is_history()).and_then(|list| list.items().nth(1))
        {
            self.refuse(code::STATE_INVALID, second.path, "a history state has one transition, its default");
        }
        let Some(initial) = given else {
            let targets = self.default_targets(index, parent, node);
            return Some(Initial { targets, actions: Vec::new() });
        };
        let (target, actions) = if initial.value.is_object() {
            self.only(&initial, &["target", "actions"]);
            (initial.get("target"), initial.get("actions"))
        } else {
            (Some(initial.clone()), None)
        };
        let targets = self.targets(target);
        if targets.is_empty() && self.problems.is_empty() {
            self.refuse(code::MEMBER_MISSING, initial.at("target"), "expected a state to begin with");
        }
        for target in &targets {
            if !(parent < *target && *target < self.states[parent].end) {
                let message = format!("`{}` does not lie inside this state", self.states[*target].key);
                self.refuse(code::INITIAL_INVALID, initial.path.clone(), message);
            }
        }
        let actions = actions.map_or_else(Vec::new, |actions| self.actions(&actions));
        Some(Initial { targets, actions })
    }

    fn default_targets(&mut self, index: usize, parent: usize, node: &Node<'_>) -> Vec<usize> {
        let is_history = index != parent;
        if is_history && self.states[parent].kind == Kind::Parallel {
            return self.states[parent].children.clone();
        }
        if is_history && let Some(Initial { targets, .. }) = &self.states[parent].initial {
            return targets.clone();
        }
        match self.states[parent].children.first() {
            Some(first) => vec![*first],
            None => {
                self.refuse(code::STATE_INVALID, node.path.clone(), "expected a state to begin with");
                Vec::new()
            }
        }
    }

    fn output(&mut self, node: &Node<'_>) -> Option<Output> {
        let output = node.get("output")?;
        self.only(&output, &["params", "content"]);
        if let Some(content) = output.get("content") {
            return self.expr(&content).map(Output::Content);
        }
        output.get("params").map(|params| Output::Params(self.params(&params)))
    }

    fn public(&mut self, node: &Node<'_>) -> Option<PublicStep> {
        self.only(node, &["step", "text"]);
        let step = self.needed_str(node, "step")?;
        let text = self.text(node, "text").unwrap_or_else(|| Text::from(step.as_str()));
        Some(PublicStep { step, text })
    }

    /// Declared variables with their values, root first, in document order.
    pub(super) fn bind_variables(&mut self, places: &[Place<'_>]) {
        for (state, place) in places.iter().enumerate() {
            let Some(context) = place.node.get("context") else { continue };
            for (name, node) in self.variables_of(&context, false) {
                if let Some(value) = self.expr(&node) {
                    self.variables.push(crate::machine::Variable { name, value, state });
                }
            }
        }
    }
}
