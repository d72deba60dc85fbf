//! Clocks of a definition.

use form_engine::Text;

use super::{Compiler, Node, code};
use crate::Key;
use crate::clock::Promise;
use crate::machine::{Clock, Descriptor, Policy};

const MEMBERS: [&str; 14] = [
    "name",
    "title",
    "description",
    "within",
    "calendar",
    "policies",
    "warn_at",
    "starts",
    "starts_in",
    "stops",
    "stops_in",
    "cancels",
    "pauses_in",
    "public",
];
/// In `starts`: with the instance itself.
const AT_START: &str = "start";

impl Compiler<'_> {
    pub(super) fn clocks(&mut self, root: &Node<'_>) -> Vec<Clock> {
        let Some(list) = root.get("clocks") else { return Vec::new() };
        if !list.value.is_array() {
            self.wrong_type(&list, "a list of clocks");
        }
        let mut clocks: Vec<Clock> = Vec::new();
        for node in list.items() {
            let Some(clock) = self.clock(&node) else { continue };
            if clocks.iter().any(|other| other.name == clock.name) {
                self.refuse(
                    code::KEY_DUPLICATE,
                    node.at("name"),
                    format!("there is another clock `{}`", clock.name),
                );
            }
            clocks.push(clock);
        }
        clocks
    }

    fn clock(&mut self, node: &Node<'_>) -> Option<Clock> {
        self.only(node, &MEMBERS);
        let name = self.needed_str(node, "name")?;
        let starts = self.strs(node.get("starts"));
        let starts_in = self.states_at(node, "starts_in");
        let is_event = |(text, _): &&(String, String)| text != AT_START;
        let policies = self.policies(node);
        let clock = Clock {
            title: self.text(node, "title").unwrap_or_else(|| Text::from(name.as_str())),
            breach_id: Key::from(format!("clock.breach.{name}")),
            warn_id: Key::from(format!("clock.warn.{name}")),
            name: Key::from(name),
            policies,
            warn_at: self.warn_at(node),
            at_start: starts.iter().any(|(text, _)| text == AT_START)
                || (starts.is_empty() && starts_in.is_empty()),
            starts: starts.iter().filter(is_event).map(|(text, _)| Descriptor::parse(text)).collect(),
            starts_in,
            stops: self.heard(node, "stops"),
            stops_in: self.states_at(node, "stops_in"),
            cancels: self.heard(node, "cancels"),
            pauses_in: self.states_at(node, "pauses_in"),
        };
        Some(clock)
    }

    fn heard(&mut self, node: &Node<'_>, name: &str) -> Vec<Descriptor> {
        node.get(name).map_or_else(Vec::new, |events| self.descriptors(&events))
    }

    fn states_at(&mut self, node: &Node<'_>, name: &str) -> Vec<usize> {
        let keys = self.strs(node.get(name));
        keys.iter().filter_map(|(key, path)| self.state_at(key, path)).collect()
    }

    /// Each of `policies` in order, then the clock's own promise, which holds when none of them does.
    fn policies(&mut self, node: &Node<'_>) -> Vec<Policy> {
        let mut policies = Vec::new();
        for policy in node.get("policies").iter().flat_map(Node::items) {
            self.only(&policy, &["guard", "within", "calendar", "description"]);
            let guard = match policy.get("guard") {
                Some(guard) => self.guard(&guard),
                None => {
                    self.refuse(code::MEMBER_MISSING, policy.at("guard"), "expected `guard`");
                    None
                }
            };
            policies.extend(self.promise(&policy).map(|promise| Policy { guard, promise }));
        }
        policies.extend(self.promise(node).map(|promise| Policy { guard: None, promise }));
        policies
    }

    fn promise(&mut self, node: &Node<'_>) -> Option<Promise> {
        let Some(within) = node.get("within") else {
            self.refuse(code::MEMBER_MISSING, node.at("within"), "expected `within`");
            return None;
        };
        let within = self.duration(&within)?;
        if !within.needs_calendar() {
            return Some(Promise { within, calendar: None });
        }
        let calendar =
            node.get("calendar").and_then(|node| self.calendar_key(&node)).or_else(|| self.calendar.clone());
        if calendar.is_none() && node.get("calendar").is_none() {
            self.refuse(
                code::CALENDAR_MISSING,
                node.at("calendar"),
                format!("expected a calendar for `{within}`"),
            );
        }
        Some(Promise { within, calendar })
    }

    fn warn_at(&mut self, node: &Node<'_>) -> Option<f64> {
        let warn = node.get("warn_at")?;
        let share = warn.value.as_f64().filter(|share| *share > 0.0 && *share < 1.0);
        if share.is_none() {
            let message = format!("expected a share between 0 and 1, found `{}`", warn.value);
            self.refuse(code::VALUE_INVALID, warn.path, message);
        }
        share
    }
}
