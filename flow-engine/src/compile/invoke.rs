//! Other flows that a state invokes, and whether flows invoke each other without end.

use std::collections::{BTreeMap, BTreeSet};

use super::{Compiler, Node, code};
use crate::Key;
use crate::invocation::Wait;
use crate::machine::{Each, Invoke};

const MEMBERS: [&str; 6] = ["flow", "id", "data", "foreach", "wait", "description"];
/// Children one invocation may have (`features.md` §4).
pub(crate) const MOST_CHILDREN: usize = 200;

impl Compiler<'_> {
    /// `{flow, id, data, foreach: {array, item, index, most}, wait}`, or a list of them.
    pub(super) fn invokes(&mut self, state: usize, node: &Node<'_>) -> Vec<Invoke> {
        let nodes = node.get("invoke").map_or_else(Vec::new, |invoke| invoke.one_or_many());
        nodes.iter().enumerate().filter_map(|(position, node)| self.invoke(state, position, node)).collect()
    }

    fn invoke(&mut self, state: usize, position: usize, node: &Node<'_>) -> Option<Invoke> {
        self.only(node, &MEMBERS);
        let flow = self.needed_str(node, "flow")?;
        let path = node.at("flow");
        self.outside(self.surroundings.flows.as_ref(), code::FLOW_UNKNOWN, "flow", &flow, &path);
        if let Some(way) = self.way_back(&flow) {
            self.refuse(
                code::INVOKE_CYCLE,
                path,
                format!("flows would invoke each other without end: {way}"),
            );
        }
        let key = self.states[state].key.clone();
        let usual = if position == 0 { key } else { Key::from(format!("{key}/{position}")) };
        let id = self.optional_str(node, "id").map_or(usual, Key::from);
        if !self.invoke_ids.insert(id.clone()) {
            let message = format!("there is another invocation `{id}`");
            self.refuse(code::KEY_DUPLICATE, node.at("id"), message);
        }
        let data = self.optional_computed(node, "data");
        let each = match node.get("foreach") {
            Some(each) => Some(self.each(&each)?),
            None => None,
        };
        Some(Invoke { id, flow, data, each, wait: self.wait(node) })
    }

    fn each(&mut self, node: &Node<'_>) -> Option<Each> {
        self.only(node, &["array", "item", "index", "most"]);
        let Some(array) = node.get("array") else {
            self.refuse(code::MEMBER_MISSING, node.at("array"), "expected `array`");
            return None;
        };
        let array = self.expr(&array);
        let item = self.needed_str(node, "item");
        let index = self.optional_str(node, "index");
        let most = node.get("most").map_or(Some(MOST_CHILDREN), |most| {
            let number = most.value.as_u64().and_then(|most| usize::try_from(most).ok());
            let number = number.filter(|most| (1..=MOST_CHILDREN).contains(most));
            if number.is_none() {
                let message = format!("expected a number from 1 to {MOST_CHILDREN}, found `{}`", most.value);
                self.refuse(code::VALUE_INVALID, most.path, message);
            }
            number
        });
        Some(Each { array: array?, item: item?, index, most: most? })
    }

    fn wait(&mut self, node: &Node<'_>) -> Wait {
        let Some(wait) = node.get("wait") else { return Wait::All };
        let share = wait.get("share").and_then(|share| share.value.as_f64());
        match (wait.str(), share) {
            (Some("all"), _) => Wait::All,
            (Some("any"), _) => Wait::Any,
            (None, Some(share)) if share > 0.0 && share <= 1.0 => Wait::Share(share),
            _ => {
                let expected = "expected `all`, `any`, or a share such as `{\"share\": 0.6}`";
                self.refuse(code::VALUE_INVALID, wait.path, expected);
                Wait::All
            }
        }
    }

    /// How `flow` comes back to the flow at hand, in words; none when it does not.
    fn way_back(&self, flow: &str) -> Option<String> {
        let way = way(self.surroundings.invokes.as_ref(), flow, &self.flow_key)?;
        let steps = std::iter::once(self.flow_key.as_str()).chain(way);
        Some(steps.map(|flow| format!("`{flow}`")).collect::<Vec<_>>().join(" → "))
    }
}

/// From `from` along invocations to `to`, both named; the shortest way.
fn way<'f>(
    invokes: Option<&'f BTreeMap<String, BTreeSet<String>>>,
    from: &'f str,
    to: &str,
) -> Option<Vec<&'f str>> {
    let mut ways: Vec<Vec<&str>> = vec![vec![from]];
    let mut seen: BTreeSet<&str> = BTreeSet::from([from]);
    let mut next = 0;
    while let Some(way) = ways.get(next).cloned() {
        let last = way.last().copied().unwrap_or(from);
        if last == to {
            return Some(way);
        }
        for flow in invokes.and_then(|invokes| invokes.get(last)).into_iter().flatten() {
            if seen.insert(flow) {
                ways.push(way.iter().copied().chain([flow.as_str()]).collect());
            }
        }
        next += 1;
    }
    None
}
