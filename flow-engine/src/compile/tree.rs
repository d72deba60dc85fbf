//! The tree of states: who lies in whom, in document order, each under its own key.

use form_engine::Text;

use super::{Compiler, DEEPEST, Kind, MOST_STATES, Node, State, code};
use crate::Key;

/// Where a state of the machine stands in the document. Same order as the states.
pub(super) struct Place<'d> {
    pub node: Node<'d>,
}

impl Compiler<'_> {
    /// Lays out every state. None when there is nothing to lay out.
    pub(super) fn tree<'d>(&mut self, root: &Node<'d>, key: &Key) -> Option<Vec<Place<'d>>> {
        if root.get("states").is_none_or(|states| super::node::is_empty(states.value)) {
            self.refuse(code::MEMBER_MISSING, root.at("states"), "expected at least one state");
            return None;
        }
        let mut places = vec![Place { node: root.clone() }];
        self.states.push(empty_state(key.clone(), Kind::Compound, 0));
        self.lay_out(root, 0, 1, &mut places);
        self.states[0].end = self.states.len();
        Some(places)
    }

    fn lay_out<'d>(
        &mut self,
        parent: &Node<'d>,
        parent_index: usize,
        depth: usize,
        places: &mut Vec<Place<'d>>,
    ) {
        let Some(states) = parent.get("states") else { return };
        if !states.value.is_object() && !states.value.is_array() {
            return self.wrong_type(&states, "states by key");
        }
        if depth > DEEPEST {
            return self.refuse(
                code::TOO_LARGE,
                states.path,
                format!("expected states at most {DEEPEST} deep"),
            );
        }
        for (key, node) in self.keyed(&states) {
            if self.states.len() > MOST_STATES {
                return self.refuse(
                    code::TOO_LARGE,
                    node.path,
                    format!("expected at most {MOST_STATES} states"),
                );
            }
            self.lay_out_one(&key, node, parent_index, depth, places);
        }
    }

    /// States by key, or a list of states that say their `id`.
    fn keyed<'d>(&mut self, states: &Node<'d>) -> Vec<(String, Node<'d>)> {
        if states.value.is_object() {
            return states.members().map(|(key, node)| (key.to_owned(), node)).collect();
        }
        let listed = states.items().take(MOST_STATES + 1);
        listed.filter_map(|node| Some((self.needed_str(&node, "id")?, node))).collect()
    }

    fn lay_out_one<'d>(
        &mut self,
        key: &str,
        node: Node<'d>,
        parent: usize,
        depth: usize,
        places: &mut Vec<Place<'d>>,
    ) {
        let index = self.states.len();
        let kind = self.kind(&node);
        let key = Key::from(key);
        if key.is_empty() || key.contains(char::is_whitespace) {
            self.refuse(code::VALUE_INVALID, node.path.clone(), "expected a key without spaces");
        }
        if self.by_key.insert(key.clone(), index).is_some() {
            self.refuse(code::KEY_DUPLICATE, node.path.clone(), format!("there is another state `{key}`"));
        }
        self.states.push(empty_state(key, kind, parent));
        if kind.is_history() {
            self.states[parent].histories.push(index);
        } else {
            self.states[parent].children.push(index);
        }
        places.push(Place { node: node.clone() });
        self.lay_out(&node, index, depth + 1, places);
        self.states[index].end = self.states.len();
    }

    fn kind(&mut self, node: &Node<'_>) -> Kind {
        if !node.value.is_object() {
            self.wrong_type(node, "a state");
            return Kind::Atomic;
        }
        let has_states = node.get("states").is_some_and(|states| !super::node::is_empty(states.value));
        let by_children = if has_states { Kind::Compound } else { Kind::Atomic };
        match node.get("type").map(|kind| kind.value).map(|kind| kind.as_str().unwrap_or_default()) {
            None if !has_states && node.get("history").is_some() => self.history_kind(node),
            None | Some("state") => by_children,
            Some("atomic") if !has_states => Kind::Atomic,
            Some("compound") if has_states => Kind::Compound,
            Some("parallel") if has_states => Kind::Parallel,
            Some("final") if !has_states => Kind::Final,
            Some("history") if !has_states => self.history_kind(node),
            Some("atomic" | "compound" | "parallel" | "final" | "history") => {
                let message = if has_states {
                    "this type has no states inside"
                } else {
                    "this type needs states inside"
                };
                self.refuse(code::STATE_INVALID, node.at("type"), message);
                by_children
            }
            Some(other) => {
                let message = format!(
                    "expected `atomic`, `compound`, `parallel`, `final` or `history`, found `{other}`"
                );
                self.refuse(code::VALUE_INVALID, node.at("type"), message);
                by_children
            }
        }
    }

    fn history_kind(&mut self, node: &Node<'_>) -> Kind {
        match node.get("history") {
            None => Kind::ShallowHistory,
            Some(depth) => match depth.str() {
                Some("shallow") => Kind::ShallowHistory,
                Some("deep") => Kind::DeepHistory,
                _ => {
                    let message = format!("expected `shallow` or `deep`, found `{}`", depth.value);
                    self.refuse(code::VALUE_INVALID, depth.path, message);
                    Kind::ShallowHistory
                }
            },
        }
    }
}

fn empty_state(key: Key, kind: Kind, parent: usize) -> State {
    State {
        title: Text::from(key.as_str()),
        key,
        kind,
        parent,
        children: Vec::new(),
        histories: Vec::new(),
        end: 0,
        initial: None,
        entry: Vec::new(),
        exit: Vec::new(),
        transitions: Vec::new(),
        has_eventless: false,
        after: Vec::new(),
        tasks: Vec::new(),
        invokes: Vec::new(),
        output: None,
        public: None,
    }
}
